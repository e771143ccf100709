import {
	METRIC_NAME,
	labelsKey,
	labelValue,
	metricName,
	withoutLabels,
	type FloatHistogram,
	type Labels
} from '#engine/model';
import { isInstant, type Emit, type Evaluation, type VectorSeries } from './evaluation.ts';
import { sameLabelset } from './query-error.ts';

/** The labels that say what a metric is, and that go when a function makes something else of it (schema.IsMetadataLabel). */
export const METADATA_LABELS: readonly string[] = [METRIC_NAME, '__type__', '__unit__'];

/** The one of them that comes last where labels are sorted. */
const LAST_METADATA = '__unit__';

/** The labels without metric name, type and unit. */
export function withoutMetricName(labels: Labels): Labels {
	if (hasNoMetadata(labels)) return labels;
	return hasOnlyName(labels) ? labels.slice(2) : withoutLabels(labels, METADATA_LABELS);
}

/** Whether all labels come after those of metadata, as in nearly every series that has none; told without a search. */
function hasNoMetadata([first]: Labels): boolean {
	return first === undefined || first > LAST_METADATA;
}

/** Whether the metric name comes first and is all there is of metadata, as in nearly every series; told without a search. */
function hasOnlyName(labels: Labels): boolean {
	const [first, , second] = labels;
	return first === METRIC_NAME && (second === undefined || second > LAST_METADATA);
}

/**
 * Thrown when a series that was passed on already turns out to need joining with a later one that became equal to it.
 * The query then starts again, holding series back (`joinsEqualSeries`). It is rare: `-{__name__=~"a|b"}` in a range query,
 * with series that never overlap in time.
 */
export class EqualSeries extends Error {}

/**
 * Passes series on; what has to be said once there are no more, too. `removed` is what the labels of a series lost on the way to
 * it: as long as that is the same text for all, they are as distinct as they were. Without it they are compared.
 */
export interface SeriesSink {
	readonly push: (series: VectorSeries, removed?: string) => void;
	readonly close: () => void;
}

/**
 * A sink that passes series on without their metric names (or marks them, when the query removes names at the end).
 * Series that become equal by it are joined when they do not overlap in time.
 */
export function namelessSink(
	evaluation: Evaluation,
	emit: Emit,
	{ rename, removed }: NameRemoval = METADATA_REMOVAL,
	joining: Joining = join
): SeriesSink {
	if (evaluation.scope.features.delayedNameRemoval) {
		return { push: (series) => emit({ ...series, dropName: true }), close: () => {} };
	}
	const distinct = distinctSink(evaluation, emit, joining);
	return {
		push: (series) => distinct.pushRenamed(series, rename(series.labels), removed(series.labels)),
		close: distinct.close
	};
}

/** How a name is removed from labels, and what is removed, as one text. */
export interface NameRemoval {
	readonly rename: (labels: Labels) => Labels;
	readonly removed: (labels: Labels) => string;
}

/** What a series lost that has all its labels still. */
export const NOTHING_REMOVED = '';

/** Makes one series of two with equal labels, or throws. */
export type Joining = typeof join;

/** Removes metric name, type and unit. */
export const METADATA_REMOVAL: NameRemoval = { rename: withoutMetricName, removed: metadataText };

/** Removes the metric name and leaves type and unit, as histogram_count() and its like do (promql/functions.go, simpleHistogramFunc). */
export const NAME_REMOVAL: NameRemoval = {
	rename: (labels) => withoutLabels(labels, [METRIC_NAME]),
	removed: metricName
};

/**
 * A sink for the results of an operator or function that computes step by step, and whose labels may coincide (promql/engine.go,
 * rangeEval): like a joining one, except that an instant query which removes names at the end does not look.
 */
export function steppingSink(evaluation: Evaluation, emit: Emit): SeriesSink {
	const { scope, grid } = evaluation;
	if (!scope.features.delayedNameRemoval) return joiningSink(evaluation, emit);
	if (isInstant(grid)) return { push: (series) => emit(series), close: () => {} };
	const sink = joiningSink(evaluation, emit);
	// Where one has not looked, series may be equal already, and what they lost says nothing.
	return { push: (series) => sink.push(series), close: sink.close };
}

/** A sink for series whose labels may coincide: they are joined, or it is an error where two have a value at the same step. */
export function joiningSink(
	evaluation: Evaluation,
	emit: Emit,
	joining: Joining = join
): SeriesSink {
	const distinct = distinctSink(evaluation, emit, joining);
	return {
		push: (series, removed) => distinct.pushRenamed(series, series.labels, removed),
		close: distinct.close
	};
}

/** `metadataText` of labels without metadata. */
const NO_METADATA = METADATA_LABELS.map(() => '').join('\uffff');

