import type { AnsweredRequests, Evidence } from '#engine/lab';
import {
	formatLabels,
	labels,
	labelsKey,
	labelsToRecord,
	labelValue,
	METRIC_NAME,
	metricName,
	SECOND,
	withoutLabels,
	type Labels,
	type Timestamp
} from '#engine/model';

export { type Evidence };

/**
 * What a check found wrong: a sentence with what was expected and what came, and the series it is about. In every sentence for
 * a learner `backticks` mean code, which may have a form for each language: `process_request`|`processRequest`.
 */
export interface Finding {
	readonly sentence: string;
	readonly series?: Labels;
	readonly expected?: number;
	readonly got?: number;
	/** When it was so. */
	readonly at?: Timestamp;
}

/** One thing that a task asks for. It looks at evidence alone: what came out, never what was written. */
export interface Check {
	readonly id: string;
	/** What is so when it passes: a row of the verdict. */
	readonly title: string;
	/** What to think about when it fails. */
	readonly hint: string;
	/** Undefined when all is well. */
	readonly judge: (evidence: Evidence) => Finding | undefined;
}

/** A wrong answer that tempts many people, recognised by what it does. `wrong/ID.ts` is an example of it. */
export interface Mistake {
	readonly id: string;
	/**
	 * The sentence for the learner, or undefined when this is not what happened. Looked at is the first trial that does not pass;
	 * what shows in several worlds only has all of them in `trials`.
	 */
	readonly spot: (evidence: Evidence, trials: readonly Evidence[]) => string | undefined;
}

/** Something worth saying of an answer that is right, such as what it costs. */
export interface Remark {
	readonly id: string;
	/** The sentence, or undefined when it does not apply. Looked at is the first trial. */
	readonly spot: (evidence: Evidence) => string | undefined;
}

/** A number that a service showed, all instances together. */
export interface Count {
	/** Without the metric's name. */
	readonly labels: Labels;
	readonly value: number;
}

/** The samples of one metric, summed over the instances. */
export function samplesOf(evidence: Evidence, name: string): Count[] {
	const sums = new Map<string, { labels: Labels; value: number }>();
	for (const { samples } of evidence.pages) {
		for (const sample of samples) {
			if (metricName(sample.labels) !== name) continue;
			const own = withoutLabels(sample.labels, [METRIC_NAME]);
			const sum = sums.get(labelsKey(own)) ?? { labels: own, value: 0 };
			sums.set(labelsKey(own), { labels: own, value: sum.value + sample.value });
		}
	}
	return [...sums.values()];
}

/** What a client library exposes of itself and its process. */
const OF_THE_CLIENT = /^(python|process|nodejs)_/;

/** The names of the metrics that the code defines, in order of appearance. */
export function metricNames(evidence: Evidence): string[] {
	const lines = evidence.pages.flatMap(({ text }) => [...text.matchAll(/^# TYPE (\S+) /gm)]);
	const names = lines.map(([, name = '']) => name);
	return [...new Set(names)].filter((name) => !OF_THE_CLIENT.test(name) && !isBirth(name, names));
}

/** Whether it only says since when another one counts: prometheus_client adds such a gauge to each of its counters. */
function isBirth(name: string, names: readonly string[]): boolean {
	const [, stem] = /^(.*)_created$/.exec(name) ?? [];
	return stem !== undefined && (names.includes(stem) || names.includes(`${stem}_total`));
}

/** What the TYPE line of a metric says; undefined when it has none. */
export function typeOf(evidence: Evidence, name: string): string | undefined {
	for (const { text } of evidence.pages) {
		for (const [, metric, type] of text.matchAll(/^# TYPE (\S+) (\w+)/gm)) {
			if (metric === name) return type;
		}
	}
	return undefined;
}

type Dimension = 'method' | 'endpoint' | 'status' | 'instance';

/** What really happened, counted by these dimensions, as the samples of a perfect counter. */
export function truthBy(evidence: Evidence, dimensions: readonly Dimension[]): Count[] {
	return truthSums(evidence, dimensions, ({ count }) => count);
}

/** How long requests truly took, in seconds, summed by these dimensions: the `_sum` of a perfect histogram. */
export function trueSeconds(evidence: Evidence, dimensions: readonly Dimension[]): Count[] {
	return truthSums(evidence, dimensions, ({ latencies }) => {
		return latencies.reduce((sum, latency) => sum + latency, 0) / SECOND;
	});
}

/** How many requests truly took at most so long, in seconds: the bucket of a perfect histogram with that edge. */
export function trulyWithin(
	evidence: Evidence,
	edge: number,
	dimensions: readonly Dimension[]
): Count[] {
	return truthSums(evidence, dimensions, ({ latencies }) => {
		return latencies.reduce((within, latency) => within + Number(latency / SECOND <= edge), 0);
	});
}

/** The sum of a number over the requests of each combination of the dimensions. */
function truthSums(
	evidence: Evidence,
	dimensions: readonly Dimension[],
	valueOf: (requests: AnsweredRequests) => number
): Count[] {
	const sums = new Map<string, { labels: Labels; value: number }>();
	for (const requests of evidence.truth) {
		const own = labels(
			Object.fromEntries(dimensions.map((name) => [name, String(requests[name] ?? '')]))
		);
		const value = (sums.get(labelsKey(own))?.value ?? 0) + valueOf(requests);
		sums.set(labelsKey(own), { labels: own, value });
	}
	return [...sums.values()];
}

/** The sum of all counts that have these label values. */
export function total(
	counts: readonly Count[],
	having: Readonly<Record<string, string>> = {}
): number {
	const wanted = Object.entries(having);
	return counts
		.filter((count) => wanted.every(([name, value]) => labelValue(count.labels, name) === value))
		.reduce((sum, { value }) => sum + value, 0);
}

/** The values that a label takes, each once. */
export function valuesOf(counts: readonly Count[], name: string): string[] {
	return [...new Set(counts.map((count) => labelValue(count.labels, name)))].filter(Boolean);
}

/** The label names in use, each once, sorted. */
export function labelNamesOf(counts: readonly Count[]): string[] {
	return [...new Set(counts.flatMap((count) => Object.keys(labelsToRecord(count.labels))))].sort();
}

/** The first of the expected counts that the metric does not show exactly. */
export function firstDifference(
	name: string,
	expected: readonly Count[],
	got: readonly Count[]
): Finding | undefined {
	const values = new Map(got.map((count) => [labelsKey(count.labels), count.value]));
	const wrong = expected.filter(
		({ labels, value }) => (values.get(labelsKey(labels)) ?? 0) !== value
	);
	const [first] = wrong;
	if (!first) return undefined;
	const value = values.get(labelsKey(first.labels)) ?? 0;
	const series = labels({ ...labelsToRecord(first.labels), [METRIC_NAME]: name });
	const others = wrong.length > 1 ? ` ${count(wrong.length - 1, 'more series')} differ too.` : '';
	return {
		sentence: `\`${formatLabels(series)}\` is ${number(value)}, and ${there(first.value)}.${others}`,
		series,
		expected: first.value,
		got: value
	};
}

function there(requests: number): string {
	if (requests === 0) return 'there was no such request';
	return `there ${requests === 1 ? 'was' : 'were'} ${count(requests, 'such request')}`;
}

/** A whole number as a person writes it: `1,204`. */
export function number(value: number): string {
	return value.toLocaleString('en');
}

/** `1 request`, `1,204 requests`: the plural is the word with an s, unless it ends in one. */
export function count(value: number, word: string): string {
	const isPlural = value !== 1 && !word.endsWith('s');
	return `${number(value)} ${word}${isPlural ? 's' : ''}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
