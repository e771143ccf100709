import {
	isBareLabelName,
	labelValue,
	labelsKey,
	quote,
	withoutLabels,
	type Labels
} from '#engine/model';
import type { LabelChoice } from '../matching.ts';
import type { Orphan } from './detail.ts';

type Side = 'left' | 'right';

/** How many candidates are compared, and how many are shown. */
const CANDIDATES = 500;
const SHOWN = 3;

/** A match group without a partner. */
export interface Lonely {
	/** The labels that were compared. */
	readonly labels: Labels;
	readonly side: Side;
	/** The compared labels of all groups on its own side and on the other. */
	readonly own: readonly Labels[];
	readonly others: readonly Labels[];
}

/** Why a match group has nobody on the other side. */
export function explainOrphan(lonely: Lonely, choice: LabelChoice): Orphan {
	const { labels, side, others } = lonely;
	const there = side === 'left' ? 'right' : 'left';
	if (others.length === 0) {
		return { reason: `The ${there} side has no series.`, nearest: [], differs: [] };
	}
	const candidates = others
		.slice(0, CANDIDATES)
		.map((other) => ({ other, differs: differingLabels(labels, other) }))
		.sort((a, b) => a.differs.length - b.differs.length);
	const nearest = candidates.slice(0, SHOWN).map(({ other }) => other);
	const differs = candidates[0]?.differs ?? [];
	return { reason: reasonFor(lonely, differs, there, choice), nearest, differs };
}

function differingLabels(a: Labels, b: Labels): string[] {
	const names = new Set([...namesOf(a), ...namesOf(b)]);
	return [...names].filter((name) => labelValue(a, name) !== labelValue(b, name));
}

function namesOf(labels: Labels): string[] {
	return labels.filter((_, i) => i % 2 === 0);
}

function reasonFor(
	{ labels, own, others, side: here }: Lonely,
	differs: readonly string[],
	there: Side,
	choice: LabelChoice
): string {
	const missing = differs.filter(
		(name) => labelValue(labels, name) !== '' && others.every((other) => !labelValue(other, name))
	);
	if (missing.length > 0) {
		return unknownLabels(missing, here, there, choice, modifierFor(missing, own, here));
	}
	const extra = differs.filter((name) => labelValue(labels, name) === '');
	if (extra.length === differs.length) {
		return unknownLabels(extra, there, here, choice, modifierFor(extra, others, there));
	}
	const wanted = differs.map((name) => `${written(name)}=${quote(labelValue(labels, name))}`);
	const found = differs.map(
		(name) => `${written(name)}=${quote(labelValue(others[0] ?? [], name))}`
	);
	if (others.length === 1) {
		return `The ${there} side has no series with ${wanted.join(', ')}; it has ${found.join(', ')}.`;
	}
	const [first] = differs;
	const values = new Set(others.map((other) => labelValue(other, first ?? '')));
	if (differs.length > 1 || first === undefined || values.has(labelValue(labels, first))) {
		return `The ${there} side has no series with ${wanted.join(', ')} together.`;
	}
	const some = [...values].slice(0, SHOWN).map(quote).join(', ');
	const more = values.size > SHOWN ? ` and ${values.size - SHOWN} others` : '';
	return `The ${there} side has no series with ${wanted[0]}; there ${written(first)} is ${some}${more}.`;
}

/** What lets several series of one side meet the same one of the other, if without these labels they would. */
function modifierFor(ignored: readonly string[], side: readonly Labels[], has: Side): string {
	const rest = new Set(side.map((labels) => labelsKey(withoutLabels(labels, ignored))));
	return rest.size < side.length ? `group_${has}` : '';
}

function unknownLabels(
	names: readonly string[],
	has: Side,
	lacks: Side,
	{ only }: LabelChoice,
	modifier: string
): string {
	const list = names.map(written).join(', ');
	const several = names.length > 1;
	const advice = only
		? `Leave ${several ? 'them' : 'it'} out of on(…)`
		: `Add ${list} to ignoring(…), or name the labels to compare with on(…)`;
	const how = modifier
		? `; ${modifier} then lets several series of the ${has} side meet one of the ${lacks}`
		: '';
	return `The ${has} side has the ${several ? 'labels' : 'label'} ${list}, the ${lacks} side has not. ${advice}${how}.`;
}

function written(name: string): string {
	return isBareLabelName(name) ? name : quote(name);
}
