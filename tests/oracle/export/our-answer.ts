import { toJson, type PrometheusApi } from '#engine/api';
import { labels } from '#engine/model';
import type { Answer, AnswerSeries } from '../answer.ts';
import { fromJsonNumber } from '../json-number.ts';
import type { AskedQuery } from './moments.ts';

/**
 * What our API answers, read from the very bytes that it would send: its numbers keep every bit. What is thrown, which is wrong whatever
 * Prometheus says, is an answer too.
 */
export async function ourAnswer(api: PrometheusApi, asked: AskedQuery): Promise<Answer> {
	try {
		return fromBody(JSON.parse(await bodyOf(api, asked)) as Body);
	} catch (thrown) {
		const text = thrown instanceof Error ? thrown.stack : String(thrown);
		return { ...nothing, error: `thrown: ${text}`, isException: true };
	}
}

const nothing = { series: [], warnings: [], infos: [] };

/** The step is a duration: of seconds as a number Prometheus loses some milliseconds. */
async function bodyOf(
	api: PrometheusApi,
	{ query, start, end, step }: AskedQuery
): Promise<string> {
	const from = String(start / 1000);
	if (step === 0) return toJson('query', await api.query({ query, time: from }));
	const range = { query, start: from, end: String(end / 1000), step: `${step}ms` };
	return toJson('query_range', await api.queryRange(range));
}

/** Seconds, and the value as a text. */
type Pair = readonly [number, string];

type Data =
	| { readonly resultType: 'scalar' | 'string'; readonly result: Pair }
	| { readonly resultType: 'vector'; readonly result: readonly VectorLine[] }
	| { readonly resultType: 'matrix'; readonly result: readonly MatrixLine[] };

interface VectorLine {
	readonly metric: Readonly<Record<string, string>>;
	readonly value: Pair;
}

interface MatrixLine {
	readonly metric: Readonly<Record<string, string>>;
	readonly values: readonly Pair[];
}

type Body =
	| { readonly status: 'error'; readonly error: string }
	| {
			readonly status: 'success';
			readonly data: Data;
			readonly warnings?: readonly string[];
			readonly infos?: readonly string[];
	  };

function fromBody(body: Body): Answer {
	if (body.status === 'error') return { ...nothing, error: body.error };
	const { data, warnings = [], infos = [] } = body;
	return {
		type: data.resultType,
		text: data.resultType === 'string' ? data.result[1] : undefined,
		series: seriesOf(data),
		warnings: warnings.toSorted(),
		infos: infos.toSorted()
	};
}

function seriesOf(data: Data): AnswerSeries[] {
	switch (data.resultType) {
		case 'string':
			return [];
		case 'scalar':
			return [line({}, [data.result])];
		case 'vector':
			return data.result.map(({ metric, value }) => line(metric, [value]));
		case 'matrix':
			return data.result.map(({ metric, values }) => line(metric, values));
	}
}

/** A native histogram has no pair and throws here: no store of these has one. */
function line(metric: Readonly<Record<string, string>>, pairs: readonly Pair[]): AnswerSeries {
	const floats = pairs.map(([seconds, text]) => ({
		time: Math.round(seconds * 1000),
		value: fromJsonNumber(text)
	}));
	return { labels: labels(metric), floats, histograms: [] };
}
