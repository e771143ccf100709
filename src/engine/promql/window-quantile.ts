import { annotationText } from './annotations.ts';
import { argument } from './arguments.ts';
import { isQuantile, quantileOfSorted, sortNaNFirst } from './quantile.ts';
import type { WindowFunction } from './range-vector.ts';
import { SortedWindow } from './sorted-window.ts';
import type { WindowPlan } from './window.ts';
import { hasBothZeros, quantileInGoOrder } from './zero-order.ts';

/** quantile_over_time(φ, m): the φ-quantile of the samples in each window. */
export const quantileOverTime: WindowFunction = (call, evaluation) => {
	const phiExpr = argument(call, 0);
	const phis = evaluation.scalar(phiExpr);
	const isValid = phis.every(isQuantile);
	const window = new SortedWindow();
	const warn = (phi: number) => {
		const text = annotationText.invalidQuantile(phi);
		evaluation.scope.annotations.add('warning', text, phiExpr.span, call.span);
	};
	return (series, { values: out, present }) => {
		const { lo, hi, filled } = series.plan;
		if (!isValid) warnOfInvalid(phis, series.plan, warn);
		const zeros = hasBothZeros(series.values, series.start, series.end);
		window.reset(series);
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = end > begin ? 1 : 0;
			if (end <= begin) continue;
			window.moveTo(begin, end);
			const phi = phis[i] as number;
			out[i] = quantileOfSorted(phi, window.sorted, end - begin);
			if (zeros && out[i] === 0)
				out[i] = quantileInGoOrder(phi, series.values.subarray(begin, end));
		}
		return filled;
	};
};

/** A φ is only warned of where there is something to take a quantile of. */
function warnOfInvalid(
	phis: Float64Array,
	{ lo, hi }: WindowPlan,
	warn: (phi: number) => void
): void {
	for (let i = 0; i < phis.length; i++) {
		const phi = phis[i] as number;
		if (!isQuantile(phi) && (hi[i] as number) > (lo[i] as number)) warn(phi);
	}
}

/** mad_over_time(m): median distance from the median; NaN as soon as one sample is. */
export const madOverTime: WindowFunction = () => {
	let distances = new Float64Array(0);
	const window = new SortedWindow();
	return (series, { values: out, present }) => {
		const { lo, hi, filled } = series.plan;
		const length = series.end - series.start;
		if (distances.length < length) distances = new Float64Array(length);
		window.reset(series);
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = end > begin ? 1 : 0;
			if (end <= begin) continue;
			window.moveTo(begin, end);
			out[i] = medianDistance(window.sorted, end - begin, distances);
		}
		return filled;
	};
};

function medianDistance(sorted: Float64Array, size: number, distances: Float64Array): number {
	// NaN sorts first.
	if (Number.isNaN(sorted[0])) return NaN;
	const median = quantileOfSorted(0.5, sorted, size);
	for (let j = 0; j < size; j++) distances[j] = Math.abs((sorted[j] as number) - median);
	sortNaNFirst(distances, size);
	return quantileOfSorted(0.5, distances, size);
}
