/** Whether φ is a quantile; what is not gives an infinity or NaN, and a warning. */
export function isQuantile(phi: number): boolean {
	return phi >= 0 && phi <= 1;
}

/** What a φ outside of [0, 1] gives. */
function quantileOutOfRange(phi: number): number {
	if (phi < 0) return -Infinity;
	return phi > 1 ? Infinity : NaN;
}

/** The φ-quantile of sorted[0 … count), NaN first, linear between the two nearest (promql/quantile.go, quantile). */
export function quantileOfSorted(phi: number, sorted: Float64Array, count: number): number {
	if (count === 0 || Number.isNaN(phi)) return NaN;
	if (!isQuantile(phi)) return quantileOutOfRange(phi);
	const rank = phi * (count - 1);
	const lower = Math.max(0, Math.floor(rank));
	const upper = Math.min(count - 1, lower + 1);
	const weight = rank - Math.floor(rank);
	return (sorted[lower] as number) * (1 - weight) + (sorted[upper] as number) * weight;
}

/** Sorts values[0 … count) ascending with NaN first, as Prometheus orders samples for quantiles. */
export function sortNaNFirst(values: Float64Array, count: number): void {
	const part = values.subarray(0, count);
	part.sort();
	// Typed arrays sort NaN to the end.
	let numbers = count;
	while (numbers > 0 && Number.isNaN(part[numbers - 1])) numbers--;
	if (numbers === count) return;
	part.copyWithin(count - numbers, 0, numbers);
	part.fill(NaN, 0, count - numbers);
}

/** Counts that differ by less than this, relatively, are artefacts of floating point (promql/quantile.go). */
const SMALL_DELTA = 1e-12;

/** How bucket counts had to be forced up: between which bounds, and by how much at most. */
export interface ForcedCounts {
	readonly minBucket: number;
	readonly maxBucket: number;
	readonly maxDiff: number;
}

/** Told when the bucket counts of a histogram had to be forced up. */
export type OnForced = (forced: ForcedCounts) => void;

/**
 * The φ-quantile of a classic histogram: bounds ascending, counts cumulative, `size` buckets of each. Linear within the
 * bucket it falls in (promql/quantile.go, BucketQuantile). Changes both arrays.
 */
export function bucketQuantile(
	phi: number,
	bounds: Float64Array,
	counts: Float64Array,
	size: number,
	onForced: OnForced
): number {
	if (!isQuantile(phi)) return quantileOutOfRange(phi);
	if (bounds[size - 1] !== Infinity) return NaN;
	const merged = isInOrder(bounds, counts, size)
		? size
		: putInOrder(bounds, counts, size, onForced);
	const observations = counts[merged - 1] as number;
	if (merged < 2 || observations === 0) return NaN;
	return quantileInBuckets(phi * observations, bounds, counts, merged);
}

/** Whether bounds rise, and counts do not fall or rise by what may be an artefact, as in nearly all histograms. */
function isInOrder(bounds: Float64Array, counts: Float64Array, size: number): boolean {
	for (let i = 1; i < size; i++) {
		const count = counts[i] as number;
		const before = counts[i - 1] as number;
		const rises = before >= 0 && count - before > 4 * SMALL_DELTA * count + MIN_NORMAL;
		if (!rises && count !== before) return false;
		if (!((bounds[i] as number) > (bounds[i - 1] as number))) return false;
	}
	return true;
}

function quantileInBuckets(
	rank: number,
	bounds: Float64Array,
	counts: Float64Array,
	size: number
): number {
	const b = firstAtLeast(counts, rank, size - 1);
	if (b === size - 1) return bounds[size - 2] as number;
	const end = bounds[b] as number;
	// From 0 on: a φ of -0 gives 0.
	if (b === 0) return end <= 0 ? end : 0 + end * (rank / (counts[0] as number));
	const start = bounds[b - 1] as number;
	const below = counts[b - 1] as number;
	return start + (end - start) * ((rank - below) / ((counts[b] as number) - below));
}

