import { labelsKey, type Labels } from '#engine/model';
import { withoutParens } from '../arguments.ts';
import type { Aggregation } from '../ast.ts';
import { createGroups } from '../groups.ts';
import type { Capture } from './capture.ts';
import type { AggregationDetail, AggregationMember, Member } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { bounded } from './focus.ts';

interface Group {
	readonly labels: Labels;
	readonly members: AggregationMember[];
	readonly results: Member[];
}

/** Operators that let series through as they are. */
const CHOOSING: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

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
	const chooses = CHOOSING.has(expr.op);
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
		members: bounded(members, limits.members, focus),
		results: bounded(results, limits.members, focus)
	}));
	const param = expr.param && capture.scalars.get(withoutParens(expr.param));
	return {
		kind: 'aggregation',
		groups: bounded(all, limits.groups, focus),
		...(param === undefined ? {} : { param })
	};
}
