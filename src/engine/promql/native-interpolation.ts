import type { Bucket } from '#engine/model';
import { goLog2 } from './gomath/log.ts';

/**
 * The share of a bucket's width that lies below a value strictly within its finite bounds (model/histogram/generic.go, FractionBelow):
 * linear for custom and zero buckets; for exponential ones on the scale on which all buckets are of one width.
 */
export function fractionBelow(
	{ lower, upper }: Pick<Bucket, 'lower' | 'upper'>,
	value: number,
	linear: boolean
): number {
	if (linear) return (value - lower) / (upper - lower);
	const logLower = goLog2(Math.abs(lower));
	const logUpper = goLog2(Math.abs(upper));
	const logValue = goLog2(Math.abs(value));
	return value > 0
		? (logValue - logLower) / (logUpper - logLower)
		: 1 - (logValue - logUpper) / (logLower - logUpper);
}
