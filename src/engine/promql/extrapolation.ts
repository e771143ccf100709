import type { Timestamp } from '#engine/model';

/**
 * A window holds samples from some moment after its start to some moment before its end; what a counter did in the gaps is
 * extrapolated (promql/functions.go, extrapolatedRate). The functions here are that policy: the kernels of rate, increase and
 * delta, of floats and of histograms, and what explains them are all made of these.
 */

/** The gap from which on a series is taken to begin or end inside of the window, in seconds: 1.1 times the average distance. */
export function threshold(averageDistance: number): number {
	return averageDistance * 1.1;
}

/**
 * How far beyond the first or last sample to extrapolate, in seconds: the whole gap to the end of the window if it is under
 * the threshold; else the series is taken to begin or end there, half a distance away.
 */
export function reach(gap: number, averageDistance: number): number {
	return gap >= threshold(averageDistance) ? averageDistance / 2 : gap;
}

/**
 * How many seconds before its first sample a counter would have been zero, had it always risen as it did in the window.
 * Extrapolating further back would make it negative. Infinite when it did not rise, or was negative.
 */
export function secondsSinceZero(first: number, increase: number, sampled: number): number {
	return increase > 0 && first >= 0 ? sampled * (first / increase) : Infinity;
}

/** By what the increase between the samples is multiplied to stand for the window; divided by its seconds for a rate. */
export function extrapolationFactor(
	sampled: number,
	toStart: number,
	toEnd: number,
	perSeconds: number
): number {
	return (sampled + toStart + toEnd) / sampled / perSeconds;
}

/** Where the samples of a window lie. */
export interface WindowTimes {
	/** How many samples, at least one. */
	readonly samples: number;
	readonly first: Timestamp;
	readonly last: Timestamp;
	/** Bounds of the window: open on the left, closed on the right. */
	readonly start: Timestamp;
	readonly end: Timestamp;
}

/** How far is extrapolated beyond the samples of a window, in seconds. */
export interface Extrapolation {
	/** From the first sample, or from the start time that takes its place, to the last one. */
	readonly sampled: number;
	/** 0 with a single sample. */
	readonly averageDistance: number;
	/** From the window's bounds to the first and last sample. */
	readonly gapToStart: number;
	readonly gapToEnd: number;
	readonly toStart: number;
	readonly toEnd: number;
}

/**
 * Extrapolates to both sides, at the start no further than where the counter would have been zero. `sinceZero` gives that in
 * seconds for the seconds that were sampled; a gauge has no such place (Infinity).
 */
export function extrapolateBothWays(
	times: WindowTimes,
	sinceZero: (sampled: number) => number
): Extrapolation {
	const sampled = (times.last - times.first) / 1000;
	const averageDistance = averageOf(times);
	const gapToStart = (times.first - times.start) / 1000;
	const gapToEnd = (times.end - times.last) / 1000;
	const toStart = reach(gapToStart, averageDistance);
	const zero = sinceZero(sampled);
	return {
		sampled,
		averageDistance,
		gapToStart,
		gapToEnd,
		toStart: zero < toStart ? zero : toStart,
		toEnd: reach(gapToEnd, averageDistance)
	};
}

/**
 * Extrapolates to the end only, of a counter known to have begun at zero at a moment inside of the window. A single sample is
 * not extrapolated, because it has no distance to others.
 */
export function extrapolateFromStartTime(times: WindowTimes, began: Timestamp): Extrapolation {
	const averageDistance = averageOf(times);
	const gapToEnd = (times.end - times.last) / 1000;
	return {
		sampled: (times.last - began) / 1000,
		averageDistance,
		gapToStart: (times.first - times.start) / 1000,
		gapToEnd,
		toStart: 0,
		toEnd: reach(gapToEnd, averageDistance)
	};
}

function averageOf({ samples, first, last }: WindowTimes): number {
	return samples > 1 ? (last - first) / 1000 / (samples - 1) : 0;
}

/** `extrapolationFactor` of an extrapolation. */
export function factorOf({ sampled, toStart, toEnd }: Extrapolation, perSeconds: number): number {
	return extrapolationFactor(sampled, toStart, toEnd, perSeconds);
}
