import { labelsKey } from '#engine/model';
import type { Answer, AnswerSeries } from './answer.ts';
import {
	byKey,
	compareAnnotations,
	compareShapes,
	filled,
	histogramText,
	numberText
} from './compare.ts';

/**
 * Whether the numbers of an answer lie between those that Prometheus gave to the same query.
 *
 * Its own answers vary where it walks a Go map: then the series of a binary operation come in random order, and what adds
 * them up (sum, avg, stddev …) rounds differently. Everything but numbers must be as in all of its answers; a number must be one
 * that it gave, or lie between two that it gave. Infinities and NaN are never between.
 */
export function isWithinVariation(ours: Answer, theirs: readonly Answer[]): boolean {
	if (theirs.length < 2 || ours.error !== undefined) return false;
	for (const one of theirs) {
		if (one.error !== undefined || compareShapes(ours, one) || compareAnnotations(ours, one))
			return false;
		if (fixedParts(ours) !== fixedParts(one)) return false;
	}
	const seen = theirs.map(allNumbers);
	return allNumbers(ours).every((value, i) =>
		isBetween(
			value,
			seen.map((numbers) => numbers[i] as number)
		)
	);
}

/** Whether an error names two series of a match group, and Prometheus has named each of them in the same error. */
export function isOtherPair(ours: Answer, theirs: readonly Answer[]): boolean {
	const mine = NAMED_PAIR.exec(ours.error ?? '');
	if (!mine) return false;
	const same = theirs
		.map(({ error }) => NAMED_PAIR.exec(error ?? ''))
		.filter((match) => match?.[1] === mine[1] && match?.[4] === mine[4]);
	const named = new Set(same.flatMap((match) => [match?.[2], match?.[3]]));
	return named.has(mine[2]) && named.has(mine[3]);
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

function isBetween(value: number, seen: readonly number[]): boolean {
	if (seen.some((one) => Object.is(one, value))) return true;
	const finite = seen.filter(Number.isFinite);
	return value >= Math.min(...finite) && value <= Math.max(...finite);
}

function sortedSeries({ series }: Answer): AnswerSeries[] {
	return series
		.map((one) => ({ key: labelsKey(one.labels), series: one }))
		.sort(byKey)
		.map(({ series }) => series);
}

/** What no order of additions can change: of histograms their layout and hints. */
function fixedParts(answer: Answer): string {
	const histograms = sortedSeries(answer).flatMap(({ histograms }) => histograms);
	return JSON.stringify(
		histograms.map(({ value }) => [
			[value.schema, value.zeroThreshold, value.counterReset, value.customValues],
			[filled(value.positive).indexes, filled(value.negative).indexes]
		])
	);
}

function allNumbers(answer: Answer): number[] {
	return sortedSeries(answer).flatMap(({ floats, histograms }) => [
		...floats.map(({ value }) => value),
		...histograms.flatMap(({ value: { zeroCount, count, sum, positive, negative } }) => [
			...[zeroCount, count, sum],
			...filled(positive).counts,
			...filled(negative).counts
		])
	]);
}
