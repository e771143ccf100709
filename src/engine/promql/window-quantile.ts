import { annotationText } from './annotations.ts';
import { argument } from './arguments.ts';
import { isQuantile, quantileOfSorted, sortNaNFirst } from './quantile.ts';
import type { WindowFunction, WindowedSeries } from './range-vector.ts';

/** quantile_over_time(φ, m): the φ-quantile of the samples in each window. */
export const quantileOverTime: WindowFunction = (call, evaluation) => {
	const phiExpr = argument(call, 0);
	const phis = evaluation.scalar(phiExpr);
	const invalid = new Set(phis.filter((phi) => !isQuantile(phi)));
	const window = createSortedWindow();
	return (series, { values: out, present }) => {
		const { lo, hi, filled } = series.plan;
		for (const phi of invalid) {
			const { annotations } = evaluation.scope;
			annotations.add('warning', annotationText.invalidQuantile(phi), phiExpr.span);
		}
		window.reset(series);
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = end > begin ? 1 : 0;
			if (end <= begin) continue;
			window.moveTo(begin, end);
			out[i] = quantileOfSorted(phis[i] as number, window.sorted(), end - begin);
		}
		return filled;
	};
};

/** mad_over_time(m): median distance from the median; NaN as soon as one sample is. */
export const madOverTime: WindowFunction = () => {
	let distances = new Float64Array(0);
	const window = createSortedWindow();
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
			out[i] = medianDistance(window.sorted(), end - begin, distances);
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

/** The values of a window that only moves on, sorted, NaN first: rows are put in and taken out as it moves. */
interface SortedWindow {
	reset(series: WindowedSeries): void;
	moveTo(lo: number, hi: number): void;
	sorted(): Float64Array;
}

function createSortedWindow(): SortedWindow {
	let values: Float64Array = new Float64Array(0);
	let sorted = new Float64Array(0);
	let size = 0;
	let from = 0;
	let to = 0;

	/** The first place whose value is not less. */
	function place(value: number): number {
		let low = 0;
		let high = size;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const other = sorted[middle] as number;
			if (other < value || (other !== other && value === value)) low = middle + 1;
			else high = middle;
		}
		return low;
	}
	function put(value: number): void {
		const at = place(value);
		for (let j = size; j > at; j--) sorted[j] = sorted[j - 1] as number;
		sorted[at] = value;
		size++;
	}
	function takeOut(value: number): void {
		size--;
		for (let j = place(value); j < size; j++) sorted[j] = sorted[j + 1] as number;
	}
	return {
		reset(series) {
			values = series.values;
			const length = series.end - series.start;
			if (sorted.length < length) sorted = new Float64Array(length);
			size = from = to = 0;
		},
		moveTo(lo, hi) {
			if (lo >= to) {
				size = 0;
				from = to = lo;
			}
			for (; from < lo; from++) takeOut(values[from] as number);
			for (; to < hi; to++) put(values[to] as number);
		},
		sorted: () => sorted
	};
}
