import { formatG, metricName, withLabel, type Labels } from '#engine/model';
import { annotationText } from './annotations.ts';
import { argument, stringArgument } from './arguments.ts';
import type { Call, Expr } from './ast.ts';
import type { VectorFunction } from './element.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { createForcedTally, type ForcedTally } from './forced-monotonicity.ts';
import {
	collectHistograms,
	type BucketSeries,
	type ClassicSeries,
	type HistogramInput,
	type NativeSeries
} from './histogram-input.ts';
import { namelessSink, steppingSink, withoutMetricName } from './names.ts';
import { nativeFraction } from './native-fraction.ts';
import { nativeQuantile, type NaNEffect } from './native-quantile.ts';
import { bucketFraction, bucketQuantile, isQuantile, type OnForced } from './quantile.ts';
import type { StepBuffer } from './step-buffers.ts';

/** histogram_quantile(φ, v). */
export const histogramQuantile: VectorFunction = (call, evaluation, emit) => {
	const phi = quantileParameter(call, 0, evaluation);
	const input = collectHistograms(argument(call, 1), call, evaluation);
	const sink = namelessSink(evaluation, emit);
	emitQuantiles(input, [phi], argument(call, 1), call, evaluation, (series) => sink.push(series));
	sink.close();
};

/** histogram_quantiles(v, label, φ…): several quantiles at once, told apart by a label. */
export const histogramQuantiles: VectorFunction = (call, evaluation, emit) => {
	const input = collectHistograms(argument(call, 0), call, evaluation);
	const label = stringArgument(call, 1);
	const phis = call.args.slice(2).map((_, i) => quantileParameter(call, i + 2, evaluation));
	const delayed = evaluation.scope.features.delayedNameRemoval ?? false;
	// The label may have told histograms apart before it became that of the quantile, so series may turn out equal.
	const sink = steppingSink(evaluation, emit);
	emitQuantiles(input, phis, argument(call, 0), call, evaluation, (series, phi) => {
		for (const part of splitByParameter(series, phi, label)) {
			const labels = delayed ? part.labels : withoutMetricName(part.labels);
			sink.push({ ...part, labels, dropName: delayed });
		}
	});
	sink.close();
};

/** histogram_fraction(lower, upper, v). */
export const histogramFraction: VectorFunction = (call, evaluation, emit) => {
	const lower = evaluation.scalar(argument(call, 0));
	const upper = evaluation.scalar(argument(call, 1));
	const { classic, native } = collectHistograms(argument(call, 2), call, evaluation);
	const sink = namelessSink(evaluation, emit);
	for (const series of native) {
		const onNaN = () => {
			const text = annotationText.fractionExcludesNaN(nameInTexts(series.labels, evaluation));
			sayOfFirst(call, text, evaluation);
		};
		emitNative(series, sink.push, (i) => {
			const histogram = series.histograms[i];
			return histogram
				? nativeFraction(lower[i] as number, upper[i] as number, histogram, onNaN)
				: NaN;
		});
	}
	for (const histogram of classic) {
		emitClassic(histogram, 1, evaluation, sink.push, (bounds, counts, size, i) =>
			bucketFraction(lower[i] as number, upper[i] as number, bounds, counts, size)
		);
	}
	sink.close();
};

/** The φ in argument i, with a warning of each value that is no quantile. */
function quantileParameter(call: Call, i: number, evaluation: Evaluation): Float64Array {
	const expr = argument(call, i);
	const phis = evaluation.scalar(expr);
	for (const phi of new Set(phis.filter((value) => !isQuantile(value)))) {
		const text = annotationText.invalidQuantile(phi);
		evaluation.scope.annotations.add('warning', text, expr.span, call.span);
	}
	return phis;
}

/** Emits a series of quantiles for each φ and histogram: in the order of the φs, native histograms before classic ones. */
function emitQuantiles(
	{ classic, native }: HistogramInput,
	phis: readonly Float64Array[],
	vector: Expr,
	call: Call,
	evaluation: Evaluation,
	emit: (series: VectorSeries, phi: Float64Array) => void
): void {
	const tally = createForcedTally(evaluation.grid);
	const ofClassic = classic.map((histogram) =>
		classicQuantiles(histogram, phis, tally, evaluation)
	);
	phis.forEach((phi, at) => {
		for (const series of native) {
			const onNaN = (effect: NaNEffect) => sayOfNaN(effect, series, call, evaluation);
			emitNative(
				series,
				(result) => emit(result, phi),
				(i) => {
					const histogram = series.histograms[i];
					return histogram ? nativeQuantile(phi[i] as number, histogram, onNaN) : NaN;
				}
			);
		}
		for (const series of ofClassic) {
			const ofPhi = series[at];
			if (ofPhi) emit(ofPhi, phi);
		}
	});
	tally.addTo(evaluation.scope.annotations, vector.span, call.span);
}

