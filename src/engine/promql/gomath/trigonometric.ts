import { reduceHuge } from './reduce-huge.ts';

/** π/4 in three parts, so that multiples of the first two are exact (math/sin.go). */
const PI4_A = 0.7853981256484985;
const PI4_B = 3.774894707930798e-8;
const PI4_C = 2.6951514290790595e-15;

/** 4/π, rounded once. */
const FOUR_BY_PI = 1.2732395447351628;

/** From here on the three parts are too short (math/trig_reduce.go). */
const HUGE = 2 ** 29;

/** An angle in eighths of a turn, an even number of them modulo 8, and the rest in radians. */
export interface ReducedAngle {
	readonly octant: number;
	readonly rest: number;
}

/** Takes a positive angle apart. */
function reduce(angle: number): ReducedAngle {
	if (angle >= HUGE) return reduceHuge(angle);
	let eighths = Math.floor(angle * FOUR_BY_PI);
	if (eighths % 2 === 1) eighths++;
	return {
		octant: eighths % 8,
		rest: angle - eighths * PI4_A - eighths * PI4_B - eighths * PI4_C
	};
}

/** math.Sin (math/sin.go, after Cephes). */
export function goSin(angle: number): number {
	if (angle === 0 || Number.isNaN(angle)) return angle;
	if (!Number.isFinite(angle)) return NaN;
	const { octant, rest } = reduce(Math.abs(angle));
	const half = octant % 4;
	const sine = half === 2 ? cosineOf(rest) : sineOf(rest);
	return octant > 3 !== angle < 0 ? -sine : sine;
}

/** math.Cos (math/sin.go, after Cephes). */
export function goCos(angle: number): number {
	if (!Number.isFinite(angle)) return NaN;
	const { octant, rest } = reduce(Math.abs(angle));
	const half = octant % 4;
	const cosine = half === 2 ? sineOf(rest) : cosineOf(rest);
	return octant > 3 !== half > 1 ? -cosine : cosine;
}

/** math.Tan (math/tan.go, after Cephes). */
export function goTan(angle: number): number {
	if (angle === 0 || Number.isNaN(angle)) return angle;
	if (!Number.isFinite(angle)) return NaN;
	const { octant, rest } = reduce(Math.abs(angle));
	const tangent = tangentOf(rest);
	const turned = octant % 4 === 2 ? -1 / tangent : tangent;
	return angle < 0 ? -turned : turned;
}

/** Within ±π/4. */
function sineOf(z: number): number {
	const zz = z * z;
	return (
		z +
		z *
			zz *
			(((((1.5896230157654656e-10 * zz + -2.5050747762857807e-8) * zz + 2.7557313621385722e-6) *
				zz +
				-0.0001984126982958954) *
				zz +
				0.008333333333322118) *
				zz +
				-0.1666666666666663)
	);
}

/** Within ±π/4. */
function cosineOf(z: number): number {
	const zz = z * z;
	return (
		1 -
		0.5 * zz +
		zz *
			zz *
			(((((-1.1358536521387682e-11 * zz + 2.087570084197473e-9) * zz + -2.755731417929674e-7) * zz +
				2.4801587288851704e-5) *
				zz +
				-0.0013888888888873056) *
				zz +
				0.041666666666666595)
	);
}

/** Within ±π/4. */
function tangentOf(z: number): number {
	const zz = z * z;
	if (!(zz > 1e-14)) return z;
	const above = (-13093.693918138379 * zz + 1153516.6483858742) * zz + -17956525.197648488;
	const below =
		(((zz + 13681.296347069296) * zz + -1320892.3444021097) * zz + 25008380.18233579) * zz +
		-53869575.592945464;
	return z + z * ((zz * above) / below);
}
