/** Upper bounds for a histogram: `count` of them, from `start` on, `width` apart. */
export function linearBuckets(start: number, width: number, count: number): number[] {
	if (count < 1) throw new Error('Linear buckets needs a positive count');
	return Array.from({ length: count }, (_, i) => start + i * width);
}

/** Upper bounds for a histogram: `count` of them, from `start` on, each `factor` times the one before. */
export function exponentialBuckets(start: number, factor: number, count: number): number[] {
	if (start <= 0) throw new Error('Exponential buckets needs a positive start');
	if (count < 1) throw new Error('Exponential buckets needs a positive count');
	if (factor <= 1) throw new Error('Exponential buckets needs a factor greater than 1');
	const buckets = [start];
	// Multiplied step by step, as prom-client does: a power would round differently.
	while (buckets.length < count) buckets.push((buckets.at(-1) as number) * factor);
	return buckets;
}
