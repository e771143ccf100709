/** A few observations that have been merged to their mean. */
interface Centroid {
	mean: number;
	count: number;
	/** Observations up to and with this centroid, when they were last summed up. */
	cumulative: number;
	/** The same with only half of this centroid; NaN until it is first summed up. */
	middle: number;
}

/** The share of all observations that one centroid may stand for. */
const COMPRESSION = 0.01;
/** Above this many centroids they are pushed anew in another order, which merges more of them. */
const MOST_CENTROIDS = 25 / COMPRESSION;
/** The cumulative counts are summed up anew when the number of observations has grown by this factor. */
const STALE_GROWTH = 1.1;

/**
 * Dunning's t-digest: quantiles of a stream from a few hundred centroids, finest at the ends.
 *
 * It follows the npm package `tdigest` 0.1 step by step, because prom-client prints what that computes: with fewer than
 * about 200 observations nothing is ever merged and the figures are the same. Beyond that the result depends on the order
 * in which centroids are shuffled when they are compressed; there the package draws from Math.random, and this from a
 * fixed sequence, so that one history always has one chart.
 */
export class TDigest {
	readonly #random: () => number;
	/** By mean, ascending. The package keeps a red-black tree; with at most 2,500 centroids an array is as quick. */
	#centroids: Centroid[] = [];
	#count = 0;
	#summedAt = 0;
	#compressing = false;

	constructor(random: () => number = fixedSequence()) {
		this.#random = random;
	}

	/** How many centroids it holds. */
	get size(): number {
		return this.#centroids.length;
	}

	reset(): void {
		this.#centroids = [];
		this.#count = 0;
		this.#summedAt = 0;
	}

	push(value: number, count = 1): void {
		this.#digest(value, count);
		this.#sumUp(false);
		if (this.size > MOST_CENTROIDS) this.compress();
	}

	/** Pushes all centroids anew in random order: an ascending stream merges nothing, a shuffled one does. */
	compress(): void {
		if (this.#compressing) return;
		const points = this.#centroids;
		this.reset();
		this.#compressing = true;
		while (points.length > 0) {
			const [point] = points.splice(Math.floor(this.#random() * points.length), 1) as [Centroid];
			this.push(point.mean, point.count);
		}
		this.#sumUp(true);
		this.#compressing = false;
	}

	/** The value below which the share `quantile` of the observations lies, interpolated; undefined without any. */
	percentile(quantile: number): number | undefined {
		if (this.size === 0) return undefined;
		this.#sumUp(true);
		const rank = this.#count * quantile;
		const above = this.#firstIndex((centroid) => centroid.middle > rank);
		const lower = this.#centroids[above - 1];
		const upper = lower?.middle === rank ? lower : this.#centroids[above];
		if (!lower || !upper || lower === upper) return (lower ?? upper)?.mean;
		const slope = (rank - lower.middle) * (upper.mean - lower.mean);
		return lower.mean + slope / (upper.middle - lower.middle);
	}

	#digest(value: number, count: number): void {
		const at = this.#firstIndex((centroid) => centroid.mean >= value);
		const index = this.#nearest(at, value);
		const nearest = this.#centroids[index];
		if (!nearest) return this.#insert(at, value, count, 0);
		if (nearest.mean === value) return this.#addWeight(nearest, value, count);
		if (index === 0) return this.#insert(at, value, count, 0);
		if (index === this.size - 1) return this.#insert(at, value, count, this.#count);
		const share = nearest.middle / this.#count;
		const room = Math.floor(4 * this.#count * COMPRESSION * share * (1 - share));
		if (room - nearest.count >= count) this.#addWeight(nearest, value, count);
		else this.#insert(at, value, count, nearest.cumulative);
	}

	/** The index of the centroid closest to the value, given that of the first not below it. Of two equally close, the upper. */
	#nearest(at: number, value: number): number {
		const upper = this.#centroids[at];
		const lower = this.#centroids[at - 1];
		if (!upper) return at - 1;
		if (upper.mean === value || !lower) return at;
		return Math.abs(lower.mean - value) < Math.abs(upper.mean - value) ? at - 1 : at;
	}

	#insert(index: number, mean: number, count: number, cumulative: number): void {
		this.#centroids.splice(index, 0, { mean, count, cumulative, middle: NaN });
		this.#count += count;
	}

	#addWeight(centroid: Centroid, value: number, count: number): void {
		if (value !== centroid.mean) {
			centroid.mean += (count * (value - centroid.mean)) / (centroid.count + count);
		}
		centroid.cumulative += count;
		centroid.middle += count / 2;
		centroid.count += count;
		this.#count += count;
	}

	#sumUp(exact: boolean): void {
		if (this.#count === this.#summedAt) return;
		if (!exact && STALE_GROWTH > this.#count / this.#summedAt) return;
		let cumulative = 0;
		for (const centroid of this.#centroids) {
			centroid.middle = cumulative + centroid.count / 2;
			cumulative = centroid.cumulative = cumulative + centroid.count;
		}
		this.#count = this.#summedAt = cumulative;
	}

	/** The first index from which on the test holds, by bisection. */
	#firstIndex(holds: (centroid: Centroid) => boolean): number {
		let from = 0;
		let to = this.#centroids.length;
		while (from < to) {
			const middle = (from + to) >> 1;
			if (holds(this.#centroids[middle] as Centroid)) to = middle;
			else from = middle + 1;
		}
		return from;
	}
}

/** Numbers in [0, 1) that look random and are always the same (Mulberry32). */
export function fixedSequence(): () => number {
	let state = 0x9e3779b9;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
