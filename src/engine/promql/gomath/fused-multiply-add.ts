import { isLastBitClear, neighbour } from './float-bits.ts';

/** Veltkamp's constant: it splits the 53 bits of a float64 in halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;

/** A little more than the rounding of a sum can take away or add. */
const UP = 1 + 2 ** -50;
const DOWN = 1 - 2 ** -50;

/**
 * x · y + z, rounded once, as the instruction of processors does. For numbers far from overflow and underflow.
 */
export function fusedMultiplyAdd(x: number, y: number, z: number): number {
	const product = x * y;
	const low = productError(x, y, product);
	const sum = product + z;
	const rest = additionError(product, z, sum) + low;
	const total = sum + rest * UP;
	// Rounding is monotonic: what a little more and a little less are rounded to, the true sum is rounded to.
	return total === sum + rest * DOWN ? total : roundedOnce(product, low, z);
}

/** high + low + z, rounded once (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums"). */
function roundedOnce(high: number, low: number, z: number): number {
	const sum = z + low;
	const total = high + sum;
	return total + addToOdd(additionError(z, low, sum), additionError(high, sum, total));
}

/** x · y - product, exactly. */
function productError(x: number, y: number, product: number): number {
	const xs = x * SPLITTER;
	const xHigh = xs - (xs - x);
	const xLow = x - xHigh;
	const ys = y * SPLITTER;
	const yHigh = ys - (ys - y);
	const yLow = y - yHigh;
	return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/** a + b - sum, exactly. */
function additionError(a: number, b: number, sum: number): number {
	const bPart = sum - a;
	return a - (sum - bPart) + (b - bPart);
}

/** a + b; where that is no float64, the one of its two neighbours whose last bit is 1, so that rounding once more does no harm. */
function addToOdd(a: number, b: number): number {
	const sum = a + b;
	const error = additionError(a, b, sum);
	return error !== 0 && isLastBitClear(sum) ? neighbour(sum, error > 0) : sum;
}
