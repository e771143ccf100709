import type { WindowFunction, WindowOutput } from './range-vector.ts';
import { NO_STEADY_STEPS, type SteadySteps } from './steady-steps.ts';
import type { WindowPlan } from './window.ts';

/**
 * Steps closer together than the rows look at the same rows several times in a row, as those of a subquery nearly always do.
 * What depends on nothing but the rows then has to be computed only once for them.
 */
interface DistinctWindows {
	/** The windows without their repetitions: its steps are not those of the grid. */
	readonly plan: WindowPlan;
	/** For each of them, the step after the last one that looks at it. */
	readonly until: Int32Array;
}

/** Makes the kernel of a function compute each distinct window once. Its result must depend on the rows of a window alone. */
export function onDistinctWindows(fn: WindowFunction): WindowFunction {
	return (call, evaluation, shape) => {
		const kernel = fn(call, evaluation, shape);
		if (shape.grid.count === 1) return kernel;
		const known = new WeakMap<WindowPlan, DistinctWindows>();
		const room = createRoom(shape.grid.count);
		return (series, out) => {
			if (series.plan.steady.to > 0 || series.histograms) return kernel(series, out);
			let distinct = known.get(series.plan);
			if (!distinct) known.set(series.plan, (distinct = withoutRepetitions(series.plan)));
			const { plan, until } = distinct;
			if (2 * until.length > shape.grid.count) return kernel(series, out);
			const results = room(until.length);
			return kernel({ ...series, plan }, results) === 0 ? 0 : repeat(results, until, out);
		};
	};
}

/** Columns for the results of distinct windows, made when they are needed. */
function createRoom(most: number): (count: number) => WindowOutput {
	let room: WindowOutput | undefined;
	return (count) => {
		room ??= { values: new Float64Array(most), present: new Uint8Array(most) };
		return { values: room.values.subarray(0, count), present: room.present.subarray(0, count) };
	};
}

function withoutRepetitions({ lo, hi, times }: WindowPlan): DistinctWindows {
	const until = new Int32Array(lo.length);
	const los = new Int32Array(lo.length);
	const his = new Int32Array(lo.length);
	let count = 0;
	let filled = 0;
	for (let i = 0; i < lo.length; i++) {
		const isNew = i === 0 || lo[i] !== lo[i - 1] || hi[i] !== hi[i - 1];
		if (isNew) {
			los[count] = lo[i] as number;
			his[count] = hi[i] as number;
			if ((hi[i] as number) > (lo[i] as number)) filled++;
			count++;
		}
		until[count - 1] = i + 1;
	}
	const [first, last] = [los.subarray(0, count), his.subarray(0, count)];
	const plan = { lo: first, hi: last, filled, times, steady: longestRun(first, last) };
	return { plan, until: until.subarray(0, count) };
}

/** The longest run of windows that hold as many rows and move on by as many. */
function longestRun(lo: Int32Array, hi: Int32Array): SteadySteps {
	let longest = NO_STEADY_STEPS;
	let from = 0;
	while (from < lo.length - 1) {
		const stride = (lo[from + 1] as number) - (lo[from] as number);
		let to = from + 1;
		while (to < lo.length && moved(lo, to) === stride && moved(hi, to) === stride) to++;
		const isFilled = (hi[from] as number) > (lo[from] as number);
		if (isFilled && to - from > longest.to - longest.from) {
			longest = { from, to, stride, lo: lo[from] as number, hi: hi[from] as number };
		}
		from = Math.max(from + 1, to - 1);
	}
	return longest;
}

function moved(bounds: Int32Array, i: number): number {
	return (bounds[i] as number) - (bounds[i - 1] as number);
}

/** Gives each step the result of its window; returns how many have one. */
function repeat(results: WindowOutput, until: Int32Array, out: WindowOutput): number {
	const { values, present } = out;
	let i = 0;
	let found = 0;
	for (let window = 0; window < until.length; window++) {
		const value = results.values[window] as number;
		const isPresent = results.present[window] as number;
		const end = until[window] as number;
		found += isPresent * (end - i);
		for (; i < end; i++) {
			values[i] = value;
			present[i] = isPresent;
		}
	}
	return found;
}
