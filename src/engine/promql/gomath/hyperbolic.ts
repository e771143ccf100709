import { goExp } from './exp.ts';
import { goLog, goLog1p } from './log.ts';

/** Beyond this the other exponential does not matter. */
const LARGE = 21;

/** math.Sinh (math/sinh.go). */
export function goSinh(value: number): number {
	return value < 0 ? -sinhOfPositive(-value) : sinhOfPositive(value);
}

function sinhOfPositive(x: number): number {
	if (x > LARGE) return goExp(x) * 0.5;
	if (!(x > 0.5)) return sinhOfSmall(x);
	const power = goExp(x);
	return (power - 1 / power) * 0.5;
}

/** Hart and Cheney, no. 2029. */
function sinhOfSmall(x: number): number {
	const square = x * x;
	const above =
		(((-26.30563213397497 * square + -2894.211355989564) * square + -89912.72022039509) * square +
			-630767.3640497717) *
		x;
	const below =
		((square + -173.6789535582337) * square + 15215.17378790019) * square + -630767.3640497717;
	return above / below;
}

/** math.Cosh (math/sinh.go). */
export function goCosh(value: number): number {
	const power = goExp(Math.abs(value));
	return Math.abs(value) > LARGE ? power * 0.5 : (power + 1 / power) * 0.5;
}

/** Half of ln 2^127: beyond it the tangent is 1. */
const TANH_IS_1 = 0.5 * 88.02969193111305;

/** math.Tanh (math/tanh.go, after Cephes). */
export function goTanh(value: number): number {
	const size = Math.abs(value);
	if (size > TANH_IS_1) return Math.sign(value);
	if (!(size >= 0.625)) return tanhOfSmall(value);
	const tangent = 1 - 2 / (goExp(2 * size) + 1);
	return value < 0 ? -tangent : tangent;
}

function tanhOfSmall(x: number): number {
	if (x === 0) return x;
	const s = x * x;
	const above = (-0.9643991794250523 * s + -99.28772310019185) * s + -1614.6876844170845;
	const below = ((s + 112.81167849163293) * s + 2235.4883906010045) * s + 4844.063053251255;
	return x + (x * s * above) / below;
}

const TWO_28 = 2 ** 28;

/** math.Asinh (math/asinh.go, after FreeBSD's s_asinh.c). */
export function goAsinh(value: number): number {
	if (!Number.isFinite(value)) return value;
	return value < 0 ? -asinhOfPositive(-value) : asinhOfPositive(value);
}

function asinhOfPositive(x: number): number {
	if (x > TWO_28) return goLog(x) + Math.LN2;
	if (x > 2) return goLog(2 * x + 1 / (Math.sqrt(x * x + 1) + x));
	if (x < 1 / TWO_28) return x;
	return goLog1p(x + (x * x) / (1 + Math.sqrt(1 + x * x)));
}

/** math.Acosh (math/acosh.go, after FreeBSD's e_acosh.c). */
export function goAcosh(value: number): number {
	if (!(value >= 1)) return NaN;
	if (value === 1) return 0;
	if (value >= TWO_28) return goLog(value) + Math.LN2;
	if (value > 2) return goLog(2 * value - 1 / (value + Math.sqrt(value * value - 1)));
	const t = value - 1;
	return goLog1p(t + Math.sqrt(2 * t + t * t));
}

/**
 * math.Atanh (math/atanh.go, after FreeBSD's e_atanh.c). V8, which has the same source, gives the same numbers; other browsers need not.
 */
export function goAtanh(value: number): number {
	if (!(Math.abs(value) <= 1)) return NaN;
	if (Math.abs(value) === 1) return value * Infinity;
	return value < 0 ? -atanhOfPositive(-value) : atanhOfPositive(value);
}

function atanhOfPositive(x: number): number {
	if (x < 1 / TWO_28) return x;
	const twice = x + x;
	return 0.5 * goLog1p(x < 0.5 ? twice + (twice * x) / (1 - x) : twice / (1 - x));
}
