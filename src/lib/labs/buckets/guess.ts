import { countUpTo } from './crowd.ts';
import { classicQuantile, type ClassicBuckets } from './classic.ts';
import type { Domain } from './density.ts';

/** Into how many columns of equal width on the logarithmic axis a shape is sketched. */
export const SKETCH_COLUMNS = 24;

/** The axis that is sketched on. It is always the same, for one that fitted the hidden requests would give them away. */
export const SKETCH_DOMAIN: Domain = { min: 0.0005, max: 50 };

/** Heights of the columns, each 0 … 1; only their proportions count. */
export type Sketch = readonly number[];

export const EMPTY_SKETCH: Sketch = Array.from({ length: SKETCH_COLUMNS }, () => 0);

/** The sketch with another height at a column. */
export function drawColumn(sketch: Sketch, column: number, height: number): Sketch {
	if (column < 0 || column >= sketch.length) return sketch;
	return sketch.with(column, Math.min(1, Math.max(0, height)));
}

/** Where the columns begin and end, in seconds. */
export function columnEdges(): number[] {
	const { min, max } = SKETCH_DOMAIN;
	const width = Math.log(max / min) / SKETCH_COLUMNS;
	return Array.from({ length: SKETCH_COLUMNS + 1 }, (_, i) => min * Math.exp(width * i));
}

/** The shares of the sorted values in the columns; the first and the last take in what lies beyond the axis. */
export function columnShares(sorted: Float64Array): number[] {
	const inner = columnEdges().slice(1, -1);
	const upTo = [0, ...inner.map((edge) => countUpTo(sorted, edge)), sorted.length];
	return upTo.slice(1).map((count, i) => (count - (upTo[i] as number)) / sorted.length);
}

/** How much of two distributions lies in the same place: 1 is all, 0 nothing. NaN for an empty sketch. */
export function overlap(sketch: Sketch, shares: readonly number[]): number {
	const total = sketch.reduce((sum, height) => sum + height, 0);
	if (total === 0) return NaN;
	return sketch.reduce((sum, height, i) => sum + Math.min(height / total, shares[i] ?? 0), 0);
}

/**
 * The buckets that the sketched requests would have filled, evenly spread within each column on the logarithmic axis. How many they are
 * does not matter to a quantile; the counts are shares.
 */
export function bucketsOfSketch(sketch: Sketch, bounds: Float64Array): ClassicBuckets {
	const edges = columnEdges();
	const total = sketch.reduce((sum, height) => sum + height, 0);
	const counts = bounds.map((bound) => {
		let below = 0;
		sketch.forEach(
			(height, i) => (below += height * partBelow(bound, edges[i] ?? 0, edges[i + 1] ?? 0))
		);
		return total === 0 ? 0 : below / total;
	});
	return { bounds, counts };
}

function partBelow(bound: number, from: number, to: number): number {
	if (bound >= to) return 1;
	return bound <= from ? 0 : Math.log(bound / from) / Math.log(to / from);
}

/** How well a sketch explains the buckets: 1 minus half of what would have to change places. NaN for an empty sketch. */
export function fitToBuckets(sketched: ClassicBuckets, seen: ClassicBuckets): number {
	const own = sharesOf(sketched);
	const theirs = sharesOf(seen);
	return own.reduce((sum, share, b) => sum + Math.min(share, theirs[b] ?? 0), 0);
}

function sharesOf({ counts }: ClassicBuckets): number[] {
	const total = counts[counts.length - 1] ?? NaN;
	return [...counts].map((count, b) => (count - (b === 0 ? 0 : (counts[b - 1] as number))) / total);
}

/** What histogram_quantile() would say of the sketched requests. */
export function quantileOfSketch(q: number, sketched: ClassicBuckets): number {
	return classicQuantile(q, sketched);
}

/** The sketch and the shares of the truth as heights that can be compared: of the same area, the highest column 1. */
export function comparable(sketch: Sketch, shares: readonly number[]): [Sketch, Sketch] {
	const total = sketch.reduce((sum, height) => sum + height, 0) || 1;
	const own = sketch.map((height) => height / total);
	const peak = Math.max(...own, ...shares);
	return [own.map((share) => share / peak), shares.map((share) => share / peak)];
}