/** The first of `size` buckets that holds the rank, or `size`. */
export function firstAtLeast(counts: Float64Array, rank: number, size: number): number {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((counts[middle] as number) >= rank) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Merges equal bounds and makes counts rise; returns how many buckets are left. */
function putInOrder(
	bounds: Float64Array,
	counts: Float64Array,
	size: number,
	onForced: OnForced
): number {
	const merged = mergeEqualBounds(bounds, counts, size);
	makeMonotonic(bounds, counts, merged, onForced);
	return merged;
}

/** Adds up the counts of equal bounds, in place; returns how many buckets are left. */
function mergeEqualBounds(bounds: Float64Array, counts: Float64Array, size: number): number {
	let last = 0;
	for (let i = 1; i < size; i++) {
		if (bounds[i] === bounds[last]) {
			counts[last] = (counts[last] as number) + (counts[i] as number);
		} else {
			last++;
			bounds[last] = bounds[i] as number;
			counts[last] = counts[i] as number;
		}
	}
	return last + 1;
}

/** Lifts counts that are lower than an earlier one. Differences within rounding are evened out without a word. */
function makeMonotonic(
	bounds: Float64Array,
	counts: Float64Array,
	size: number,
	onForced: OnForced
): void {
	let minBucket = Infinity;
	let maxBucket = -Infinity;
	let maxDiff = 0;
	let forced = false;
	let previous = counts[0] as number;
	for (let i = 1; i < size; i++) {
		const count = counts[i] as number;
		if (count === previous) continue;
		if (almostEqual(previous, count, SMALL_DELTA)) {
			counts[i] = previous;
		} else if (count < previous) {
			counts[i] = previous;
			forced = true;
			minBucket = Math.min(minBucket, bounds[i] as number);
			maxBucket = Math.max(maxBucket, bounds[i] as number);
			maxDiff = Math.max(maxDiff, previous - count);
		} else {
			previous = count;
		}
	}
	if (forced) onForced({ minBucket, maxBucket, maxDiff });
}

const MIN_NORMAL = 2 ** -1022;

/** Whether two numbers differ by less than their sum times epsilon (util/almost). */
function almostEqual(a: number, b: number, epsilon: number): boolean {
	if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
	const sum = Math.abs(a) + Math.abs(b);
	const difference = Math.abs(a - b);
	if (a === 0 || b === 0 || sum < MIN_NORMAL) return difference < epsilon * MIN_NORMAL;
	return difference / Math.min(sum, Number.MAX_VALUE) < epsilon;
}

/**
 * The share of a classic histogram's observations between two values (promql/quantile.go, BucketFraction): bounds ascending,
 * counts cumulative. Changes both arrays.
 */
export function bucketFraction(
	lower: number,
	upper: number,
	bounds: Float64Array,
	counts: Float64Array,
	size: number
): number {
	if (bounds[size - 1] !== Infinity) return NaN;
	const merged = mergeEqualBounds(bounds, counts, size);
	const total = counts[merged - 1] as number;
	if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
	if (lower >= upper) return 0;
	const below = rankOf(lower, bounds, counts, merged);
	return (Math.min(total, rankOf(upper, bounds, counts, merged)) - Math.min(total, below)) / total;
}

/** How many observations are at most `value`: linear within its bucket, none counted from a bucket without a bound. */
function rankOf(value: number, bounds: Float64Array, counts: Float64Array, size: number): number {
	let lowerBound = (bounds[0] as number) <= 0 ? -Infinity : 0;
	let rank = 0;
	for (let i = 0; i < size; i++) {
		if (lowerBound >= value) return rank;
		const upperBound = bounds[i] as number;
		const count = counts[i] as number;
		if (upperBound > value) {
			if (lowerBound === -Infinity) return count;
			return rank + ((count - rank) * (value - lowerBound)) / (upperBound - lowerBound);
		}
		rank = count;
		lowerBound = upperBound;
	}
	return counts[size - 1] as number;
}
