/** What the review.ts of a lesson is written with: chance, samples, and the engine, so that no answer is worked out by hand. */
import { labels, type Labels } from '#engine/model';
import { query } from '#engine/promql';
import type { RandomSource } from '#engine/sim';
import { Head } from '#engine/tsdb';

export type { ReviewFigure, ReviewItem, ReviewOption, ReviewTemplate } from './item.ts';

/** The moment of the first sample: any, but none that anything is aligned with by chance. */
const START = Date.UTC(2026, 0, 5, 9);

/** A whole number from `low` to `high`, both included. */
export function whole(random: RandomSource, low: number, high: number): number {
	return low + Math.floor(random() * (high - low + 1));
}

/** One of the list. */
export function oneOf<Value>(random: RandomSource, list: readonly Value[]): Value {
	const found = list[Math.floor(random() * list.length)];
	if (found === undefined) throw new Error('there is nothing to choose from');
	return found;
}

/** Samples of one series, `interval` seconds apart. */
export interface Samples {
	readonly name: string;
	readonly labels?: Readonly<Record<string, string>>;
	readonly interval: number;
	/** NaN where a scrape was lost. */
	readonly values: readonly number[];
}

/** The answers of a query, at `at` seconds after the first sample, by their labels; as Prometheus would give them. */
export function answers(
	text: string,
	series: readonly Samples[],
	at: number
): readonly { readonly labels: Labels; readonly value: number }[] {
	const outcome = query(filled(series), text, START + at * 1000);
	if (!outcome.ok) throw new Error(`${text}: ${outcome.message}`);
	const { result } = outcome;
	if (result.type === 'scalar') return [{ labels: labels({}), value: result.value }];
	if (result.type !== 'vector') throw new Error(`${text} is no vector`);
	return result.samples.map(({ labels, value }) => ({ labels, value: value as number }));
}

/** The one answer of a query, or NaN when there is none. */
export function answer(text: string, series: readonly Samples[], at: number): number {
	const [first, second] = answers(text, series, at);
	if (second) throw new Error(`${text} has several answers`);
	return first?.value ?? NaN;
}

/** Of a number, as many digits as somebody would say. */
export function digits(value: number, most = 3): string {
	return Number(value.toPrecision(most)).toLocaleString('en', { maximumFractionDigits: 6 });
}

function filled(series: readonly Samples[]): Head {
	const head = new Head({ appendableWindow: Infinity });
	for (const { name, labels: own = {}, interval, values } of series) {
		const appender = head.appender();
		const ref = appender.ref(labels({ __name__: name, ...own }));
		values.forEach((value, i) => {
			if (Number.isNaN(value)) return;
			appender.begin(START + i * interval * 1000);
			appender.add(ref, value);
			appender.commit();
		});
	}
	return head;
}

/** Of what lies between edges, what buckets count: each everything up to its edge. */
export function cumulative(own: readonly number[]): number[] {
	let sum = 0;
	return own.map((count) => (sum += count));
}

/** The buckets of a histogram as /metrics has them; the last count is that of +Inf. */
export function bucketPage(
	name: string,
	edges: readonly number[],
	counts: readonly number[]
): string {
	return counts.map((count, i) => `${name}_bucket{le="${edges[i] ?? '+Inf'}"} ${count}`).join('\n');
}
