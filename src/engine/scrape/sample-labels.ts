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
import { createRelabeler } from './relabel/relabel.ts';
import type { RelabelRule } from './relabel/rule.ts';

/** The label set under which an exposed series is stored; undefined drops it. */
export type SampleLabels = (exposed: ExposedSeries) => Labels | undefined;

const EXPORTED_PREFIX = 'exported_';

/**
 * Adds the target's labels to what was exposed, and relabels the result (scrape/scrape.go, mutateSampleLabels). A series whose labels
 * the rules all take away is dropped too. Throws on a rule that `checkRule` refuses.
 *
 * Where both have a label, the target's wins and the exposed one is kept as `exported_<name>`; with `honorLabels` the
 * exposed one wins, and an exposed label without a value takes the target's away.
 */
export function sampleLabels(
	target: Labels,
	honorLabels: boolean,
	metricRelabel: readonly RelabelRule[] = []
): SampleLabels {
	const join = honorLabels ? honoring(target) : overriding(target);
	if (metricRelabel.length === 0) return (exposed) => join(exposed).labels;
	const relabel = createRelabeler(metricRelabel);
	return (exposed) => {
		const { labels, added } = join(exposed);
		const relabeled = relabel(labels, added);
		return relabeled?.length === 0 ? undefined : relabeled;
	};
}

/** An exposed label set with the target's labels. */
interface Joined {
	readonly labels: Labels;
	/** The names of the labels that were not exposed, in the order in which Prometheus sets them. */
	readonly added: readonly string[];
}

function honoring(target: Labels): (exposed: ExposedSeries) => Joined {
	return ({ labels, emptyLabels = [] }) => {
		const rest = withoutLabels(target, emptyLabels);
		const added = namesOf(rest).filter((name) => labelValue(labels, name) === '');
		return { labels: mergeSorted(labels, rest), added };
	};
}

function overriding(target: Labels): (exposed: ExposedSeries) => Joined {
	const added = namesOf(target);
	return ({ labels }) =>
		hasCommonName(labels, target)
			? renamed(labels, target)
			: { labels: mergeSorted(labels, target), added };
}

function namesOf(set: Labels): string[] {
	return set.filter((_, i) => i % 2 === 0);
}

/** The label set of one of the series that a scrape reports about itself. */
export function reportLabels(target: Labels, name: string): Labels {
	return withLabel(target, METRIC_NAME, name);
}

/** All labels of both sets, in order; where both have one, the first's value. A first scrape does it for every line. */
function mergeSorted(first: Labels, second: Labels): Labels {
	const merged = new Array<string>(first.length + second.length);
	let length = 0;
	let i = 0;
	let k = 0;
	while (i < first.length || k < second.length) {
		const order = orderAt(first, i, second, k);
		const [from, at] = order <= 0 ? [first, i] : [second, k];
		merged[length++] = from[at] as string;
		merged[length++] = from[at + 1] as string;
		if (order <= 0) i += 2;
		if (order >= 0) k += 2;
	}
	merged.length = length;
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

function renamed(labels: Labels, target: Labels): Joined {
	const set = new Map([...labelPairs(labels), ...labelPairs(target)]);
	const conflicts = namesOf(target)
		.map((name) => [name, labelValue(labels, name)] as const)
		.filter(([, value]) => value !== '');
	// Short names first, as in resolveConflictingExposedLabels: who comes first gets the shorter new name.
	conflicts.sort(([a], [b]) => a.length - b.length);
	const added = namesOf(target);
	for (const [name, value] of conflicts) {
		const free = freeName(set, name);
		set.set(free, value);
		added.push(free);
	}
	return { labels: labelsFromPairs(set), added };
}

function freeName(set: ReadonlyMap<string, string>, name: string): string {
	let free = EXPORTED_PREFIX + name;
	while (set.has(free)) free = EXPORTED_PREFIX + free;
	return free;
}