function sayOfNaN(
	effect: NaNEffect,
	{ labels }: NativeSeries,
	call: Call,
	evaluation: Evaluation
): void {
	const metric = nameInTexts(labels, evaluation);
	const { quantileIsNaN, quantileIsSkewed } = annotationText;
	const text = effect === 'result' ? quantileIsNaN(metric) : quantileIsSkewed(metric);
	sayOfFirst(call, text, evaluation);
}

/** What is said of NaN observations Prometheus says of the first argument, whichever that is. */
function sayOfFirst(call: Call, text: string, { scope }: Evaluation): void {
	scope.annotations.add('info', text, argument(call, 0).span, call.span);
}

/** Only where names are removed at the end they are still there to be named. */
function nameInTexts(labels: Labels, { scope }: Evaluation): string {
	return scope.features.delayedNameRemoval ? metricName(labels) : '';
}

function emitNative(
	{ labels, present }: NativeSeries,
	emit: Emit,
	compute: (step: number) => number
): void {
	if (present.indexOf(1) < 0) return;
	const values = new Float64Array(present.length);
	for (let i = 0; i < values.length; i++) if (present[i] !== 0) values[i] = compute(i);
	emit({ labels, values, present: present.slice(), dropName: false });
}

/** The quantiles of a classic histogram, a series for each φ; none if there is no step to compute. */
function classicQuantiles(
	histogram: ClassicSeries,
	phis: readonly Float64Array[],
	tally: ForcedTally,
	evaluation: Evaluation
): VectorSeries[] {
	const metric = nameInTexts(histogram.labels, evaluation);
	const series: VectorSeries[] = [];
	let current = 0;
	const onForced: OnForced = (forced) => tally.note(metric, current, forced);
	emitClassic(
		histogram,
		phis.length,
		evaluation,
		(result) => series.push(result),
		(bounds, counts, size, step, at) => {
			current = step;
			return bucketQuantile(phis[at]?.[step] as number, bounds, counts, size, onForced);
		}
	);
	return series;
}

/**
 * Computes `results` numbers, each a series of its own, for each step at which the histogram has any bucket, from the bounds and
 * cumulative counts of those it has. What the computation of one result makes of them is what the next one is given, as in
 * Prometheus.
 */
function emitClassic(
	histogram: ClassicSeries,
	results: number,
	{ buffers, grid }: Evaluation,
	emit: Emit,
	compute: (
		bounds: Float64Array,
		counts: Float64Array,
		size: number,
		step: number,
		result: number
	) => number
): void {
	const { labels, buckets, conflicts } = histogram;
	const outputs = Array.from({ length: results }, () => buffers.take());
	const bounds = new Float64Array(buckets.length);
	const counts = new Float64Array(buckets.length);
	for (let i = 0; i < grid.count; i++) {
		const size = conflicts?.[i] ? 0 : gatherBuckets(buckets, i, bounds, counts);
		for (let result = 0; result < results; result++) {
			const { values, present } = outputs[result] as StepBuffer;
			present[i] = size > 0 ? 1 : 0;
			if (size === 0) continue;
			if (result > 0) sortBuckets(bounds, counts, size);
			values[i] = compute(bounds, counts, size, i, result);
		}
	}
	for (const { values, present } of outputs) {
		if (present.indexOf(1) >= 0) emit({ labels, values, present, dropName: false });
	}
}

/** Copies the buckets that are there at a step; returns how many. */
function gatherBuckets(
	buckets: ClassicSeries['buckets'],
	step: number,
	bounds: Float64Array,
	counts: Float64Array
): number {
	let size = 0;
	for (let b = 0; b < buckets.length; b++) {
		const { bound, series } = buckets[b] as BucketSeries;
		if (series.present[step] === 0) continue;
		bounds[size] = bound;
		counts[size] = series.values[step] as number;
		size++;
	}
	return size;
}

/** Sorts by bound, by insertion: what was merged before has left few out of place. */
function sortBuckets(bounds: Float64Array, counts: Float64Array, size: number): void {
	for (let i = 1; i < size; i++) {
		const bound = bounds[i] as number;
		const count = counts[i] as number;
		let at = i;
		for (; at > 0 && (bounds[at - 1] as number) > bound; at--) {
			bounds[at] = bounds[at - 1] as number;
			counts[at] = counts[at - 1] as number;
		}
		bounds[at] = bound;
		counts[at] = count;
	}
}

/** The series once for each φ it was computed with, with that φ as a label. */
function splitByParameter(series: VectorSeries, phis: Float64Array, label: string): VectorSeries[] {
	const { labels, values, present, dropName } = series;
	return [...new Set(phis)]
		.map((phi) => ({
			labels: withLabel(labels, label, formatQuantile(phi)),
			values: values.slice(),
			present: present.map((is, i) =>
				phis[i] === phi || (phi !== phi && phis[i] !== phis[i]) ? is : 0
			),
			dropName
		}))
		.filter((part) => part.present.indexOf(1) >= 0);
}

/** As OpenMetrics writes floats: always with a point or an exponent. */
function formatQuantile(phi: number): string {
	const text = formatG(phi === 0 ? 0 : phi);
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
