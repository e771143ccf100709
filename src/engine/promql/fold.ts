import { compensate } from '#engine/model';
import type { AggregationOp } from './ast.ts';
import type { Machine } from './simd/machine.ts';
import { presentRun, type StepBuffers, type StepRun } from './step-buffers.ts';

/**
 * The aggregations that fold series as they arrive: memory is groups times steps. Order and compensation of the additions
 * are those of promql/engine.go, aggregation, so that sums agree to the last digit.
 */
export interface FoldState {
	/** The result, once finished. */
	readonly values: Float64Array;
	readonly present: Uint8Array;
	/** What a fold needs beside the value: compensation of a sum, or a mean. */
	readonly aux: Float64Array;
	readonly counts: Float64Array;
	/** Steps at which avg has gone over to an incremental mean, held in `values`. */
	readonly incremental: Uint8Array;
}

export interface Fold {
	/** Columns of `count` steps, which lie where kernels reach them if they are of the buffers'. */
	start(count: number, buffers: StepBuffers): FoldState;
	add(state: FoldState, values: Float64Array, present: Uint8Array, machine?: Machine): void;
	finish(state: FoldState): void;
}

/** The aggregations that this is about. */
export type FoldOp = Exclude<
	AggregationOp,
	'topk' | 'bottomk' | 'limitk' | 'limit_ratio' | 'quantile' | 'count_values'
>;

/** How an aggregator folds numbers; what it does with histograms is in `fold-histogram.ts`. */
export function foldOf(op: FoldOp): Fold {
	return FOLDS[op];
}

const NOTHING = new Float64Array(0);

function stateWith(needs: { aux?: boolean; counts?: boolean; incremental?: boolean }) {
	return (count: number, buffers: StepBuffers): FoldState => ({
		values: buffers.zeros(),
		present: new Uint8Array(count),
		aux: needs.aux ? buffers.zeros() : NOTHING,
		counts: needs.counts ? buffers.zeros() : NOTHING,
		incremental: new Uint8Array(needs.incremental ? count : 0)
	});
}

/** Sums begin at negative zero, the one number that leaves whatever is added to it as it is. */
function startSum(count: number, buffers: StepBuffers): FoldState {
	const state = stateWith({ aux: true })(count, buffers);
	state.values.fill(-0);
	return state;
}

function nothing(): void {}

const FOLDS: Readonly<Record<FoldOp, Fold>> = {
	sum: { start: startSum, add: addToSum, finish: finishSum },
	avg: {
		start: stateWith({ aux: true, counts: true, incremental: true }),
		add: addToAverage,
		finish: finishAverage
	},
	min: { start: stateWith({}), add: keepLeast, finish: nothing },
	max: { start: stateWith({}), add: keepGreatest, finish: nothing },
	count: { start: stateWith({}), add: addToCount, finish: nothing },
	group: { start: stateWith({}), add: markPresent, finish: nothing },
	stddev: {
		start: stateWith({ aux: true, counts: true }),
		add: addToVariance,
		finish: finishDeviation
	},
	stdvar: {
		start: stateWith({ aux: true, counts: true }),
		add: addToVariance,
		finish: finishVariance
	}
};

function addToSum(
	state: FoldState,
	values: Float64Array,
	present: Uint8Array,
	machine?: Machine
): void {
	const run = presentRun(present, machine);
	if (!run) {
		addStepsToSum(state, values, present);
		return;
	}
	const from =
		machine?.holds(values) && machine.holds(state.aux)
			? addPairs(state, values, run, machine)
			: run.from;
	addRunToSum(state, values, from, run.to);
	// For a single step calling the built-in function would be most of the work.
	if (run.to === run.from + 1) state.present[run.from] = 1;
	else state.present.fill(1, run.from, run.to);
}

/** Adds as many steps of a run as there are pairs. Returns the step at which it stopped. */
function addPairs(
	{ values: sums, aux }: FoldState,
	values: Float64Array,
	{ from, to }: StepRun,
	machine: Machine
): number {
	const end = to - ((to - from) & 1);
	if (end > from) machine.addToSums(sums, aux, values, from, end);
	return end;
}

function addStepsToSum(state: FoldState, values: Float64Array, present: Uint8Array): void {
	const { values: sums, aux, present: seen } = state;
	for (let i = 0; i < sums.length; i++) {
		if (present[i] === 0) continue;
		const value = values[i] as number;
		const sum = sums[i] as number;
		aux[i] = compensate(aux[i] as number, sum, value);
		sums[i] = sum + value;
		seen[i] = 1;
	}
}

/**
 * Adds to the steps of a run without asking at each which summand is the greater: Knuth's sum of two gives the same rounding
 * error, exactly, as long as nothing overflows.
 */
