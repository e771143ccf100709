import {
	labelValue,
	labelsKey,
	metricName,
	parseFloatGo,
	withoutLabels,
	type FloatHistogram,
	type Labels
} from '#engine/model';
import { annotationText } from './annotations.ts';
import type { Call, Expr } from './ast.ts';
import type { Evaluation, VectorSeries } from './evaluation.ts';

/** What the functions of histograms are given: classic ones, put together from the series of their buckets, and native ones. */
export interface HistogramInput {
	readonly classic: readonly ClassicSeries[];
	readonly native: readonly NativeSeries[];
}

/** The series of one classic histogram: everything but `le` is the same. */
export interface ClassicSeries {
	readonly labels: Labels;
	/** Ascending by bound. */
	readonly buckets: BucketSeries[];
	/** Steps at which there is a native histogram of the same labels, so that neither is looked at. */
	conflicts?: Uint8Array;
}

/** One bucket of a classic histogram. */
export interface BucketSeries {
	readonly bound: number;
	readonly series: VectorSeries;
}

/** A series of native histograms: one at each present step. */
export interface NativeSeries {
	readonly labels: Labels;
	readonly values: Float64Array;
	readonly present: Uint8Array;
	readonly histograms: readonly (FloatHistogram | undefined)[];
}

/**
 * The histograms of a vector (promql/engine.go, resetHistograms). Floats without a usable `le` are left out, with a warning, and so
 * are histograms that are there in both forms.
 */
export function collectHistograms(
	expr: Expr,
	{ span }: Call,
	evaluation: Evaluation
): HistogramInput {
	const classic = new Map<string, ClassicSeries>();
	const native: NativeSeries[] = [];
	const { annotations, features } = evaluation.scope;
	const nameOf = (labels: Labels) => (features.delayedNameRemoval ? metricName(labels) : '');
	evaluation.vector(expr, (series) => {
		const { floats, histograms } = splitKinds(series);
		if (histograms) native.push(histograms);
		if (!floats) return;
		const le = labelValue(floats.labels, 'le');
		const bound = parseFloatGo(le);
		if (bound === undefined) {
			const text = annotationText.badBucketLabel(le, nameOf(floats.labels));
			annotations.add('warning', text, expr.span, span);
			if (floats === series) evaluation.buffers.giveBack(floats);
		} else {
			addBucket(classic, { bound, series: floats });
		}
	});
	for (const series of native) {
		if (!excludeConflict(series, classic.get(labelsKey(series.labels)))) continue;
		const text = annotationText.mixedClassicNative(nameOf(series.labels));
		annotations.add('warning', text, expr.span, span);
	}
	for (const { buckets } of classic.values()) buckets.sort(compareBounds);
	return { classic: [...classic.values()], native };
}

/** Whether the histogram has any bucket at a step, and no native twin. */
function hasBuckets({ buckets, conflicts }: ClassicSeries, step: number): boolean {
	if (conflicts?.[step]) return false;
	return buckets.some(({ series }) => series.present[step] !== 0);
}

/** The parts of a series: its floats, and its histograms. */
function splitKinds(series: VectorSeries): { floats?: VectorSeries; histograms?: NativeSeries } {
	const { labels, values, present, histograms, dropName } = series;
	if (!histograms) return { floats: series };
	const native = present.map((is, i) => (is !== 0 && histograms[i] ? 1 : 0));
	const floats = present.map((is, i) => (is !== 0 && !histograms[i] ? 1 : 0));
	return {
		floats: floats.indexOf(1) < 0 ? undefined : { labels, values, present: floats, dropName },
		histograms: native.indexOf(1) < 0 ? undefined : { labels, values, present: native, histograms }
	};
}

function addBucket(classic: Map<string, ClassicSeries>, bucket: BucketSeries): void {
	const labels = withoutLabels(bucket.series.labels, ['le']);
	const key = labelsKey(labels);
	const known = classic.get(key);
	if (known) known.buckets.push(bucket);
	else classic.set(key, { labels, buckets: [bucket] });
}

function compareBounds(a: BucketSeries, b: BucketSeries): number {
	return a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0;
}

/** Takes the steps at which a native histogram has a classic twin out of both; false if there is none. */
function excludeConflict({ present }: NativeSeries, twin: ClassicSeries | undefined): boolean {
	if (!twin) return false;
	const conflicts = present.map((is, i) => (is !== 0 && hasBuckets(twin, i) ? 1 : 0));
	if (conflicts.indexOf(1) < 0) return false;
	twin.conflicts = conflicts;
	for (let i = 0; i < present.length; i++) if (conflicts[i] !== 0) present[i] = 0;
	return true;
}
