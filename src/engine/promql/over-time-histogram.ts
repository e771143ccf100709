import { HistogramMean, HistogramSum, type FloatHistogram } from '#engine/model';
import { forEachKind, putHistogram } from './histogram-windows.ts';
import type { WindowFunction, WindowKernel, WindowedSeries } from './range-vector.ts';
import type { NotedHistogram } from './smoothed-histogram.ts';
import { notesOnCall, type WindowNote } from './window-notes.ts';

/** sum_over_time() of floats, made one of histograms as well. */
export function summing(ofFloats: WindowFunction): WindowFunction {
	return foldingHistograms(ofFloats, (first) => {
		const sum = new HistogramSum(first);
		return { inputs: sum, result: () => sum.total() };
	});
}

/** avg_over_time() of floats, made one of histograms as well. */
export function averaging(ofFloats: WindowFunction): WindowFunction {
	return foldingHistograms(ofFloats, (first) => {
		const mean = new HistogramMean(first);
		return { inputs: mean, result: () => mean.mean() };
	});
}

interface HistogramFold {
	readonly inputs: HistogramSum | HistogramMean;
	readonly result: () => FloatHistogram;
}

function foldingHistograms(
	ofFloats: WindowFunction,
	begin: (first: FloatHistogram) => HistogramFold
): WindowFunction {
	return (call, evaluation, shape) =>
		forEachKind(
			ofFloats(call, evaluation, shape),
			({ histograms = [] }, lo, hi) => foldRows(histograms, lo, hi, begin),
			notesOnCall(call, evaluation.scope.annotations)
		);
}

/** Of histograms that do not go together that is all there is to say. */
function foldRows(
	histograms: readonly (FloatHistogram | undefined)[],
	lo: number,
	hi: number,
	begin: (first: FloatHistogram) => HistogramFold
): NotedHistogram {
	const { inputs, result } = begin(histograms[lo] as FloatHistogram);
	for (let row = lo + 1; row < hi; row++) {
		if (!inputs.add(histograms[row] as FloatHistogram)) {
			return { histogram: undefined, notes: ['mixed schemas'] };
		}
	}
	const notes: WindowNote[] = [];
	if (inputs.counterResetCollision) notes.push('counter resets collide');
	if (inputs.boundsReconciled) notes.push('bounds reconciled in aggregation');
	return { histogram: result(), notes };
}

/** last_over_time() of floats, made one of histograms as well. */
export function lastHistograms(ofFloats: WindowFunction): WindowFunction {
	return pickingRow(ofFloats, ({ plan }, i) => (plan.hi[i] as number) - 1);
}

/** first_over_time() of floats, made one of histograms as well. */
export function firstHistograms(ofFloats: WindowFunction): WindowFunction {
	return pickingRow(ofFloats, ({ plan }, i) => plan.lo[i] as number);
}

function pickingRow(
	ofFloats: WindowFunction,
	rowOf: (series: WindowedSeries, i: number) => number
): WindowFunction {
	return (call, evaluation, shape) => {
		const kernel = ofFloats(call, evaluation, shape);
		const both: WindowKernel = (series, out) => {
			const found = kernel(series, out);
			const { histograms } = series;
			if (!histograms) return found;
			for (let i = 0; i < out.present.length; i++) {
				const histogram = out.present[i] ? histograms[rowOf(series, i)] : undefined;
				if (histogram) putHistogram(out, i, histogram);
			}
			return found;
		};
		return both;
	};
}
