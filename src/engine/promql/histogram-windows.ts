import type { FloatHistogram } from '#engine/model';
import type { WindowFunction, WindowKernel, WindowOutput, WindowedSeries } from './range-vector.ts';
import { floatRows, kindsOfWindows } from './row-kinds.ts';
import type { NotedHistogram } from './smoothed-histogram.ts';
import { notesOnCall, type SayNotes } from './window-notes.ts';

/**
 * What range vector functions do with native histograms. Series without any, which is nearly all, go straight to the kernel for
 * floats.
 */

/** Computes the histogram of one window that holds nothing else: the rows [lo, hi) of step i. */
export type HistogramWindow = (
	series: WindowedSeries,
	lo: number,
	hi: number,
	i: number
) => NotedHistogram;

/** A function that is one of floats and leaves histograms out, which it says where a window holds both. */
export function ignoringHistograms(fn: WindowFunction): WindowFunction {
	return (call, evaluation, shape) => {
		const kernel = fn(call, evaluation, shape);
		const say = notesOnCall(call, evaluation.scope.annotations);
		return (series, out) => {
			if (!series.histograms) return kernel(series, out);
			if (kindsOfWindows(series).includes('mixed')) say(['ignored histograms'], series.labels);
			return kernel(floatRows(series), out);
		};
	};
}

/** Makes a kernel of one for floats and one for histograms. A window that holds both has no result and is warned of. */
export function forEachKind(
	ofFloats: WindowKernel,
	ofHistograms: HistogramWindow,
	say: SayNotes
): WindowKernel {
	return (series, out) => {
		if (!series.histograms) return ofFloats(series, out);
		const kinds = kindsOfWindows(series);
		if (kinds.includes('mixed')) say(['mixed samples'], series.labels);
		const floats = floatRows(series, (i) => kinds[i] === 'floats');
		const found = ofFloats(floats, out);
		// A kernel that finds nothing leaves the columns as they were.
		if (found === 0) out.present.fill(0);
		const { lo, hi } = series.plan;
		let histograms = 0;
		kinds.forEach((kind, i) => {
			if (kind !== 'histograms') return;
			const { histogram, notes } = ofHistograms(series, lo[i] as number, hi[i] as number, i);
			say(notes, series.labels);
			if (!histogram) return;
			putHistogram(out, i, histogram);
			histograms++;
		});
		return found + histograms;
	};
}

/** Writes a histogram as the result of step i. */
export function putHistogram(out: WindowOutput, i: number, histogram: FloatHistogram): void {
	out.histograms ??= new Array<FloatHistogram | undefined>(out.present.length).fill(undefined);
	out.histograms[i] = histogram;
	out.present[i] = 1;
}
