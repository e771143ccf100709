import { formatFloat, formatLabels, type Labels } from '#engine/model';
import { fromJsonNumber, type JsonNumber } from '../json-number.ts';
import { START } from './scenario.ts';

/** A request that has reached a target. */
export interface Request {
	/** Milliseconds since the epoch, whole. */
	readonly time: number;
	readonly url: string;
	readonly accept: string;
	/** Seconds, as the header of Prometheus' scrapes has them. */
	readonly timeout: string;
}

interface Buckets {
	readonly indexes: readonly number[];
	readonly counts: readonly JsonNumber[];
}

/** A native histogram as the model or as the Go program has it. */
export interface StoredHistogram {
	readonly schema: number;
	readonly count: JsonNumber;
	readonly sum: JsonNumber;
	readonly zeroCount: JsonNumber;
	readonly zeroThreshold: JsonNumber;
	readonly positive: Buckets;
	readonly negative: Buckets;
	readonly customValues: readonly JsonNumber[];
}

/** What is stored of a series at one time. */
export interface StoredSample {
	readonly time: number;
	readonly value: number | StoredHistogram | 'stale';
}

export interface StoredSeries {
	readonly labels: Labels;
	readonly samples: readonly StoredSample[];
}

/** What has come of a scenario. */
export interface Outcome {
	/** Why there is nothing else. */
	readonly error?: string;
	/** What moves all scrapes of the server within their intervals. */
	readonly offsetSeed: bigint;
	/** In the order of arrival. */
	readonly requests: readonly Request[];
	readonly series: readonly StoredSeries[];
}

/** The outcome as lines with a name each, so that two of them compare as texts. */
export function linesOf({ error, requests, series }: Outcome): Map<string, string> {
	if (error !== undefined) return new Map([['error', error]]);
	const lines = requests.map(({ time, url, accept, timeout }, i): [string, string] => [
		`request ${i + 1}`,
		`${sinceStart(time)} ${url} timeout ${timeout} accept ${accept}`
	]);
	for (const { labels, samples } of series) {
		const name = formatLabels(labels);
		for (const { time, value } of samples) {
			lines.push([`${name} at ${sinceStart(time)}`, textOf(value)]);
		}
	}
	return new Map(lines);
}

function sinceStart(time: number): string {
	return `${(time - START) / 1000}s`;
}

function textOf(value: StoredSample['value']): string {
	if (typeof value === 'object') return histogramText(value);
	return value === 'stale' ? value : formatFloat(value);
}

/** Buckets that are empty may be stored or not, and the hint is what a store knows of the sample before: neither is told. */
function histogramText(histogram: StoredHistogram): string {
	const { schema, count, sum, zeroCount, zeroThreshold, positive, negative, customValues } =
		histogram;
	return [
		`schema ${schema} count ${floatText(count)} sum ${floatText(sum)}`,
		`zero ${floatText(zeroCount)} within ${floatText(zeroThreshold)}`,
		`bounds [${customValues.map(floatText).join(' ')}]`,
		`buckets [${bucketsText(positive)}] negative [${bucketsText(negative)}]`
	].join(' ');
}

function bucketsText({ indexes, counts }: Buckets): string {
	return indexes
		.map((index, i) => `${index}:${floatText(counts[i] as JsonNumber)}`)
		.filter((text) => !text.endsWith(':0'))
		.join(' ');
}

function floatText(value: JsonNumber): string {
	return formatFloat(fromJsonNumber(value));
}
