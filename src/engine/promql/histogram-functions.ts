import {
	formatFloat,
	labelValue,
	metricName,
	parseFloatGo,
	withLabel,
	withoutLabels,
	type Labels
} from '#engine/model';
import { annotationText } from './annotations.ts';
import { argument, stringArgument } from './arguments.ts';
import type { Expr } from './ast.ts';
import type { VectorFunction } from './element.ts';
import { stepTime, type Evaluation, type VectorSeries } from './evaluation.ts';
import { namelessSink } from './names.ts';
import { bucketFraction, bucketQuantile, isQuantile, type OnForced } from './quantile.ts';

/** The series of one classic histogram: everything but `le` is the same. */
interface ClassicHistogram {
	readonly labels: Labels;
	readonly buckets: Bucket[];
	dropName: boolean;
}

interface Bucket {
	readonly bound: number;
	readonly series: VectorSeries;
}

/** histogram_quantile(φ, v) of classic histograms. */
export const histogramQuantile: VectorFunction = (call, evaluation, emit) => {
	const phiExpr = argument(call, 0);
	const vector = argument(call, 1);
	const phis = evaluation.scalar(phiExpr);
	warnOfQuantiles(phis, phiExpr, evaluation);
	const sink = namelessSink(evaluation, emit);
	for (const histogram of collectHistograms(vector, evaluation)) {
		sink.push(quantileSeries(histogram, phis, vector, evaluation));
	}
	sink.close();
};

/** histogram_quantiles(v, label, φ…): several quantiles at once, told apart by a label. */
export const histogramQuantiles: VectorFunction = (call, evaluation, emit) => {
	const vector = argument(call, 0);
	const label = stringArgument(call, 1);
	const histograms = collectHistograms(vector, evaluation);
	const sink = namelessSink(evaluation, emit);
	for (let arg = 2; arg < call.args.length; arg++) {
		const phiExpr = argument(call, arg);
		const phis = evaluation.scalar(phiExpr);
		warnOfQuantiles(phis, phiExpr, evaluation);
		for (const histogram of histograms) {
			const series = quantileSeries(histogram, phis, vector, evaluation);
			for (const part of splitByParameter(series, phis, label)) sink.push(part);
		}
	}
	sink.close();
};

/** The series once for each φ it was computed with, with that φ as a label. */
function splitByParameter(series: VectorSeries, phis: Float64Array, label: string): VectorSeries[] {
	const { labels, values, present, dropName } = series;
	return [...new Set(phis)].map((phi) => ({
		labels: withLabel(labels, label, formatQuantile(phi)),
		values: values.slice(),
		present: present.map((is, i) => (Object.is(phis[i], phi) ? is : 0)),
		dropName
	}));
}

/** As OpenMetrics writes floats: always with a point or an exponent. */
function formatQuantile(phi: number): string {
	const text = formatFloat(phi);
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** histogram_fraction(lower, upper, v) of classic histograms. */
export const histogramFraction: VectorFunction = (call, evaluation, emit) => {
	const lower = evaluation.scalar(argument(call, 0));
	const upper = evaluation.scalar(argument(call, 1));
	const sink = namelessSink(evaluation, emit);
	for (const histogram of collectHistograms(argument(call, 2), evaluation)) {
		sink.push(
			overSteps(histogram, evaluation, (bounds, counts, size, i) =>
				bucketFraction(lower[i] as number, upper[i] as number, bounds, counts, size)
			)
		);
	}
	sink.close();
};

function warnOfQuantiles(phis: Float64Array, expr: Expr, { scope }: Evaluation): void {
	const invalid = new Set(phis.filter((phi) => !isQuantile(phi)));
	for (const phi of invalid) {
		scope.annotations.add('warning', annotationText.invalidQuantile(phi), expr.span);
	}
}

function quantileSeries(
	histogram: ClassicHistogram,
	phis: Float64Array,
	vector: Expr,
	evaluation: Evaluation
): VectorSeries {
	const { scope, grid } = evaluation;
	const metric = scope.features.delayedNameRemoval ? metricName(histogram.labels) : '';
	let step = 0;
	const onForced: OnForced = (forced) =>
		scope.annotations.addForcedMonotonicity(
			{ ...forced, at: stepTime(grid, step) },
			metric,
			vector.span
		);
	return overSteps(histogram, evaluation, (bounds, counts, size, i) => {
		step = i;
		return bucketQuantile(phis[i] as number, bounds, counts, size, onForced);
	});
}

/** The histograms of a vector. Series without a usable `le` are left out, with a warning. */
function collectHistograms(expr: Expr, evaluation: Evaluation): ClassicHistogram[] {
	const histograms = new Map<string, ClassicHistogram>();
	const { annotations, features } = evaluation.scope;
	evaluation.vector(expr, (series) => {
		const le = labelValue(series.labels, 'le');
		const bound = parseFloatGo(le);
		if (bound === undefined) {
			const metric = features.delayedNameRemoval ? metricName(series.labels) : '';
			annotations.add('warning', annotationText.badBucketLabel(le, metric), expr.span);
			evaluation.buffers.giveBack(series);
			return;
		}
		const key = signatureWithoutBound(series.labels);
		const known = histograms.get(key);
		if (known) {
			known.buckets.push({ bound, series });
			known.dropName ||= series.dropName;
			return;
		}
		const labels = withoutLabels(series.labels, ['le']);
		histograms.set(key, { labels, buckets: [{ bound, series }], dropName: series.dropName });
	});
	for (const { buckets } of histograms.values()) buckets.sort(compareBounds);
	return [...histograms.values()];
}

function compareBounds(a: Bucket, b: Bucket): number {
	return a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0;
}

function signatureWithoutBound(labels: Labels): string {
	let text = '';
	for (let i = 0; i < labels.length; i += 2) {
		if (labels[i] !== 'le') text += `${labels[i] as string}\uffff${labels[i + 1] as string}\uffff`;
	}
	return text;
}

/** Computes a number for each step at which the histogram has any bucket, from the bounds and counts of those it has. */
function overSteps(
	{ labels, buckets, dropName }: ClassicHistogram,
	{ buffers, grid }: Evaluation,
	compute: (bounds: Float64Array, counts: Float64Array, size: number, step: number) => number
): VectorSeries {
	const { values, present } = buffers.take();
	const bounds = new Float64Array(buckets.length);
	const counts = new Float64Array(buckets.length);
	for (let i = 0; i < grid.count; i++) {
		let size = 0;
		for (let b = 0; b < buckets.length; b++) {
			const { bound, series } = buckets[b] as Bucket;
			if (series.present[i] === 0) continue;
			bounds[size] = bound;
			counts[size] = series.values[i] as number;
			size++;
		}
		present[i] = size > 0 ? 1 : 0;
		if (size > 0) values[i] = compute(bounds, counts, size, i);
	}
	return { labels, values, present, dropName };
}
