import type { ExposedSeries } from '#engine/exposition';
import {
	compareText,
	labelPairs,
	labelsFromPairs,
	labelValue,
	METRIC_NAME,
	withLabel,
	withoutLabels,
	type Labels
} from '#engine/model';

/**
 * The label set under which an exposed series is stored; undefined drops it.
 *
 * This is the place where metric relabelling joins in: after the target's labels, before limits and storage.
 */
export type SampleLabels = (exposed: ExposedSeries) => Labels | undefined;

const EXPORTED_PREFIX = 'exported_';

/**
 * Adds the target's labels to what was exposed (scrape/scrape.go, mutateSampleLabels).
 *
 * Where both have a label, the target's wins and the exposed one is kept as `exported_<name>`; with `honorLabels` the
 * exposed one wins, and an exposed label without a value takes the target's away.
 */
export function sampleLabels(target: Labels, honorLabels: boolean): SampleLabels {
	return ({ labels, emptyLabels = [] }) => {
		if (honorLabels) return mergeSorted(labels, withoutLabels(target, emptyLabels));
		return hasCommonName(labels, target) ? renamed(labels, target) : mergeSorted(labels, target);
	};
}

/** The label set of one of the series that a scrape reports about itself. */
export function reportLabels(target: Labels, name: string): Labels {
	return withLabel(target, METRIC_NAME, name);
}

/** All labels of both sets, in order; where both have one, the first's value. A first scrape does it for every line. */
function mergeSorted(first: Labels, second: Labels): Labels {
	const merged: string[] = [];
	let i = 0;
	let k = 0;
	while (i < first.length || k < second.length) {
		const order = orderAt(first, i, second, k);
		if (order <= 0) merged.push(first[i] as string, first[i + 1] as string);
		else merged.push(second[k] as string, second[k + 1] as string);
		if (order <= 0) i += 2;
		if (order >= 0) k += 2;
	}
	return merged;
}

/** Which of two names comes first; one that is not there comes last. */
function orderAt(first: Labels, i: number, second: Labels, k: number): number {
	if (i >= first.length) return 1;
	return k >= second.length ? -1 : compareText(first[i] as string, second[k] as string);
}

function hasCommonName(labels: Labels, target: Labels): boolean {
	for (let k = 0; k < target.length; k += 2) {
		if (labelValue(labels, target[k] as string) !== '') return true;
	}
	return false;
}

function renamed(labels: Labels, target: Labels): Labels {
	const set = new Map([...labelPairs(labels), ...labelPairs(target)]);
	const conflicts = [...labelPairs(labels)].filter(([name]) => labelValue(target, name) !== '');
	// Short names first, as in resolveConflictingExposedLabels: who comes first gets the shorter new name.
	conflicts.sort(([a], [b]) => a.length - b.length);
	for (const [name, value] of conflicts) set.set(freeName(set, name), value);
	return labelsFromPairs(set);
}

function freeName(set: ReadonlyMap<string, string>, name: string): string {
	let free = EXPORTED_PREFIX + name;
	while (set.has(free)) free = EXPORTED_PREFIX + free;
	return free;
}
