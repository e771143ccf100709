import { labelsKey, NO_LABELS, type Labels } from '#engine/model';
import { AGGREGATORS } from '../aggregators.ts';
import { withoutParens } from '../arguments.ts';
import type { Aggregation } from '../ast.ts';
import { createGroups } from '../groups.ts';
import { METADATA_LABELS } from '../names.ts';
import { inBucketOrder } from './bucket-order.ts';
import type { Capture } from './capture.ts';
import type { AggregationDetail, AggregationMember, Member } from './detail.ts';
import { isAlike, nearestTexts } from './edit-distance.ts';
import type { ExplainLimits } from './explanation.ts';
import { bounded } from './focus.ts';

interface Group {
	readonly labels: Labels;
	readonly members: AggregationMember[];
	readonly results: Member[];
}

/** Explains an aggregation by its groups at the focus. */
export function aggregationDetail(
	expr: Aggregation,
	capture: Capture,
	focus: Labels,
	limits: ExplainLimits
): AggregationDetail | undefined {
	const incoming = capture.vectors.get(withoutParens(expr.expr));
	const results = capture.vectors.get(expr)?.series ?? [];
	if (!incoming) return undefined;
	const chooses = AGGREGATORS[expr.op].choosesBy !== undefined;
	const chosen = new Set(chooses ? results.map(({ labels }) => labelsKey(labels)) : []);
	const groups = createGroups<Group>(expr, (labels) => ({ labels, members: [], results: [] }));
	for (const member of incoming.series) {
		const group = groups.of(member.labels);
		const isChosen = chooses && chosen.has(labelsKey(member.labels));
		group.members.push(chooses ? { ...member, chosen: isChosen } : member);
	}
	for (const result of results) groups.of(result.labels).results.push(result);
	const all = [...groups.all()].map(({ labels, members, results }) => ({
		labels,
		members: chooses
			? bounded(inRankOrder(members, results, expr.op), limits.members, NO_LABELS)
			: bounded(inBucketOrder(members), limits.members, focus),
		results: bounded(results, limits.members, focus)
	}));
	const param = expr.param && capture.scalars.get(withoutParens(expr.param));
	return {
		kind: 'aggregation',
		groups: bounded(inBucketOrder(all), limits.groups, focus),
		...(param === undefined ? {} : { param }),
		...unknownLabels(expr, incoming.series)
	};
}

/** What was chosen first, as the result has it; then the others, those first that came nearest to being chosen. */
function inRankOrder(
	members: readonly AggregationMember[],
	chosen: readonly Member[],
	op: Aggregation['op']
): readonly AggregationMember[] {
	const places = new Map(chosen.map(({ labels }, place) => [labelsKey(labels), place]));
	const placeOf = ({ labels }: Member) => places.get(labelsKey(labels)) ?? places.size;
	const sign = op === 'bottomk' ? -1 : op === 'topk' ? 1 : 0;
	const rank = ({ value }: Member) => (Number.isNaN(value) ? -Infinity : sign * value);
	return members.toSorted((a, b) => placeOf(a) - placeOf(b) || compareRanks(rank(b), rank(a)));
}

function compareRanks(a: number, b: number): number {
	return a === b ? 0 : a - b;
}

/** Labels to group by that no series has, most likely mistyped. Native histograms have their buckets inside, and no `le`. */
function unknownLabels(
	{ grouping }: Aggregation,
	members: readonly Member[]
): Pick<AggregationDetail, 'unknownLabels'> {
	if (grouping.length === 0 || members.length === 0) return {};
	const known = new Set(members.flatMap(({ labels }) => labels.filter((_, i) => i % 2 === 0)));
	const hasNative = members.some(({ histogram }) => histogram);
	const unknown = grouping.filter(
		(label) =>
			!known.has(label) && !METADATA_LABELS.includes(label) && !(hasNative && label === 'le')
	);
	if (unknown.length === 0) return {};
	const names = [...known].filter((name) => !METADATA_LABELS.includes(name));
	return {
		unknownLabels: unknown.map((label) => ({
			label,
			nearest: nearestTexts(label, names, 3).filter((name) => isAlike(label, name))
		}))
	};
}
