import {
	CUSTOM_BUCKETS_SCHEMA,
	labelsKey,
	type FloatHistogram,
	type HistogramBuckets
} from '#engine/model';
import type { Answer, AnswerSeries } from './answer.ts';

/** How two answers differ; the kind stays the same while a failure is made smaller. */
export interface Difference {
	readonly kind: 'error' | 'series' | 'order' | 'points' | 'values' | 'annotations';
	readonly what: string;
}

/** How the order of the samples in an instant vector matters: not at all, by their values alone, or entirely. */
export type Order = 'none' | 'by value' | 'strict';

/** What `sort`, `topk` and their kin at the top of an instant query promise about order. */
export function orderOf(text: string): Order {
	if (/^sort_by_label/.test(text)) return 'strict';
	return /^(sort|sort_desc|topk|bottomk)\b/.test(text) ? 'by value' : 'none';
}

/** The first difference between two answers, or undefined. Numbers are compared bit for bit; any NaN equals any other. */
export function compareAnswers(ours: Answer, theirs: Answer, order: Order): Difference | undefined {
	if (ours.error !== theirs.error) {
		return { kind: 'error', what: sides(ours.error ?? 'no error', theirs.error ?? 'no error') };
	}
	if (theirs.error !== undefined) return undefined;
	return (
		compareShapes(ours, theirs) ??
		compareOrder(ours, theirs, order) ??
		compareNumbers(ours, theirs) ??
		compareAnnotations(ours, theirs)
	);
}

function sides(ours: string, theirs: string): string {
	return `\n    ours   ${ours}\n    theirs ${theirs}`;
}

/** Types, label sets, and at which times there is a float or a histogram. */
export function compareShapes(ours: Answer, theirs: Answer): Difference | undefined {
	if (ours.type !== theirs.type || ours.text !== theirs.text) {
		return {
			kind: 'series',
			what: sides(`${ours.type} ${ours.text}`, `${theirs.type} ${theirs.text}`)
		};
	}
	const [mine, other] = [keys(ours).sort(), keys(theirs).sort()];
	if (mine.length !== other.length || mine.join('\n') !== other.join('\n')) {
		return {
			kind: 'series',
			what: sides(mine.map(readable).join(' '), other.map(readable).join(' '))
		};
	}
	for (const [a, b] of pairs(ours, theirs)) {
		const [x, y] = [times(a), times(b)];
		if (x !== y) return { kind: 'points', what: `${readable(labelsKey(a.labels))}${sides(x, y)}` };
	}
	return undefined;
}

function compareOrder(ours: Answer, theirs: Answer, order: Order): Difference | undefined {
	if (theirs.type === 'vector' && order === 'none') return undefined;
	const byValue = theirs.type === 'vector' && order === 'by value';
	const list = byValue ? (answer: Answer) => answer.series.map(numbersText) : keys;
	const [x, y] = [list(ours).join('  '), list(theirs).join('  ')];
	return x === y ? undefined : { kind: 'order', what: sides(readable(x), readable(y)) };
}

function compareNumbers(ours: Answer, theirs: Answer): Difference | undefined {
	for (const [a, b] of pairs(ours, theirs)) {
		const [x, y] = [numbersText(a), numbersText(b)];
		if (x !== y) return { kind: 'values', what: `${readable(labelsKey(a.labels))}${sides(x, y)}` };
	}
	return undefined;
}

export function compareAnnotations(ours: Answer, theirs: Answer): Difference | undefined {
	for (const level of ['warnings', 'infos'] as const) {
		const [x, y] = [ours[level].join('\n           '), theirs[level].join('\n           ')];
		if (x !== y) return { kind: 'annotations', what: `${level}${sides(x, y)}` };
	}
	return undefined;
}

function keys(answer: Answer): string[] {
	return answer.series.map(({ labels }) => labelsKey(labels));
}

function readable(key: string): string {
	return `{${key.replaceAll('\uffff', ' ')}}`;
}

/** The series of both answers that have the same labels; a vector may hold two with equal ones, which are then told apart by place. */
function pairs(ours: Answer, theirs: Answer): (readonly [AnswerSeries, AnswerSeries])[] {
	const sorted = (answer: Answer) =>
		answer.series.map((series) => ({ key: labelsKey(series.labels), series })).sort(byKey);
	const other = sorted(theirs);
	return sorted(ours).map(({ series }, i) => [
		series,
		(other[i] as { series: AnswerSeries }).series
	]);
}

export function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
	return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function times({ floats, histograms }: AnswerSeries): string {
	const list = (points: readonly { readonly time: number }[]) =>
		points.map(({ time }) => time).join(' ');
	return histograms.length === 0 ? list(floats) : `${list(floats)} histograms ${list(histograms)}`;
}

function numbersText({ floats, histograms }: AnswerSeries): string {
	return [
		...floats.map(({ value }) => numberText(value)),
		...histograms.map(({ value }) => histogramText(value))
	].join(' ');
}

export function numberText(value: number): string {
	return Object.is(value, -0) ? '-0' : String(value);
}

/** A histogram in all that can be seen of it: buckets with nothing in them do not count. */
export function histogramText(histogram: FloatHistogram): string {
	const { schema, zeroThreshold, zeroCount, count, sum, customValues, counterReset } = histogram;
	const buckets = (side: HistogramBuckets) => {
		const { indexes, counts } = filled(side);
		return indexes.map((index, i) => `${index}:${numberText(counts[i] as number)}`);
	};
	// Nothing shows the zero bucket of custom bounds, and only some of Prometheus' copies keep the sign of its zero.
	const zeros = schema === CUSTOM_BUCKETS_SCHEMA ? zeroCount + 0 : zeroCount;
	const numbers = [zeroThreshold, zeros, count, sum].map(numberText).join('/');
	return `{s${schema} ${numbers} ${counterReset} +[${buckets(histogram.positive)}] -[${buckets(histogram.negative)}] c[${customValues}]}`;
}

/** The buckets that are not empty. */
export function filled({ indexes, counts }: HistogramBuckets): HistogramBuckets {
	const isFilled = (_: number, i: number) => counts[i] !== 0;
	return { indexes: indexes.filter(isFilled), counts: counts.filter(isFilled) };
}
