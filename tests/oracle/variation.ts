import { labelsKey, type FloatHistogram } from '#engine/model';
import type { Answer } from './answer.ts';
import { byKey, compareAnnotations, compareShapes, histogramText, numberText } from './compare.ts';

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

/**
 * Whether an answer differs from those of Prometheus only in which of several equal elements was chosen, as topk and limitk do by the order
 * of what they are given, and that is random after a binary operation or count_values. At each step there have to be the same values as in
 * all of its answers, and every series with its value has to be in one of them.
 */
export function isChoiceAmongEquals(ours: Answer, theirs: readonly Answer[]): boolean {
	if (theirs.length < 2 || ours.error !== undefined) return false;
	const mine = elementsByTime(ours);
	const seen = theirs.map(elementsByTime);
	const times = new Set([mine, ...seen].flatMap((elements) => [...elements.keys()]));
	for (const time of times) {
		const chosen = mine.get(time) ?? [];
		const others = seen.map((elements) => elements.get(time) ?? []);
		const values = valuesText(chosen);
		if (others.some((elements) => valuesText(elements) !== values)) return false;
		const known = new Set(others.flat().map(({ key, value }) => `${key} ${value}`));
		if (chosen.some(({ key, value }) => !known.has(`${key} ${value}`))) return false;
	}
	return theirs.every((one) => !compareAnnotations(ours, one));
}

interface Element {
	readonly key: string;
	readonly value: string;
}

function elementsByTime({ series }: Answer): Map<number, Element[]> {
	const byTime = new Map<number, Element[]>();
	const add = (time: number, element: Element) => {
		const known = byTime.get(time);
		if (known) known.push(element);
		else byTime.set(time, [element]);
	};
	for (const { labels, floats, histograms } of series) {
		const key = labelsKey(labels);
		for (const { time, value } of floats) add(time, { key, value: numberText(value) });
		for (const { time, value } of histograms) add(time, { key, value: histogramText(value) });
	}
	return byTime;
}

function valuesText(elements: readonly Element[]): string {
	return elements
		.map(({ value }) => value)
		.sort()
		.join(' ');
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