/** What `withoutMetricName` takes away, as one text. U+FFFF is in no label, so different parts give different texts. */
export function metadataText(labels: Labels): string {
	if (hasNoMetadata(labels)) return NO_METADATA;
	if (hasOnlyName(labels)) return labels[1] as string;
	return METADATA_LABELS.map((name) => labelValue(labels, name)).join('\uffff');
}

interface DistinctSink {
	/** `removed`: what the labels lost. As long as it is the same text for all, they are as distinct as before. */
	pushRenamed(series: VectorSeries, labels: Labels, removed: string | undefined): void;
	close(): void;
}

function distinctSink(evaluation: Evaluation, emit: Emit, joining: Joining): DistinctSink {
	return evaluation.scope.joinsEqualSeries
		? holdingSink(emit, joining)
		: passingSink(evaluation, emit, joining);
}

function passingSink(evaluation: Evaluation, emit: Emit, joining: Joining): DistinctSink {
	const isHopeless = evaluation.grid.count === 1 && joining === join;
	const seen = createLabelsetCheck(() => {
		throw isHopeless ? sameLabelset() : new EqualSeries();
	});
	return {
		pushRenamed(series, labels, removed) {
			seen(labels, removed);
			const { values, present, histograms, dropName } = series;
			emit({ labels, values, present, histograms, dropName });
		},
		close() {}
	};
}

function holdingSink(emit: Emit, joining: Joining): DistinctSink {
	const held = new Map<string, VectorSeries>();
	return {
		pushRenamed(series, labels) {
			const key = labelsKey(labels);
			const earlier = held.get(key);
			held.set(key, earlier ? joining(earlier, series) : { ...series, labels });
		},
		close() {
			for (const series of held.values()) emit(series);
		}
	};
}

/** Adds the steps of one series to another, which it returns. Throws when both have a value at the same step. */
export function join(into: VectorSeries, from: VectorSeries): VectorSeries {
	// What comes first decides whether the name is to go.
	const { dropName } = firstStep(from) < firstStep(into) ? from : into;
	return { ...addSteps(into, from, (i) => into.present[i] !== 0), dropName };
}

/** A series that came of merging. */
interface MergedSeries extends VectorSeries {
	/** The steps where a float is behind the histogram. */
	readonly hiddenFloats?: Uint8Array;
}

/**
 * Joins as Prometheus does with whole series after their labels changed (promql/engine.go, mergeSeriesWithSameLabelset): it does not
 * notice that a float and a histogram are at the same step. Of those the histogram stays. Two floats, or two histograms, are an error.
 */
export function merge(into: MergedSeries, from: VectorSeries): MergedSeries {
	const hiddenFloats = into.hiddenFloats ?? new Uint8Array(into.present.length);
	const merged = addSteps(into, from, (i) => {
		if (into.present[i] === 0) return false;
		const isHistogram = into.histograms?.[i] !== undefined;
		if (from.histograms?.[i]) {
			if (!isHistogram) hiddenFloats[i] = 1;
			return isHistogram;
		}
		const hasFloat = !isHistogram || hiddenFloats[i] !== 0;
		hiddenFloats[i] = 1;
		return hasFloat;
	});
	return { ...merged, hiddenFloats };
}

function addSteps(
	into: VectorSeries,
	from: VectorSeries,
	isDouble: (step: number) => boolean
): VectorSeries {
	const { values, present } = into;
	const histograms = joinHistograms(into, from);
	for (let i = 0; i < present.length; i++) {
		if (from.present[i] === 0) continue;
		if (isDouble(i)) throw sameLabelset();
		present[i] = 1;
		values[i] = from.values[i] as number;
	}
	return { ...into, histograms };
}

function joinHistograms(
	into: VectorSeries,
	from: VectorSeries
): (FloatHistogram | undefined)[] | undefined {
	if (!into.histograms && !from.histograms) return undefined;
	return Array.from(into.present, (is, i) => {
		const own = is === 0 ? undefined : into.histograms?.[i];
		return from.present[i] === 0 ? own : (from.histograms?.[i] ?? own);
	});
}

/** The first step that is present; infinite if none is. */
function firstStep({ present }: VectorSeries): number {
	const first = present.indexOf(1);
	return first < 0 ? Infinity : first;
}

/**
 * Checks that label sets, each without a part that was removed from it, differ. While the removed part is the same for all,
 * there is nothing to compare; only when it varies is a set of the texts made.
 */
export function createLabelsetCheck(
	onEqual: () => void
): (labels: Labels, removed: string | undefined) => void {
	const earlier: Labels[] = [];
	let keys: Set<string> | undefined;
	let common: string | undefined;
	return (labels, removed) => {
		if (earlier.length === 0 && !keys) common = removed;
		if (!keys && (removed === undefined || removed !== common)) {
			keys = new Set(earlier.map(labelsKey));
		}
		if (!keys) {
			earlier.push(labels);
			return;
		}
		const key = labelsKey(labels);
		if (keys.has(key)) onEqual();
		keys.add(key);
	};
}
