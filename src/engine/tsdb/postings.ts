/** A growing list of series ids, ascending: those that carry one label pair. There are at least two. */
export class PostingList {
	/** The one string of the value that label sets share. */
	readonly value: string;
	#ids = new Uint32Array(4);
	#length = 2;

	constructor(value: string, first: number, second: number) {
		this.value = value;
		this.#ids[0] = first;
		this.#ids[1] = second;
	}

	get length(): number {
		return this.#length;
	}

	/** The ids, as a view that later additions do not change. */
	ids(): Uint32Array {
		return this.#ids.subarray(0, this.#length);
	}

	/** Adds an id greater than all before. */
	push(id: number): void {
		if (this.#length === this.#ids.length) {
			const ids = new Uint32Array(this.#length * 2);
			ids.set(this.#ids);
			this.#ids = ids;
		}
		this.#ids[this.#length++] = id;
	}

	byteSize(): number {
		return this.#ids.byteLength;
	}
}

/** The ids that both ascending lists have. */
export function intersect(a: Uint32Array, b: Uint32Array): Uint32Array {
	return a.length <= b.length ? sift(a, b, true) : sift(b, a, true);
}

/** The ids of the first ascending list that the second does not have. */
export function subtract(from: Uint32Array, ids: Uint32Array): Uint32Array {
	return ids.length === 0 ? from : sift(from, ids, false);
}

/** The ids of ascending lists that have none in common, all of them below `bound`. */
export function union(lists: readonly Uint32Array[], bound: number): Uint32Array {
	if (lists.length === 1) return lists[0] as Uint32Array;
	const seen = new Uint8Array(bound);
	let count = 0;
	for (const list of lists) {
		for (let i = 0; i < list.length; i++) seen[list[i] as number] = 1;
		count += list.length;
	}
	const ids = new Uint32Array(count);
	for (let id = 0, at = 0; at < count; id++) if (seen[id] === 1) ids[at++] = id;
	return ids;
}

/** Keeps the ids of `list` whose being in `other` is as wanted. */
function sift(list: Uint32Array, other: Uint32Array, wanted: boolean): Uint32Array {
	const kept = new Uint32Array(list.length);
	let count = 0;
	let at = 0;
	for (let i = 0; i < list.length; i++) {
		const id = list[i] as number;
		at = gallop(other, id, at);
		if ((other[at] === id) === wanted) kept[count++] = id;
	}
	return kept.subarray(0, count);
}

/** The first index from `at` on whose id is not below the given one; steps double, so near ones are found at once. */
function gallop(ids: Uint32Array, id: number, at: number): number {
	let step = 1;
	let low = at;
	while (low < ids.length && (ids[low] as number) < id) {
		at = low + 1;
		low += step;
		step *= 2;
	}
	let high = Math.min(low, ids.length);
	while (at < high) {
		const middle = (at + high) >>> 1;
		if ((ids[middle] as number) < id) at = middle + 1;
		else high = middle;
	}
	return at;
}
