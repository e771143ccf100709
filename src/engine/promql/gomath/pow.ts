import { goExp } from './exp.ts';
import { exponentOf, fractionOf, scale } from './float-bits.ts';
import { goLog } from './log.ts';

/**
 * math.Pow: the whole part of the exponent by squaring, the rest by exp and log (math/pow.go).
 */
export function goPow(base: number, exponent: number): number {
	if (exponent === 0 || base === 1) return 1;
	if (exponent === 1) return base;
	if (Number.isNaN(base) || Number.isNaN(exponent)) return NaN;
	if (base === 0) return powOfZero(base, exponent);
	if (!Number.isFinite(exponent)) return powToInfinite(base, exponent);
	if (!Number.isFinite(base)) return powOfInfinite(base, exponent);
	if (exponent === 0.5) return Math.sqrt(base);
	if (exponent === -0.5) return 1 / Math.sqrt(base);
	return powOfFinite(base, exponent);
}

function isOdd(value: number): boolean {
	return Math.abs(value) < 2 ** 53 && Math.abs(value % 2) === 1;
}

function powOfZero(base: number, exponent: number): number {
	const signed = Object.is(base, -0) && isOdd(exponent);
	if (exponent < 0) return signed ? -Infinity : Infinity;
	return signed ? base : 0;
}

function powToInfinite(base: number, exponent: number): number {
	if (base === -1) return 1;
	return Math.abs(base) < 1 === exponent > 0 ? 0 : Infinity;
}

function powOfInfinite(base: number, exponent: number): number {
	if (base < 0) return powOfZero(-0, -exponent);
	return exponent < 0 ? 0 : Infinity;
}

function powOfFinite(base: number, exponent: number): number {
	const size = Math.abs(exponent);
	let whole = Math.trunc(size);
	let rest = size - whole;
	if (rest !== 0 && base < 0) return NaN;
	if (whole >= 2 ** 63) return powToInfinite(base, exponent);
	if (rest > 0.5) {
		rest--;
		whole++;
	}
	const start = rest === 0 ? 1 : goExp(rest * goLog(base));
	return powBySquaring(start, base, whole, exponent < 0);
}

/** Beyond this, a power of two is out of reach of every float64. */
const FAR_EXPONENT = 2 ** 12;

/** start · base^times, or its reciprocal; fraction and power of two apart, so that nothing overflows on the way. */
function powBySquaring(start: number, base: number, times: number, invert: boolean): number {
	let fraction = start;
	let exponent = 0;
	let square = fractionOf(base);
	let squareExponent = exponentOf(base);
	for (let left = times; left !== 0; left = Math.floor(left / 2)) {
		if (Math.abs(squareExponent) > FAR_EXPONENT) {
			exponent += squareExponent;
			break;
		}
		if (left % 2 === 1) {
			fraction *= square;
			exponent += squareExponent;
		}
		square *= square;
		squareExponent *= 2;
		if (square < 0.5) {
			square += square;
			squareExponent--;
		}
	}
	return invert ? scale(1 / fraction, -exponent) : scale(fraction, exponent);
}
