import {
	labelsKey,
	labelValue,
	METRIC_NAME,
	metricName,
	parseFloatGo,
	SAMPLE,
	withoutLabels,
	type SeriesColumns
} from '#engine/model';
import type { DumpFamily } from './family.ts';

/** A sample of a dump: row `row` of series `series` of its metric. */
export type TakeSample = (series: number, row: number) => void;

/** The labels by which the series of one metric differ. */
const OWN_LABELS = [METRIC_NAME, 'le', 'quantile'];

/** What the samples of one point end with, in the order in which OpenMetrics shows them; any other name comes first. */
const ORDER = ['_bucket', '_count', '_gcount', '_sum', '_gsum', '_created'];

/**
 * The series of a family by metric: those that differ in nothing but their names, bounds and quantiles, in the order in which
 * a point of the metric shows them.
 */
export function metricsOf({ series }: DumpFamily): SeriesColumns[][] {
	const metrics = new Map<string, SeriesColumns[]>();
	for (const one of series) {
		const key = labelsKey(withoutLabels(one.labels, OWN_LABELS));
		const metric = metrics.get(key);
		if (metric) metric.push(one);
		else metrics.set(key, [one]);
	}
	return [...metrics.values()].map((metric) => metric.sort(inPoint));
}

function inPoint(a: SeriesColumns, b: SeriesColumns): number {
	return suffixRank(a) - suffixRank(b) || boundOf(a) - boundOf(b) || 0;
}

function suffixRank({ labels }: SeriesColumns): number {
	const name = metricName(labels);
	return ORDER.findIndex((suffix) => name.endsWith(suffix));
}

function boundOf({ labels }: SeriesColumns): number {
	return parseFloatGo(labelValue(labels, 'le') || labelValue(labels, 'quantile')) ?? 0;
}

/**
 * Hands over the samples of a metric point by point: in order of time, and at one time in the order of the series, because
 * a metric's times must not go back. Staleness markers and native histograms are passed over.
 */
export function eachSample(metric: readonly SeriesColumns[], take: TakeSample): void {
	const rows = metric.map((series) => nextRow(series, series.start));
	for (;;) {
		const time = earliest(metric, rows);
		if (time === Infinity) return;
		for (const [i, series] of metric.entries()) {
			const row = rows[i] as number;
			if (row === series.end || series.times[row] !== time) continue;
			take(i, row);
			rows[i] = nextRow(series, row + 1);
		}
	}
}

function earliest(metric: readonly SeriesColumns[], rows: readonly number[]): number {
	let time = Infinity;
	for (const [i, { times, end }] of metric.entries()) {
		const row = rows[i] as number;
		if (row < end) time = Math.min(time, times[row] as number);
	}
	return time;
}

/** The next row that OpenMetrics can tell; `end` when there is none. */
function nextRow({ marks, histograms, end }: SeriesColumns, row: number): number {
	while (row < end && ((marks && marks[row] !== SAMPLE) || histograms?.[row])) row++;
	return row;
}
