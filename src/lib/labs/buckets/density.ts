import { countUpTo } from './crowd.ts';
import type { ClassicBuckets } from './classic.ts';

/** From where to where an axis of durations goes, in seconds; it is logarithmic. */
export interface Domain {
	readonly min: number;
	readonly max: number;
}

/** A part of the axis and how many requests are in it: the share of all, for one unit of the natural logarithm. */
export interface DensityBox {
	readonly from: number;
	readonly to: number;
	readonly share: number;
	readonly density: number;
}

/** How many parts the axis has for the drawing of the truth. */
export const DENSITY_PARTS = 120;

/** How the sorted values are spread over the axis, in parts of equal width. */
export function densityOf(
	sorted: Float64Array,
	{ min, max }: Domain,
	parts = DENSITY_PARTS
): DensityBox[] {
	const width = Math.log(max / min) / parts;
	let below = countUpTo(sorted, min);
	return Array.from({ length: parts }, (_, i) => {
		const to = min * Math.exp(width * (i + 1));
		const upTo = countUpTo(sorted, to);
		const share = (upTo - below) / Math.max(1, sorted.length);
		below = upTo;
		return { from: min * Math.exp(width * i), to, share, density: share / width };
	});
}

/**
 * The buckets of a histogram as boxes of which the area is the share; what reaches beyond the axis ends with it. Prometheus knows no
 * more of the distribution than these. The last bucket, which has no upper edge, is left out.
 */
export function boxesOf({ bounds, counts }: ClassicBuckets, { min, max }: Domain): DensityBox[] {
	const total = counts[counts.length - 1] ?? 0;
	const boxes: DensityBox[] = [];
	for (let b = 0; b < bounds.length - 1; b++) {
		const from = Math.max(min, b === 0 ? min : (bounds[b - 1] as number));
		const to = Math.min(max, bounds[b] as number);
		const share = ((counts[b] as number) - (b === 0 ? 0 : (counts[b - 1] as number))) / total;
		if (to > from) boxes.push({ from, to, share, density: share / Math.log(to / from) });
	}
	return boxes;
}

/** The share that is above the highest edge, in the bucket +Inf. */
export function shareAbove({ counts }: ClassicBuckets): number {
	const total = counts[counts.length - 1] ?? 0;
	return total === 0 ? 0 : 1 - (counts[counts.length - 2] ?? 0) / total;
}

/** An axis that shows all edges, what is marked, and all but the rarest requests, with some air. */
export function fitDomain(sorted: Float64Array, marks: readonly number[]): Domain {
	const rare = Math.floor(sorted.length / 1000);
	const low = sorted[rare] ?? 0.001;
	const high = sorted[sorted.length - 1 - rare] ?? 10;
	return {
		min: Math.max(1e-4, Math.min(low, ...marks) / 1.8),
		max: Math.min(240, Math.max(high, ...marks) * 1.8)
	};
}

/** Whether a value lies on the axis. */
export function isWithin(value: number, { min, max }: Domain): boolean {
	return value >= min && value <= max;
}
