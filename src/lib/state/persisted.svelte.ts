/**
 * A value that outlives the page, in the browser's storage. Where storage is missing or full it lives as long as the page,
 * and nothing is lost by it.
 */
export class Persisted<Value> {
	readonly #key: string;
	#value: Value;

	constructor(key: string, fallback: Value) {
		this.#key = key;
		this.#value = $state.raw(read(key) ?? fallback) as Value;
	}

	get current(): Value {
		return this.#value;
	}

	set current(value: Value) {
		this.#value = value;
		try {
			localStorage.setItem(this.#key, JSON.stringify(value));
		} catch {
			// Private windows and full disks refuse; the page's own copy is still right.
		}
	}
}

function read<Value>(key: string): Value | undefined {
	if (typeof localStorage === 'undefined') return undefined;
	try {
		const text = localStorage.getItem(key);
		return text === null ? undefined : (JSON.parse(text) as Value);
	} catch {
		return undefined;
	}
}
