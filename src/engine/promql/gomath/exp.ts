import { powerOfTwo, scale } from './float-bits.ts';
import { fusedMultiplyAdd } from './fused-multiply-add.ts';

const LOG2_E = 1.4426950408889634;
const OVERFLOW = 709.782712893384;

/** ln 2 in two parts; multiples of the upper one are exact. */
const LN2_UPPER = 0.693147180559663;
const LN2_LOWER = 2.8235290563031577e-13;

/** 1/7! … 1/1!, after 1/8!: the series of the exponential function. */
const FIRST_OF_SERIES = 2.48015873015873e-5;
const SERIES = [
	0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664,
	0.16666666666666666, 0.5, 1
];

/**
 * math.Exp as Go has it on amd64 (math/exp_amd64.s, with fused multiply-add): the argument modulo ln 2, a sixteenth of it into the
 * series of e^x - 1, which is squared up four times. Infinite from 1023.5 · ln 2 on already.
 */
export function goExp(value: number): number {
	if (Number.isNaN(value) || value > OVERFLOW) return value + Infinity;
	if (value < -OVERFLOW - 40) return 0;
	const exponent = roundToEven(value * LOG2_E);
	let rest = fusedMultiplyAdd(-exponent, LN2_UPPER, value);
	rest = fusedMultiplyAdd(-exponent, LN2_LOWER, rest) * 0.0625;
	let series = FIRST_OF_SERIES;
	for (const coefficient of SERIES) series = fusedMultiplyAdd(series, rest, coefficient);
	rest *= series;
	for (let i = 0; i < 3; i++) rest *= rest + 2;
	return scaleExp(fusedMultiplyAdd(rest, rest + 2, 1), exponent);
}

function scaleExp(value: number, exponent: number): number {
	if (exponent > 1023) return Infinity;
	if (exponent >= -1022) return value * powerOfTwo(exponent);
	return exponent < -1075 ? 0 : value * powerOfTwo(exponent + 1022) * powerOfTwo(-1022);
}

/** To the nearest integer, of two the even one. */
function roundToEven(value: number): number {
	return value + 2 ** 52 * 1.5 - 2 ** 52 * 1.5;
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** math.Exp2 (math/exp.go): 2 to the nearest integer, times e to the rest. */
export function goExp2(value: number): number {
	if (Number.isNaN(value)) return value;
	if (value > 1023.9999999999999) return Infinity;
	if (value < -1.074e3) return 0;
	const exponent = Math.trunc(value + (value > 0 ? 0.5 : -0.5));
	const rest = value - exponent;
	return expMulti(rest * LN2_HIGH, -rest * LN2_LOW, exponent);
}

/** e^(high - low) · 2^exponent (math/exp.go, expmulti). */
function expMulti(high: number, low: number, exponent: number): number {
	const r = high - low;
	const t = r * r;
	const c =
		r -
		t *
			(0.16666666666666666 +
				t *
					(-0.0027777777777015593 +
						t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
	return scale(1 - (low - (r * c) / (2 - c) - high), exponent);
}