function addRunToSum(
	{ values: sums, aux }: FoldState,
	values: Float64Array,
	from: number,
	to: number
): void {
	for (let i = from; i < to; i++) {
		const sum = sums[i] as number;
		const value = values[i] as number;
		const total = sum + value;
		const added = total - sum;
		const error = sum - (total - added) + (value - added);
		aux[i] =
			error - error === 0 ? (aux[i] as number) + error : compensate(aux[i] as number, sum, value);
		sums[i] = total;
	}
}

function finishSum({ values, aux }: FoldState): void {
	for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + (aux[i] as number);
}

/** The mean of a plain sum, until that would overflow; from there on the mean itself is updated. */
function addToAverage(state: FoldState, values: Float64Array, present: Uint8Array): void {
	const { values: sums, aux, counts, present: seen, incremental } = state;
	for (let i = 0; i < sums.length; i++) {
		if (present[i] === 0) continue;
		const value = values[i] as number;
		const count = (counts[i] as number) + 1;
		counts[i] = count;
		if (seen[i] === 0) {
			seen[i] = 1;
			sums[i] = value;
			continue;
		}
		const sum = sums[i] as number;
		if (incremental[i] === 0) {
			const total = sum + value;
			if (total !== Infinity && total !== -Infinity) {
				aux[i] = compensate(aux[i] as number, sum, value);
				sums[i] = total;
				continue;
			}
			incremental[i] = 1;
			sums[i] = sum / (count - 1);
			aux[i] = (aux[i] as number) / (count - 1);
		}
		const weight = (count - 1) / count;
		const mean = weight * (sums[i] as number);
		aux[i] = compensate(weight * (aux[i] as number), mean, value / count);
		sums[i] = mean + value / count;
	}
}

function finishAverage({ values, aux, counts, incremental }: FoldState): void {
	for (let i = 0; i < values.length; i++) {
		const count = counts[i] as number;
		values[i] =
			incremental[i] === 1
				? (values[i] as number) + (aux[i] as number)
				: (values[i] as number) / count + (aux[i] as number) / count;
	}
}

function keepLeast(state: FoldState, values: Float64Array, present: Uint8Array): void {
	const { values: least, present: seen } = state;
	for (let i = 0; i < least.length; i++) {
		if (present[i] === 0) continue;
		const value = values[i] as number;
		const known = least[i] as number;
		// NaN gives way to any number.
		if (seen[i] === 0 || known > value || known !== known) least[i] = value;
		seen[i] = 1;
	}
}

function keepGreatest(state: FoldState, values: Float64Array, present: Uint8Array): void {
	const { values: greatest, present: seen } = state;
	for (let i = 0; i < greatest.length; i++) {
		if (present[i] === 0) continue;
		const value = values[i] as number;
		const known = greatest[i] as number;
		if (seen[i] === 0 || known < value || known !== known) greatest[i] = value;
		seen[i] = 1;
	}
}

function addToCount(state: FoldState, _values: Float64Array, present: Uint8Array): void {
	const { values: counts, present: seen } = state;
	for (let i = 0; i < counts.length; i++) {
		counts[i] = (counts[i] as number) + (present[i] as number);
		seen[i] = (seen[i] as number) | (present[i] as number);
	}
}

function markPresent(state: FoldState, _values: Float64Array, present: Uint8Array): void {
	const { values, present: seen } = state;
	values.fill(1);
	for (let i = 0; i < seen.length; i++) seen[i] = (seen[i] as number) | (present[i] as number);
}

/** Welford's method: the sum of squared distances in `values`, the mean in `aux`. */
function addToVariance(state: FoldState, values: Float64Array, present: Uint8Array): void {
	const { values: squares, aux: means, counts, present: seen } = state;
	for (let i = 0; i < squares.length; i++) {
		if (present[i] === 0) continue;
		const value = values[i] as number;
		const count = (counts[i] as number) + 1;
		counts[i] = count;
		if (seen[i] === 0) {
			seen[i] = 1;
			means[i] = value;
			squares[i] = Number.isFinite(value) ? 0 : NaN;
			continue;
		}
		const delta = value - (means[i] as number);
		const mean = (means[i] as number) + delta / count;
		means[i] = mean;
		squares[i] = (squares[i] as number) + delta * (value - mean);
	}
}

function finishVariance({ values, counts }: FoldState): void {
	for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / (counts[i] as number);
}

function finishDeviation({ values, counts }: FoldState): void {
	for (let i = 0; i < values.length; i++) {
		values[i] = Math.sqrt((values[i] as number) / (counts[i] as number));
	}
}
