import { labels, type FloatHistogram } from '#engine/model';
import type { RangeResult, StepSeries } from '#engine/promql';
import type { Answer, WorldAnswers } from '../../../src/lib/course/query-kit.ts';

/** 09:00:00 UTC; the grids of these answers have a step a minute. */
export const START = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;

type Values = readonly (number | FloatHistogram | undefined)[];

function series(record: Readonly<Record<string, string>>, values: Values): StepSeries {
	const histograms = values.map((value) => (typeof value === 'object' ? value : undefined));
	return {
		labels: labels(record),
		values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)),
		present: Uint8Array.from(values, (value) => Number(value !== undefined)),
		...(histograms.some(Boolean) && { histograms })
	};
}

/** The labels of a series and its values, undefined where it has none. */
type Line = readonly [Readonly<Record<string, string>>, Values];

export function result(...all: readonly Line[]): RangeResult {
	const count = Math.max(1, ...all.map(([, values]) => values.length));
	return {
		type: 'matrix',
		grid: { start: START, step: MINUTE, count },
		series: all.map(([record, values]) => series(record, values))
	};
}

export function answer(...all: readonly Line[]): Answer {
	return { status: 'success', data: result(...all), warnings: [], infos: [] };
}

export function failure(error: string): Answer {
	return { status: 'error', errorType: 'bad_data', error };
}

export function world(learner: Answer, reference: Answer, title = 'a shop'): WorldAnswers {
	return { title, seed: 1, learner, reference };
}
