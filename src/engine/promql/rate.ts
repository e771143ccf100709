import { rangeArgument } from './arguments.ts';
import { extendedHistogramWindow } from './extended-rate-histogram.ts';
import { extendedRateKernel } from './extended-rate.ts';
import { forEachKind } from './histogram-windows.ts';
import type { WindowFunction, WindowKernel } from './range-vector.ts';
import { histogramRateWindow } from './rate-histogram.ts';
import { floatRateKernel } from './rate-kernel.ts';
import { DELTA, INCREASE, RATE, type RateKind } from './rate-kind.ts';
import { startTimeRateKernel } from './start-time-rate.ts';
import { extensionOf } from './window-extension.ts';
import { notesOnCall } from './window-notes.ts';

/** rate(): per-second increase of a counter. */
export const rate: WindowFunction = rateFunction(RATE);

/** increase(): increase of a counter over the range. */
export const increase: WindowFunction = rateFunction(INCREASE);

/** delta(): difference of a gauge over the range. */
export const delta: WindowFunction = rateFunction(DELTA);

function rateFunction(kind: RateKind): WindowFunction {
	return (call, { scope }, shape) => {
		const say = notesOnCall(call, scope.annotations);
		const extension = extensionOf(rangeArgument(call));
		if (extension) {
			return forEachKind(
				extendedRateKernel(kind, extension, shape),
				extendedHistogramWindow(kind, extension, shape),
				say
			);
		}
		const ofFloats = floatRateKernel(kind, shape, scope.machine);
		const ofHistograms = histogramRateWindow(kind, shape);
		if (!kind.isCounter) return forEachKind(ofFloats, ofHistograms, say);
		const ofCounted = startTimeRateKernel(kind, shape, say);
		const kernel: WindowKernel = (series, out) =>
			series.startTimes ? ofCounted(series, out) : ofFloats(series, out);
		return forEachKind(kernel, ofHistograms, say);
	};
}
