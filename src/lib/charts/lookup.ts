import { bisectCenter, bisectLeft, bisectRight } from 'd3';
import type { Duration, Timestamp } from '#engine/model';
import type { NamedSeries, TimeRange } from './series.ts';

/** What a series says at a moment. */
export interface Reading {
	readonly series: NamedSeries;
	readonly value: number;
}

/** The rows with from <= time <= to, as a half-open range of indices. */
export function indexRange(times: Float64Array, [from, to]: TimeRange): [number, number] {
	return [bisectLeft(times, from), bisectRight(times, to)];
}

/** The row nearest in time, or undefined without rows. */
export function nearestIndex(times: Float64Array, at: Timestamp): number | undefined {
	return times.length === 0 ? undefined : bisectCenter(times, at);
}

/** The value nearest in time, if there is one no further off than `tolerance`. */
export function valueNear(
	series: NamedSeries,
	at: Timestamp,
	tolerance: Duration
): number | undefined {
	const i = nearestIndex(series.times, at);
	if (i === undefined || series.present[i] !== 1) return undefined;
	return Math.abs((series.times[i] as number) - at) <= tolerance ? series.values[i] : undefined;
}

/** What each series that has a value at the moment says, highest first. */
export function readingsAt(
	series: readonly NamedSeries[],
	at: Timestamp,
	tolerance: Duration
): Reading[] {
	return series
		.flatMap((one) => {
			const value = valueNear(one, at, tolerance);
			return value === undefined ? [] : [{ series: one, value }];
		})
		.sort((a, b) => b.value - a.value);
}

/** The reading nearest to a value, such as the one the pointer is at. */
export function nearestReading(readings: readonly Reading[], value: number): Reading | undefined {
	return readings.reduce<Reading | undefined>(
		(best, one) =>
			!best || Math.abs(one.value - value) < Math.abs(best.value - value) ? one : best,
		undefined
	);
}

/** At most `limit` readings: the ones nearest to a value, in the order given; the first ones without a value. */
export function closestReadings(
	readings: readonly Reading[],
	limit: number,
	value: number | undefined
): readonly Reading[] {
	if (readings.length <= limit || value === undefined) return readings.slice(0, limit);
	const near = new Set(
		readings
			.toSorted((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value))
			.slice(0, limit)
	);
	return readings.filter((one) => near.has(one));
}
