import type { Labels } from '#engine/model';
import { withoutParens } from '../arguments.ts';
import type { BinaryExpr, VectorMatching } from '../ast.ts';
import { chooseLabels, signature, type LabelChoice } from '../matching.ts';
import { METADATA_LABELS } from '../names.ts';
import { inBucketOrder } from './bucket-order.ts';
import type { Capture } from './capture.ts';
import type { MatchDetail, MatchFate, MatchGroup, Member, Orphan } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { bounded, fitsFocus } from './focus.ts';
import { explainOrphan } from './orphan.ts';

interface Group {
	readonly labels: Labels;
	readonly left: Member[];
	readonly right: Member[];
	readonly results: Member[];
}

interface JudgedGroup extends Group {
	readonly fate: MatchFate;
}

const DEFAULT_MATCHING: VectorMatching = {
	cardinality: 'one-to-one',
	on: false,
	labels: [],
	include: []
};

/** Explains how the series of two vectors find each other at the focus; also for `and`, `or` and `unless`. */
export function matchDetail(
	expr: BinaryExpr,
	capture: Capture,
	focus: Labels,
	limits: ExplainLimits
): MatchDetail | undefined {
	const left = capture.vectors.get(withoutParens(expr.lhs));
	const right = capture.vectors.get(withoutParens(expr.rhs));
	if (!left || !right) return undefined;
	const matching = expr.matching ?? DEFAULT_MATCHING;
	const choice: LabelChoice = { names: matching.labels, only: matching.on };
	const results = capture.vectors.get(expr)?.series ?? [];
	const groups = groupBySignature(choice, left.series, right.series, results).map((group) => ({
		...group,
		fate: fateOf(expr, matching, group)
	}));
	return {
		kind: 'match',
		op: expr.op,
		groups: {
			items: inBucketOrder(chooseGroups(groups, limits.groups, focus)).map((group) =>
				presentGroup(group, groups, choice, focus, limits)
			),
			total: groups.length
		},
		fates: countFates(groups)
	};
}

function groupBySignature(
	choice: LabelChoice,
	left: readonly Member[],
	right: readonly Member[],
	results: readonly Member[]
): Group[] {
	const groups = new Map<string, Group>();
	const groupOf = (labels: Labels): Group => {
		const key = signature(labels, choice);
		let group = groups.get(key);
		if (!group) {
			group = { labels: chooseLabels(labels, choice), left: [], right: [], results: [] };
			groups.set(key, group);
		}
		return group;
	};
	for (const member of left) groupOf(member.labels).left.push(member);
	for (const member of right) groupOf(member.labels).right.push(member);
	const made = [...groups.values()];
	const whichMade = groupsOfResults(choice, made);
	for (const member of results) whichMade(member.labels)?.results.push(member);
	return made;
}

/**
 * Tells which group made a result. Metric name, type and unit may have been matched on, but results have lost them, so groups are
 * found by the other labels; of several the first with both sides made it.
 */
function groupsOfResults(
	{ names, only }: LabelChoice,
	groups: readonly Group[]
): (labels: Labels) => Group | undefined {
	const lasting: LabelChoice = {
		names: only
			? names.filter((name) => !METADATA_LABELS.includes(name))
			: [...names, ...METADATA_LABELS],
		only
	};
	const byLasting = new Map<string, Group>();
	for (const group of groups) {
		const key = signature(group.labels, lasting);
		const known = byLasting.get(key);
		if (!known || (!hasBothSides(known) && hasBothSides(group))) byLasting.set(key, group);
	}
	return (labels) => byLasting.get(signature(labels, lasting));
}

function hasBothSides({ left, right }: Group): boolean {
	return left.length > 0 && right.length > 0;
}

function fateOf({ op }: BinaryExpr, matching: VectorMatching, group: Group): MatchFate {
	const [left, right] = [group.left.length, group.right.length];
	if (op === 'or') return 'kept';
	if (op === 'and' || op === 'unless') {
		if (left === 0) return 'right only';
		return right > 0 === (op === 'and') ? 'kept' : 'dropped';
	}
	if (group.results.length > 0) return 'matched';
	if (right === 0) return 'left only';
	if (left === 0) return 'right only';
	if (isAmbiguous(matching, left, right)) return 'ambiguous';
	return 'filtered';
}

/** More than one series where only one may be. */
function isAmbiguous({ cardinality }: VectorMatching, left: number, right: number): boolean {
	if (cardinality === 'many-to-one') return right > 1;
	return cardinality === 'one-to-many' ? left > 1 : left > 1 || right > 1;
}

/** The groups to show: first those of the focus, then those without a result up to half of the room, then the others. */
function chooseGroups(groups: readonly JudgedGroup[], limit: number, focus: Labels): JudgedGroup[] {
	if (groups.length <= limit) return [...groups];
	const fitting = groups.filter(({ labels }) => fitsFocus(labels, focus)).slice(0, limit / 2);
	const rest = groups.filter((group) => !fitting.includes(group));
	const failed = rest.filter(({ fate }) => fate !== 'matched' && fate !== 'kept');
	const room = Math.ceil((limit - fitting.length) / 2);
	const chosen = [...fitting, ...failed.slice(0, room)];
	const others = rest.filter((group) => !chosen.includes(group));
	return [...chosen, ...others].slice(0, limit);
}

function presentGroup(
	group: JudgedGroup,
	all: readonly JudgedGroup[],
	choice: LabelChoice,
	focus: Labels,
	limits: ExplainLimits
): MatchGroup {
	const { labels, left, right, results, fate } = group;
	const isOrphan = results.length === 0 && (left.length === 0 || right.length === 0);
	return {
		labels,
		left: bounded(left, limits.members, focus),
		right: bounded(right, limits.members, focus),
		results: bounded(results, limits.members, focus),
		fate,
		...(isOrphan ? { orphan: orphanOf(group, all, choice) } : {})
	};
}

function orphanOf({ labels, left }: Group, all: readonly Group[], choice: LabelChoice): Orphan {
	const onLeft = all.filter((group) => group.left.length > 0).map((group) => group.labels);
	const onRight = all.filter((group) => group.right.length > 0).map((group) => group.labels);
	return explainOrphan(
		left.length > 0
			? { labels, side: 'left', own: onLeft, others: onRight }
			: { labels, side: 'right', own: onRight, others: onLeft },
		choice
	);
}

function countFates(groups: readonly JudgedGroup[]): Record<MatchFate, number> {
	const fates: Record<MatchFate, number> = {
		matched: 0,
		filtered: 0,
		'left only': 0,
		'right only': 0,
		kept: 0,
		dropped: 0,
		ambiguous: 0
	};
	for (const { fate } of groups) fates[fate]++;
	return fates;
}
