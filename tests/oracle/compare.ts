import { labelsKey, type FloatHistogram } from '#engine/model';
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
function compareShapes(ours: Answer, theirs: Answer): Difference | undefined {
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

function compareAnnotations(ours: Answer, theirs: Answer): Difference | undefined {
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

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
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

function numberText(value: number): string {
	return Object.is(value, -0) ? '-0' : String(value);
}

/** A histogram in all that can be seen of it: buckets with nothing in them do not count. */
function histogramText(histogram: FloatHistogram): string {
	const { schema, zeroThreshold, zeroCount, count, sum, customValues, counterReset } = histogram;
	const buckets = ({ indexes, counts }: FloatHistogram['positive']) =>
		indexes.flatMap((index, i) =>
			counts[i] === 0 ? [] : [`${index}:${numberText(counts[i] as number)}`]
		);
	const numbers = [zeroThreshold, zeroCount, count, sum].map(numberText).join('/');
	return `{s${schema} ${numbers} ${counterReset} +[${buckets(histogram.positive)}] -[${buckets(histogram.negative)}] c[${customValues}]}`;
}

/**
 * Whether an answer is one that Prometheus could have given, by all it gave to the same query.
 *
 * Its own answers vary where it walks a Go map: then the series of a binary operation come in random order, and what adds
 * them up (sum, avg, stddev …) rounds differently. So: everything but numbers must be as in all of its answers; a number
 * that does not vary must be that number; one that varies may lie as far outside of what was seen as what was seen is wide.
 * Of a match group with several series on the one side, the message may name any two that Prometheus has named.
 */
export function isWithinVariation(ours: Answer, theirs: readonly Answer[]): boolean {
	if (theirs.length < 2) return false;
	if (ours.error !== undefined)
		return isWithinErrors(
			ours.error,
			theirs.map(({ error }) => error ?? '')
		);
	for (const one of theirs) {
		if (ours.error !== one.error || compareShapes(ours, one) || compareAnnotations(ours, one))
			return false;
	}
	const mine = allNumbers(ours);
	const seen = theirs.map(allNumbers);
	return mine.every((value, i) =>
		isBetween(
			value,
			seen.map((numbers) => numbers[i] as number)
		)
	);
}

const NAMED_PAIR = /^(.*operation: \[)(\{.*\}), (\{.*\})(\];.*)$/;

function isWithinErrors(ours: string, theirs: readonly string[]): boolean {
	const mine = NAMED_PAIR.exec(ours);
	if (!mine) return false;
	const same = theirs
		.map((text) => NAMED_PAIR.exec(text))
		.filter((match) => match?.[1] === mine[1] && match?.[4] === mine[4]);
	const named = new Set(same.flatMap((match) => [match?.[2], match?.[3]]));
	return named.has(mine[2]) && named.has(mine[3]);
}

function isBetween(value: number, seen: readonly number[]): boolean {
	if (seen.some((one) => Object.is(one, value))) return true;
	const low = Math.min(...seen);
	const high = Math.max(...seen);
	return value >= low - (high - low) && value <= high + (high - low);
}

function allNumbers(answer: Answer): number[] {
	const sorted = answer.series
		.map((series) => ({ key: labelsKey(series.labels), series }))
		.sort(byKey);
	return sorted.flatMap(({ series: { floats, histograms } }) => [
		...floats.map(({ value }) => value),
		...histograms.flatMap(({ value }) => histogramNumbers(value))
	]);
}

function histogramNumbers({
	zeroThreshold,
	zeroCount,
	count,
	sum,
	positive,
	negative
}: FloatHistogram): number[] {
	return [zeroThreshold, zeroCount, count, sum, ...positive.counts, ...negative.counts];
}
