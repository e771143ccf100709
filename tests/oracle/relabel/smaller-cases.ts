import { labelPairs, labelsFromPairs } from '#engine/model';
import type { RelabelRule } from '#engine/scrape';
import type { RelabelCase } from './random-case.ts';

/** The case with one thing left out, in every way. */
export function smallerCases(one: RelabelCase): RelabelCase[] {
	const { rules, labels, added } = one;
	const pairs = [...labelPairs(labels)];
	return [
		...without(rules).map((fewer) => ({ ...one, rules: fewer })),
		...without(pairs).map((fewer) => withLabels(one, fewer)),
		...without(added).map((fewer) => ({ ...one, added: fewer })),
		...eachSmaller(rules, smallerRules).map((smaller) => ({ ...one, rules: smaller })),
		...eachSmaller(pairs, ([name, value]) =>
			shorter(value).map((text): [string, string] => [name, text])
		).map((smaller) => withLabels(one, smaller))
	];
}

function withLabels(one: RelabelCase, pairs: readonly (readonly [string, string])[]): RelabelCase {
	const labels = labelsFromPairs(pairs);
	return { ...one, labels, added: one.added.filter((name) => labels.includes(name)) };
}

function smallerRules(rule: RelabelRule): RelabelRule[] {
	const { regex, sourceLabels = [], targetLabel, replacement } = rule;
	return [
		...shorter(regex ?? '').map((text) => ({ ...rule, regex: text })),
		...without(sourceLabels).map((fewer) => ({ ...rule, sourceLabels: fewer })),
		...shorter(targetLabel).map((text) => ({ ...rule, targetLabel: text })),
		...shorter(replacement).map((text) => ({ ...rule, replacement: text }))
	];
}

function without<T>(all: readonly T[]): T[][] {
	return all.map((_, i) => all.toSpliced(i, 1));
}

function eachSmaller<T>(all: readonly T[], smaller: (one: T) => readonly T[]): T[][] {
	return all.flatMap((one, i) => smaller(one).map((other) => all.with(i, other)));
}

/** The text without one of its characters. */
function shorter(text: string): string[] {
	return without([...text]).map((characters) => characters.join(''));
}
