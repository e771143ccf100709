import {
	METRIC_NAME,
	labelsKey,
	labelValue,
	metricName,
	withoutLabels,
	type Labels
} from '#engine/model';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { sameLabelset } from './query-error.ts';

/** The labels that say what a metric is, and that go when a function makes something else of it (schema.IsMetadataLabel). */
const METADATA_LABELS: readonly string[] = [METRIC_NAME, '__type__', '__unit__'];

/** The labels without metric name, type and unit. */
export function withoutMetricName(labels: Labels): Labels {
	return withoutLabels(labels, METADATA_LABELS);
}

/**
 * Thrown when a series that was passed on already turns out to need joining with a later one that became equal to it.
 * The query then starts again, holding series back (`joinsEqualSeries`). It is rare: `-{__name__=~"a|b"}` in a range query,
 * with series that never overlap in time.
 */
export class EqualSeries extends Error {}

/** Passes series on; what has to be said once there are no more, too. */
export interface SeriesSink {
	readonly push: Emit;
	readonly close: () => void;
}

/**
 * A sink that passes series on without their metric names (or marks them, when the query removes names at the end).
 * Series that become equal by it are joined when they do not overlap in time.
 */
export function namelessSink(evaluation: Evaluation, emit: Emit): SeriesSink {
	if (evaluation.scope.features.delayedNameRemoval) {
		return { push: (series) => emit({ ...series, dropName: true }), close: () => {} };
	}
	const distinct = distinctSink(evaluation, emit);
	return {
		push: (series) =>
			distinct.pushRenamed(series, withoutMetricName(series.labels), metadataText(series.labels)),
		close: distinct.close
	};
}

/** A sink for series whose labels may coincide: they are joined, or it is an error where two have a value at the same step. */
export function joiningSink(evaluation: Evaluation, emit: Emit): SeriesSink {
	const distinct = distinctSink(evaluation, emit);
	return {
		push: (series) => distinct.pushRenamed(series, series.labels, undefined),
		close: distinct.close
	};
}

/** What `withoutMetricName` takes away, as one text. */
export function metadataText(labels: Labels): string {
	return `${metricName(labels)}\n${labelValue(labels, '__type__')}\n${labelValue(labels, '__unit__')}`;
}

interface DistinctSink {
	/** `removed`: what the labels lost. As long as it is the same text for all, they are as distinct as before. */
	pushRenamed(series: VectorSeries, labels: Labels, removed: string | undefined): void;
	close(): void;
}

function distinctSink(evaluation: Evaluation, emit: Emit): DistinctSink {
	return evaluation.scope.joinsEqualSeries ? holdingSink(emit) : passingSink(evaluation, emit);
}

function passingSink(evaluation: Evaluation, emit: Emit): DistinctSink {
	const seen = createLabelsetCheck(() => {
		throw evaluation.grid.count === 1 ? sameLabelset() : new EqualSeries();
	});
	return {
		pushRenamed(series, labels, removed) {
			seen(labels, removed);
			emit({
				labels,
				values: series.values,
				present: series.present,
				dropName: series.dropName
			});
		},
		close() {}
	};
}

function holdingSink(emit: Emit): DistinctSink {
	const held = new Map<string, VectorSeries>();
	return {
		pushRenamed(series, labels) {
			const key = labelsKey(labels);
			const earlier = held.get(key);
			if (earlier) join(earlier, series);
			else held.set(key, { ...series, labels });
		},
		close() {
			for (const series of held.values()) emit(series);
		}
	};
}

/** Adds the steps of one series to another. Throws when both have a value at the same step. */
export function join(into: VectorSeries, from: VectorSeries): void {
	for (let i = 0; i < into.present.length; i++) {
		if (from.present[i] === 0) continue;
		if (into.present[i] !== 0) throw sameLabelset();
		into.present[i] = 1;
		into.values[i] = from.values[i] as number;
	}
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
