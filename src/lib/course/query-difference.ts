import { equalHistograms, labelsKey, type Labels, type Timestamp } from '#engine/model';
import type { RangeResult, StepSeries } from '#engine/promql';

/** Where two answers differ first. */
export interface Difference {
	readonly labels: Labels;
	/** The first moment at which they differ; undefined where a series is there and never has a value. */
	readonly at?: Timestamp;
	/** Undefined where there is no value. */
	readonly expected?: number;
	readonly got?: number;
	/** One answer has the whole series, the other has not. */
	readonly only?: 'expected' | 'got';
}

/** How far two values may be apart, as a share of the larger: sums in another order are not the same to the last bit. */
const TOLERANCE = 1e-6;

/**
 * Where the got answer differs from the expected one, first in time; series that only one of them has come before values.
 * Both are on the same grid. Undefined when they are the same.
 */
export function firstDifference(expected: RangeResult, got: RangeResult): Difference | undefined {
	const wanted = byLabels(expected);
	const have = byLabels(got);
	for (const [key, series] of wanted) {
		if (!have.has(key)) return alone(series, expected, 'expected');
	}
	for (const [key, series] of have) {
		if (!wanted.has(key)) return alone(series, got, 'got');
	}
	for (let step = 0; step < expected.grid.count; step++) {
		for (const [key, series] of wanted) {
			const other = have.get(key) as StepSeries;
			if (isSameAt(series, other, step)) continue;
			const at = expected.grid.start + step * expected.grid.step;
			const values = { expected: valueAt(series, step), got: valueAt(other, step) };
			return { labels: series.labels, at, ...values };
		}
	}
	return undefined;
}

function byLabels({ series }: RangeResult): Map<string, StepSeries> {
	return new Map(series.map((one) => [labelsKey(one.labels), one]));
}

/** A series that the other answer lacks, at its first value. */
function alone(series: StepSeries, { grid }: RangeResult, only: 'expected' | 'got'): Difference {
	const step = series.present.indexOf(1);
	return {
		labels: series.labels,
		only,
		...(step >= 0 && { at: grid.start + step * grid.step, [only]: valueAt(series, step) })
	};
}

function valueAt({ values, present }: StepSeries, step: number): number | undefined {
	return present[step] === 1 ? values[step] : undefined;
}

/** Histograms have no tolerance, and are never the same as a number. */
function isSameAt(a: StepSeries, b: StepSeries, step: number): boolean {
	const [h, i] = [a.histograms?.[step], b.histograms?.[step]];
	if (h || i) return h !== undefined && i !== undefined && equalHistograms(h, i);
	const [x, y] = [valueAt(a, step), valueAt(b, step)];
	if (x === undefined || y === undefined) return x === y;
	if (Object.is(x, y) || x === y) return true;
	if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
	return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
}
