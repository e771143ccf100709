import {
	formatFloat,
	labelPairs,
	SAMPLE,
	type FloatHistogram,
	type Labels,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import type { InstantResult, RangeResult, StepGrid, StepSeries } from '#engine/promql';
import type { WithStatistics } from './api.ts';
import { histogramObject } from './json-histogram.ts';
import { statisticsObject } from './json-statistics.ts';
import { jsonArray, jsonObject, plainText, standardText } from './json-text.ts';

/** The `data` of an instant query. */
export function instantData(result: InstantResult & WithStatistics): string {
	return jsonObject([
		['resultType', plainText(result.type)],
		['result', instantResult(result)],
		...statistics(result)
	]);
}

/** The `data` of a range query. */
export function rangeData(result: RangeResult & WithStatistics): string {
	const { type, grid, series } = result;
	return jsonObject([
		['resultType', plainText(type)],
		['result', jsonArray(series.map((one) => matrixSeries(one.labels, stepPoints(grid, one))))],
		...statistics(result)
	]);
}

function statistics({ stats }: WithStatistics): [string, string][] {
	return stats ? [['stats', statisticsObject(stats)]] : [];
}

/** A label set as an object, in label order. */
export function labelsObject(set: Labels): string {
	const pairs = Array.from(
		labelPairs(set),
		([name, value]) => `${plainText(name)}:${plainText(value)}`
	);
	return `{${pairs.join(',')}}`;
}

function instantResult(result: InstantResult): string {
	switch (result.type) {
		// Scalars and strings go through another encoder than samples, which writes seconds as plain floats and no
		// exponents (promql/value.go, MarshalJSON).
		case 'scalar':
			return `[${result.time / 1000},"${formatFloat(result.value)}"]`;
		case 'string':
			return `[${result.time / 1000},${standardText(result.value)}]`;
		case 'vector':
			return jsonArray(
				result.samples.map(({ labels, value, histogram }) =>
					jsonObject([
						['metric', labelsObject(labels)],
						histogram
							? ['histogram', histogramPoint(result.time, histogram)]
							: ['value', point(result.time, value)]
					])
				)
			);
		case 'matrix':
			return jsonArray(result.series.map((one) => matrixSeries(one.labels, samplePoints(one))));
	}
}

/** The points of a series; floats and histograms go into lists of their own. */
interface Points {
	readonly values: string[];
	readonly histograms: string[];
}

function matrixSeries(labels: Labels, { values, histograms }: Points): string {
	const fields: [string, string][] = [['metric', labelsObject(labels)]];
	if (values.length > 0) fields.push(['values', jsonArray(values)]);
	if (histograms.length > 0) fields.push(['histograms', jsonArray(histograms)]);
	return jsonObject(fields);
}

function stepPoints({ start, step, count }: StepGrid, series: StepSeries): Points {
	const points: Points = { values: [], histograms: [] };
	for (let i = 0; i < count; i++) {
		if (!series.present[i]) continue;
		addPoint(points, start + i * step, series.values[i] as number, series.histograms?.[i]);
	}
	return points;
}

function samplePoints(series: SeriesColumns): Points {
	const { times, values, marks, histograms, start, end } = series;
	const points: Points = { values: [], histograms: [] };
	for (let row = start; row < end; row++) {
		if (marks !== undefined && marks[row] !== SAMPLE) continue;
		addPoint(points, times[row] as Timestamp, values[row] as number, histograms?.[row]);
	}
	return points;
}

function addPoint(
	{ values, histograms }: Points,
	time: Timestamp,
	value: number,
	histogram: FloatHistogram | undefined
): void {
	if (histogram) histograms.push(histogramPoint(time, histogram));
	else values.push(point(time, value));
}

function histogramPoint(time: Timestamp, histogram: FloatHistogram): string {
	return `[${seconds(time)},${histogramObject(histogram, (value) => `"${sampleValue(value)}"`)}]`;
}

function point(time: Timestamp, value: number): string {
	return `[${seconds(time)},"${sampleValue(value)}"]`;
}

/** Seconds with no decimals or all three (util/jsonutil, MarshalTimestamp). */
function seconds(time: Timestamp): string {
	const sign = time < 0 ? '-' : '';
	const whole = Math.floor(Math.abs(time) / 1000);
	const fraction = Math.abs(time) % 1000;
	return fraction === 0
		? `${sign}${whole}`
		: `${sign}${whole}.${String(fraction).padStart(3, '0')}`;
}

/**
 * Very small and very large values have an exponent of at least two digits, unlike anywhere else in Prometheus
 * (util/jsonutil, MarshalFloat). The limits happen to be JavaScript's own.
 */
function sampleValue(value: number): string {
	const text = String(value);
	return text.includes('e') ? text.replace(/e([+-])(\d)$/, 'e$10$2') : formatFloat(value);
}
