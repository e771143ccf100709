import type { Labels } from '#engine/model';
import type { MemSeries } from './series.ts';

/** Finds series by their labels, without a text for each: there may be a million. */
export class SeriesLookup {
	#series: MemSeries[] = [];
	/** The hash of each series. */
	#hashes = new Int32Array(64);
	/** Open addressing, at most half full: the place of a series plus one, or 0. */
	#slots = new Int32Array(128);

	get size(): number {
		return this.#series.length;
	}

	/** In the order in which they were added. */
	values(): readonly MemSeries[] {
		return this.#series;
	}

	find(labels: Labels): MemSeries | undefined {
		const mask = this.#slots.length - 1;
		const hash = hashOf(labels);
		for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
			const place = this.#slots[slot]! - 1;
			if (place < 0) return undefined;
			const series = this.#series[place]!;
			if (this.#hashes[place] === hash && isSame(series.labels, labels)) return series;
		}
	}

	/** Adds a series whose labels are not here yet. */
	add(series: MemSeries): void {
		const place = this.#series.push(series) - 1;
		if (place === this.#hashes.length) this.#grow();
		this.#hashes[place] = hashOf(series.labels);
		this.#enter(place);
	}

	#enter(place: number): void {
		const mask = this.#slots.length - 1;
		let slot = this.#hashes[place]! & mask;
		while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
		this.#slots[slot] = place + 1;
	}

	#grow(): void {
		const hashes = this.#hashes;
		this.#hashes = new Int32Array(hashes.length * 2);
		this.#hashes.set(hashes);
		this.#slots = new Int32Array(hashes.length * 4);
		for (let place = 0; place < hashes.length; place++) this.#enter(place);
	}
}

/** FNV-1a over UTF-16 units, with a step after each text; its high bits are brought down. */
function hashOf(labels: Labels): number {
	let hash = 0x811c9dc5;
	for (const text of labels) {
		for (let i = 0; i < text.length; i++) {
			hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
		}
		hash = Math.imul(hash ^ 0x10000, 0x01000193);
	}
	return hash ^ (hash >>> 15);
}

function isSame(a: Labels, b: Labels): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}
