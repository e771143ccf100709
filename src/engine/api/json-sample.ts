import {
	formatFloat,
	labelPairs,
	SAMPLE,
	type Labels,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import type { InstantResult, RangeResult, StepGrid, StepSeries } from '#engine/promql';
import { jsonArray, jsonObject, plainText, standardText } from './json-text.ts';

/** The `data` of an instant query. */
export function instantData(result: InstantResult): string {
	return jsonObject([
		['resultType', plainText(result.type)],
		['result', instantResult(result)]
	]);
}

/** The `data` of a range query. */
export function rangeData({ type, grid, series }: RangeResult): string {
	return jsonObject([
		['resultType', plainText(type)],
		['result', jsonArray(series.map((one) => matrixSeries(one.labels, stepPoints(grid, one))))]
	]);
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
				result.samples.map(({ labels, value }) =>
					jsonObject([
						['metric', labelsObject(labels)],
						['value', point(result.time, value)]
					])
				)
			);
		case 'matrix':
			return jsonArray(result.series.map((one) => matrixSeries(one.labels, samplePoints(one))));
	}
}

function matrixSeries(labels: Labels, points: readonly string[]): string {
	const metric: [string, string] = ['metric', labelsObject(labels)];
	return jsonObject(points.length === 0 ? [metric] : [metric, ['values', jsonArray(points)]]);
}

function stepPoints({ start, step, count }: StepGrid, { values, present }: StepSeries): string[] {
	const points: string[] = [];
	for (let i = 0; i < count; i++) {
		if (present[i]) points.push(point(start + i * step, values[i] as number));
	}
	return points;
}

function samplePoints({ times, values, marks, start, end }: SeriesColumns): string[] {
	const points: string[] = [];
	for (let row = start; row < end; row++) {
		if (marks !== undefined && marks[row] !== SAMPLE) continue;
		points.push(point(times[row] as Timestamp, values[row] as number));
	}
	return points;
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
