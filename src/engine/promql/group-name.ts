import type { VectorSeries } from './evaluation.ts';

/** Whether the name of an aggregated group is to go at the end of the query. */
export interface GroupName {
	/** The last step at which the group has had a sample so far. */
	last: number;
	dropName: boolean;
}

/** Of no series yet. */
export function createGroupName(): GroupName {
	return { last: -1, dropName: false };
}

/**
 * Takes a series of the group into account: its name is to go if that of any of its series is that has a sample at the last
 * step at which the group has one (promql/engine.go, aggregation, which overwrites it with each step).
 */
export function noteName(name: GroupName, { present, dropName }: VectorSeries): void {
	const last = present.lastIndexOf(1);
	if (last < name.last || last < 0) return;
	name.dropName = dropName || (last === name.last && name.dropName);
	name.last = last;
}
