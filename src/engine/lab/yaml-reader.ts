import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import { parseDuration, type Duration, type Problem } from '#engine/model';

/**
 * Reads a YAML text into plain data and collects everything that is wrong with it, each at its line and column.
 * A value that cannot be read becomes the fallback, so that one mistake does not hide the next.
 */
export class YamlReader {
	readonly problems: Problem[] = [];
	readonly root: YamlValue;
	readonly #lines = new LineCounter();

	constructor(text: string) {
		const document = parseDocument(text, { lineCounter: this.#lines });
		for (const error of document.errors) {
			const [first = ''] = error.message.split('\n');
			this.#report(error.pos[0], first.replace(/ at line \d+, column \d+:?$/, ''));
		}
		this.root = new YamlValue(this, document.contents as Node | null, 'the file');
	}

	fail(node: Node | null | undefined, message: string): void {
		this.#report(node?.range?.[0] ?? 0, message);
	}

	#report(offset: number, message: string): void {
		const { line, col } = this.#lines.linePos(offset);
		this.problems.push({ message, severity: 'error', line: Math.max(line, 1), column: col });
	}
}

/** One value of the text, with the name it is called in messages. */
export class YamlValue {
	readonly #reader: YamlReader;
	readonly #node: Node | null | undefined;
	readonly #name: string;
	/** Where a problem is when the value itself is missing: at what should have had it. */
	readonly #owner: Node | null | undefined;

	constructor(
		reader: YamlReader,
		node: Node | null | undefined,
		name: string,
		owner?: Node | null
	) {
		this.#reader = reader;
		this.#node = node;
		this.#name = name;
		this.#owner = owner;
	}

	get exists(): boolean {
		return this.#node !== undefined && this.#node !== null;
	}

	/** The value as a mapping that has only the given fields. */
	fields<Name extends string>(...names: readonly Name[]): Record<Name, YamlValue> {
		const map = isMap(this.#node) ? (this.#node as YAMLMap<Node, Node>) : undefined;
		if (!map) this.fail(`${this.#name} must have the fields ${names.join(', ')}`);
		for (const { key } of map?.items ?? []) {
			const name = String(isScalar(key) ? key.value : key);
			if (names.includes(name as Name)) continue;
			this.#reader.fail(key, `${this.#name} has no field "${name}": known are ${names.join(', ')}`);
		}
		const value = (name: Name) =>
			new YamlValue(this.#reader, map?.get(name, true) as Node | undefined, name, this.#place);
		return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, YamlValue>;
	}

	/** The only field of a mapping and its value, as in `lognormal: { … }`; undefined when it is no such mapping. */
	variant(): { readonly name: string; readonly value: YamlValue } | undefined {
		if (!isMap(this.#node) || this.#node.items.length !== 1) return undefined;
		const [item] = (this.#node as YAMLMap<Node, Node>).items;
		if (!item || !isScalar(item.key)) return undefined;
		const name = String(item.key.value);
		return { name, value: new YamlValue(this.#reader, item.value, name) };
	}

	list(): YamlValue[] {
		if (!this.exists) return [];
		if (!isSeq(this.#node)) {
			this.fail(`${this.#name} must be a list`);
			return [];
		}
		return this.#node.items.map((item) => new YamlValue(this.#reader, item as Node, this.#name));
	}

	text(fallback?: string): string {
		if (!this.exists && fallback !== undefined) return fallback;
		const value = this.#scalar();
		if (value === undefined || value === null) {
			this.fail(`${this.#name} is missing: give it a text`);
			return fallback ?? '';
		}
		return value instanceof Date ? value.toISOString() : String(value);
	}

	/** A number that is not negative. */
	number(fallback?: number): number {
		if (!this.exists && fallback !== undefined) return fallback;
		const value = this.#scalar();
		if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
		this.fail(`${this.#name} must be a number of at least 0`);
		return fallback ?? 0;
	}

	/** A whole number, `lowest` at least. */
	integer(
		lowest: number,
		{ highest = Infinity, fallback }: { highest?: number; fallback?: number } = {}
	): number {
		if (!this.exists && fallback !== undefined) return fallback;
		const value = this.#scalar();
		if (Number.isInteger(value)) {
			const number = value as number;
			if (number >= lowest && number <= highest) return number;
		}
		const range = highest < Infinity ? `from ${lowest} to ${highest}` : `of at least ${lowest}`;
		this.fail(`${this.#name} must be a whole number ${range}`);
		return fallback ?? lowest;
	}

	/** A share written as a percentage (`2.5%`) or as a number from 0 to 1. */
	share(fallback = 0): number {
		if (!this.exists) return fallback;
		const value = this.#scalar();
		const percent = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null;
		const share = percent ? Number(percent[1]) / 100 : Number(value);
		if (share >= 0 && share <= 1) return share;
		this.fail(`${this.#name} must be a percentage such as 2.5%`);
		return fallback;
	}

	/** A duration in Prometheus' notation: `15s`, `80ms`, `1h30m`. */
	duration(fallback?: Duration): Duration {
		if (!this.exists && fallback !== undefined) return fallback;
		try {
			return parseDuration(String(this.#scalar() ?? ''));
		} catch {
			this.fail(`${this.#name} must be a duration such as 15s or 80ms`);
			return fallback ?? 0;
		}
	}

	fail(message: string): void {
		this.#reader.fail(this.#place, message);
	}

	get #place(): Node | null | undefined {
		return this.#node ?? this.#owner;
	}

	#scalar(): unknown {
		return isScalar(this.#node) ? this.#node.value : undefined;
	}
}
