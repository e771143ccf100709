import { compensate } from '#engine/model';
import { onDistinctWindows } from './distinct-windows.ts';
import { ExactSums } from './exact-sums.ts';
import type { WindowFunction, WindowedSeries } from './range-vector.ts';
import { MOST_NUMBERS, WORTH_IT, type Machine } from './simd/machine.ts';
import { NO_STEADY_STEPS, type SteadySteps } from './steady-steps.ts';
import { areRowsShared, markFilled } from './window.ts';

/**
 * Sums and means of windows. They are compensated as Prometheus does it (util/kahansum), sample by sample from the left, and
 * must come out the same to the last digit, whichever way they are computed.
 */

/** sum_over_time(). */
export const sumOverTime: WindowFunction = onDistinctWindows(() => {
	const sums = new ExactSums();
	return (series, out) => {
		if (areRowsShared(series.plan, series) && sums.read(series))
			sums.sumWindows(series.plan, out.values);
		else ofEachWindow(sumOfRows, series, out.values);
		return markFilled(series.plan, out);
	};
});

/** avg_over_time(): the sum by the count, unless the sum overflows; then an incremental mean from there on. */
export const avgOverTime: WindowFunction = onDistinctWindows((_, { scope: { machine } }) => {
	const sums = new ExactSums(machine);
	return (series, out) => {
		if (areRowsShared(series.plan, series) && sums.read(series)) {
			const { steady, lo } = series.plan;
			const done = meansInPairs(sums, series, out.values, machine) ? steady : NO_STEADY_STEPS;
			plainSums(series, done, out.values);
			sums.meanWindows(series.plan, 0, done.from, out.values);
			sums.meanWindows(series.plan, done.to, lo.length, out.values);
		} else {
			ofEachWindow(meanOfRows, series, out.values);
		}
		return markFilled(series.plan, out);
	};
});

function ofEachWindow(
	compute: (values: Float64Array, lo: number, hi: number) => number,
	{ values, plan: { lo, hi } }: WindowedSeries,
	out: Float64Array
): void {
	for (let i = 0; i < lo.length; i++) {
		const end = hi[i] as number;
		if (end > (lo[i] as number)) out[i] = compute(values, lo[i] as number, end);
	}
}

/** The compensated means of the steady steps, where the machine can give them two at a time. The sums of all rows are known. */
function meansInPairs(
	sums: ExactSums,
	{ values, start, end, plan }: WindowedSeries,
	out: Float64Array,
	machine: Machine | undefined
): boolean {
	const { from, to, stride, lo, hi } = plan.steady;
	const steps = to - from;
	if (!machine || stride !== 1 || steps < WORTH_IT || steps > MOST_NUMBERS) return false;
	if (!sums.areIn(machine) || !machine.load(values, start, end)) return false;
	machine.meanWindows({ first: lo, size: hi - lo, from, to }, out);
	return true;
}

/** Adds up the rows of each window from the left, but for steps that are done; no sum may overflow. */
function plainSums(series: WindowedSeries, done: SteadySteps, sums: Float64Array): void {
	const { values, plan } = series;
	const { from, to, stride, lo, hi } = plan.steady;
	if (done === plan.steady) {
		plainSumsOf(series, 0, from, sums);
		plainSumsOf(series, to, plan.lo.length, sums);
		return;
	}
	const next = stride === 1 ? plainSteadySums(values, lo, hi - lo, sums, from, to) : from;
	plainSumsOf(series, 0, from, sums);
	plainSumsOf(series, next, plan.lo.length, sums);
}

function plainSumsOf(
	{ values, plan: { lo, hi } }: WindowedSeries,
	from: number,
	to: number,
	sums: Float64Array
): void {
	for (let i = from; i < to; i++) {
		const end = hi[i] as number;
		let sum = 0;
		for (let row = lo[i] as number; row < end; row++) sum += values[row] as number;
		sums[i] = sum;
	}
}

/**
 * Sums of windows that move on row by row, four at a time: a processor can add to all of them at once, and each row is
 * read once for the four. Returns the step at which it stopped, with less than four to go.
 */
function plainSteadySums(
	values: Float64Array,
	lo: number,
	size: number,
	sums: Float64Array,
	from: number,
	to: number
): number {
	let i = from;
	for (let first = lo; i + 4 <= to; i += 4, first += 4) {
		let a = 0;
		let b = 0;
		let c = 0;
		let d = 0;
		let inA = values[first] as number;
		let inB = values[first + 1] as number;
		let inC = values[first + 2] as number;
		for (let row = first + 3; row < first + size + 3; row++) {
			const inD = values[row] as number;
			a += inA;
			b += inB;
			c += inC;
			d += inD;
			inA = inB;
			inB = inC;
			inC = inD;
		}
		sums[i] = a;
		sums[i + 1] = b;
		sums[i + 2] = c;
		sums[i + 3] = d;
	}
	return i;
}

/**
 * What rounding loses is found by Knuth's sum of two, which is exact and asks nothing, as long as nothing overflows; if it does,
 * what was lost is not finite, and the rows are added up with more care.
 */
function sumOfRows(values: Float64Array, lo: number, hi: number): number {
	let sum = 0;
	let lost = 0;
	for (let row = lo; row < hi; row++) {
		const value = values[row] as number;
		const total = sum + value;
		const added = total - sum;
		lost += sum - (total - added) + (value - added);
		sum = total;
	}
	return lost - lost === 0 ? sum + lost : carefulSumOfRows(values, lo, hi);
}

function carefulSumOfRows(values: Float64Array, lo: number, hi: number): number {
	let sum = 0;
	let compensation = 0;
	for (let row = lo; row < hi; row++) {
		const value = values[row] as number;
		compensation = compensate(compensation, sum, value);
		sum += value;
	}
	return sum === Infinity || sum === -Infinity ? sum : sum + compensation;
}

function meanOfRows(values: Float64Array, lo: number, hi: number): number {
	let sum = values[lo] as number;
	let lost = 0;
	for (let row = lo + 1; row < hi; row++) {
		const value = values[row] as number;
		const total = sum + value;
		const added = total - sum;
		lost += sum - (total - added) + (value - added);
		sum = total;
	}
	const count = hi - lo;
	return lost - lost === 0 ? sum / count + lost / count : carefulMeanOfRows(values, lo, hi);
}

function carefulMeanOfRows(values: Float64Array, lo: number, hi: number): number {
	let sum = values[lo] as number;
	let compensation = 0;
	for (let row = lo + 1; row < hi; row++) {
		const value = values[row] as number;
		const next = sum + value;
		if (next === Infinity || next === -Infinity) {
			return incrementalMean(values, row, hi, sum, compensation, row - lo);
		}
		compensation = compensate(compensation, sum, value);
		sum = next;
	}
	const count = hi - lo;
	return sum / count + compensation / count;
}

function incrementalMean(
	values: Float64Array,
	from: number,
	hi: number,
	sum: number,
	compensation: number,
	seen: number
): number {
	let mean = sum / seen;
	let c = compensation / seen;
	let count = seen;
	for (let row = from; row < hi; row++) {
		count++;
		const weight = (count - 1) / count;
		const value = (values[row] as number) / count;
		c = compensate(weight * c, weight * mean, value);
		mean = weight * mean + value;
	}
	return mean + c;
}
