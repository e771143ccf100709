import type { Labels } from '#engine/model';
import type { Aggregation } from './ast.ts';
import { chooseLabels, signature, type LabelChoice } from './matching.ts';

/** The groups of an aggregation, made as their first series comes. */
export interface Groups<Group> {
	of(labels: Labels): Group;
	all(): Iterable<Group>;
}

/** Groups series as `by` or `without` says. */
export function createGroups<Group>(
	expr: Aggregation,
	create: (labels: Labels) => Group
): Groups<Group> {
	const choice: LabelChoice = { names: expr.grouping, only: !expr.without };
	const groups = new Map<string, Group>();
	return {
		of(labels) {
			const key = signature(labels, choice);
			let group = groups.get(key);
			if (group === undefined) groups.set(key, (group = create(chooseLabels(labels, choice))));
			return group;
		},
		all: () => groups.values()
	};
}
