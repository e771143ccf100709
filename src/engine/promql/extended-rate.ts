import type { Timestamp } from '#engine/model';
import type { FloatSamples } from './float-increase.ts';
import { goSeconds } from './go-number.ts';
import type { RateKind } from './rate-kind.ts';
import type { WindowKernel } from './range-vector.ts';
import { crossesEnd, crossesStart, measuredRows, type BoundaryRows } from './window-bounds.ts';
import type { Extension } from './window-extension.ts';
import { windowEnd, type WindowShape } from './window.ts';

/**
 * rate, increase and delta of anchored and smoothed windows: the difference between the values at both bounds, without
 * extrapolation (promql/functions.go, extendedRate).
 */
export function extendedRateKernel(
	kind: RateKind,
	extension: Extension,
	shape: WindowShape
): WindowKernel {
	const seconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ times, values, plan: { lo, hi } }, { values: out, present }) => {
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const start = lo[i] as number;
			const end = hi[i] as number;
			present[i] = 0;
			if (end <= start) continue;
			const until = windowEnd(shape, i);
			const bounds = { windowStart: until - shape.range, windowEnd: until };
			const samples = { times, values, start, end, ...bounds };
			const rows = measuredRows(samples, extension);
			if (!rows) continue;
			out[i] = extendedIncrease(samples, rows, kind.isCounter, extension).increase / seconds;
			present[i] = 1;
			found++;
		}
		return found;
	};
}

/** What a counter or gauge did in an extended window. */
export interface ExtendedIncrease {
	/** The values at the bounds. */
	readonly left: number;
	readonly right: number;
	/** From left to right, resets made up for. */
	readonly increase: number;
}

/** Measures one extended window between two of its rows. */
export function extendedIncrease(
	samples: FloatSamples,
	rows: BoundaryRows,
	isCounter: boolean,
	extension: Extension
): ExtendedIncrease {
	const { values, windowStart, windowEnd } = samples;
	const { first, last } = rows;
	const left = crossesStart(samples, rows, extension)
		? interpolate(samples, first, windowStart, isCounter)
		: (values[first] as number);
	const right = crossesEnd(samples, rows, extension)
		? interpolate(samples, last - 1, windowEnd, isCounter)
		: (values[last] as number);
	if (!isCounter) return { left, right, increase: right - left };
	return { left, right, increase: right - left + beforeResets(samples, rows, left, right) };
}

/** The value between a row and the next one, in a straight line. A counter that was reset in between rises from zero. */
export function interpolate(
	{ times, values }: { readonly times: Float64Array; readonly values: Float64Array },
	row: number,
	time: Timestamp,
	isCounter: boolean
): number {
	const next = values[row + 1] as number;
	const known = values[row] as number;
	const from = isCounter && next < known ? 0 : known;
	const passed = time - (times[row] as number);
	return from + ((next - from) * passed) / ((times[row + 1] as number) - (times[row] as number));
}

/**
 * What the counter had reached before its resets: the rows strictly between the bounds are compared with each other and with
 * the values at the bounds.
 */
function beforeResets(
	{ times, values, windowStart, windowEnd }: FloatSamples,
	{ first, last }: BoundaryRows,
	left: number,
	right: number
): number {
	const from = (times[first] as number) <= windowStart ? first + 1 : first;
	const to = (times[last] as number) >= windowEnd ? last - 1 : last;
	let correction = 0;
	let previous = left;
	for (let row = from; row <= to; row++) {
		const value = values[row] as number;
		if (value < previous) correction += previous;
		previous = value;
	}
	return right < previous ? correction + previous : correction;
}
