import { compareLabels, type Labels } from '#engine/model';

/**
 * The ids of all series in the order of their labels, kept up as series come, so that no query sorts label sets.
 */
export class LabelOrder {
	readonly #labelsOf: (id: number) => Labels;
	#ids = new Uint32Array(0);
	#ranks = new Uint32Array(0);

	constructor(labelsOf: (id: number) => Labels) {
		this.#labelsOf = labelsOf;
	}

	/** Takes in the ids up to `count`, those that came since the last time. */
	extend(count: number): void {
		if (count === this.#ids.length) return;
		const compare = (a: number, b: number) => compareLabels(this.#labelsOf(a), this.#labelsOf(b));
		const known = this.#ids.length;
		const fresh = Array.from({ length: count - known }, (_, i) => known + i).sort(compare);
		this.#ids = mergeSorted(this.#ids, fresh, compare);
		this.#ranks = new Uint32Array(count);
		this.#ids.forEach((id, rank) => (this.#ranks[id] = rank));
	}

	/** All ids, in label order. */
	all(): Uint32Array {
		return this.#ids;
	}

	/** The given ids in label order. */
	sort(ids: Uint32Array): Uint32Array {
		const ranks = pick(this.#ranks, ids);
		// For a good part of all ids, ticking them off in a list of all beats comparing them with each other.
		const sorted = ranks.length * 8 > this.#ids.length ? this.#tickOff(ranks) : ranks.sort();
		return pick(this.#ids, sorted);
	}

	byteSize(): number {
		return this.#ids.byteLength + this.#ranks.byteLength;
	}

	#tickOff(ranks: Uint32Array): Uint32Array {
		const seen = new Uint8Array(this.#ids.length);
		for (let i = 0; i < ranks.length; i++) seen[ranks[i] as number] = 1;
		for (let rank = 0, at = 0; at < ranks.length; rank++) if (seen[rank] === 1) ranks[at++] = rank;
		return ranks;
	}
}

/** The entries of a table at some places. */
function pick(table: Uint32Array, places: Uint32Array): Uint32Array {
	const picked = new Uint32Array(places.length);
	for (let i = 0; i < places.length; i++) picked[i] = table[places[i] as number] as number;
	return picked;
}

/** Merges a few sorted ids into many: one binary search for each, and the runs between them copied whole. */
function mergeSorted(
	many: Uint32Array,
	few: readonly number[],
	compare: (a: number, b: number) => number
): Uint32Array<ArrayBuffer> {
	const merged = new Uint32Array(many.length + few.length);
	let from = 0;
	few.forEach((id, i) => {
		const to = upperBound(many, id, from, compare);
		merged.set(many.subarray(from, to), from + i);
		merged[to + i] = id;
		from = to;
	});
	merged.set(many.subarray(from), from + few.length);
	return merged;
}

function upperBound(
	ids: Uint32Array,
	id: number,
	low: number,
	compare: (a: number, b: number) => number
): number {
	let high = ids.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(ids[middle] as number, id) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
