import { inspect } from './inspect.ts';

/** More make no page that anything could read. */
const MOST_BUCKETS = 1_000_000;

/** Upper bounds for a histogram: `count` of them, from `start` on, `width` apart. */
export function linearBuckets(start: number, width: number, count: number): number[] {
	checkCount('Linear', count);
	checkNumbers('Linear', { start, width });
	return Array.from({ length: count }, (_, i) => start + i * width);
}

/** Upper bounds for a histogram: `count` of them, from `start` on, each `factor` times the one before. */
export function exponentialBuckets(start: number, factor: number, count: number): number[] {
	if (start <= 0) throw new Error('Exponential buckets needs a positive start');
	checkCount('Exponential', count);
	if (factor <= 1) throw new Error('Exponential buckets needs a factor greater than 1');
	checkNumbers('Exponential', { start, factor });
	const buckets = [start];
	// Multiplied step by step, as prom-client does: a power would round differently.
	while (buckets.length < count) buckets.push((buckets.at(-1) as number) * factor);
	return buckets;
}

function checkCount(kind: string, count: number): void {
	if (count < 1) throw new Error(`${kind} buckets needs a positive count`);
	if (Number.isInteger(count) && count <= MOST_BUCKETS) return;
	throw new RangeError(`${kind} buckets needs a whole number as its count: ${inspect(count)}`);
}

function checkNumbers(kind: string, numbers: Readonly<Record<string, unknown>>): void {
	for (const [name, value] of Object.entries(numbers)) {
		if (Number.isFinite(value)) continue;
		throw new TypeError(`${kind} buckets needs a number as its ${name}: ${inspect(value)}`);
	}
}

/**
 * The upper bounds that a histogram is configured with, without +Inf, which is always there. Throws for what
 * prom-client would expose as buckets that no quantile can be computed from.
 */
export function upperBounds(buckets: unknown, metric: string): readonly number[] {
	if (!Array.isArray(buckets) || !buckets.every(isBound)) {
		throw new TypeError(
			`The buckets of ${metric} must be an array of numbers, such as [0.1, 0.5, 1]: ${inspect(buckets)}`
		);
	}
	const bounds = buckets as number[];
	const at = bounds.findIndex((bound, i) => i > 0 && bound <= (bounds[i - 1] as number));
	if (at > 0) {
		throw new Error(
			`Buckets not in sorted order: ${metric} has ${bounds[at]} after ${bounds[at - 1]}. Sort them, each once`
		);
	}
	return bounds.at(-1) === Infinity ? bounds.slice(0, -1) : [...bounds];
}

function isBound(value: unknown): boolean {
	return typeof value === 'number' && !Number.isNaN(value);
}
