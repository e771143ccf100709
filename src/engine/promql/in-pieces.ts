import { rangeArgument } from './arguments.ts';
import { stepTime, type Evaluation } from './evaluation.ts';
import type { WindowFunction, WindowKernel, WindowOutput, WindowedSeries } from './range-vector.ts';
import type { StepGrid } from './value.ts';
import { extensionOf } from './window-extension.ts';
import { createWindowPlanner } from './window.ts';

/** Rows that a kernel may look at before the query is asked whether it is to stop: well under a second for each of them. */
const ROWS_AT_A_STRETCH = 2 ** 24;

/**
 * Makes the kernel of a function run in pieces, so many steps at a time, over a series with so long windows that it might take minutes,
 * as those of a month by the second. Between pieces the query can be ended; other series are not touched by it.
 */
export function inPieces(fn: WindowFunction): WindowFunction {
	return (call, evaluation, shape) => {
		const kernel = fn(call, evaluation, shape);
		if (extensionOf(rangeArgument(call))) return kernel;
		const pieceKernel = (grid: StepGrid): WindowKernel => {
			const pieceShape = { ...shape, grid };
			const planner = createWindowPlanner(pieceShape);
			const run = fn(call, evaluation.over(grid), pieceShape);
			return (series, out) => {
				const plan = planner.plan(series);
				if (plan.filled > 0) return run({ ...series, plan }, out);
				out.present.fill(0);
				return 0;
			};
		};
		return (series, out) => {
			const rows = series.end - series.start;
			if (rows * shape.grid.count <= ROWS_AT_A_STRETCH) return kernel(series, out);
			const steps = Math.max(1, Math.floor(ROWS_AT_A_STRETCH / rows));
			return runPieces(series, out, evaluation, steps, pieceKernel);
		};
	};
}

function runPieces(
	series: WindowedSeries,
	out: WindowOutput,
	{ grid, scope }: Evaluation,
	steps: number,
	kernelOf: (grid: StepGrid) => WindowKernel
): number {
	let found = 0;
	for (let from = 0; from < grid.count; from += steps) {
		scope.budget.check();
		const to = Math.min(grid.count, from + steps);
		const piece: WindowOutput = {
			values: out.values.subarray(from, to),
			present: out.present.subarray(from, to)
		};
		const start = stepTime(grid, from);
		const { step } = grid;
		// It ends later than its last step, because a piece of one step is no instant query.
		const pieceGrid = { start, step, count: to - from, end: start + (to - from) * step };
		found += kernelOf(pieceGrid)(series, piece);
		piece.histograms?.forEach((histogram, i) => {
			out.histograms ??= new Array(grid.count);
			out.histograms[from + i] = histogram;
		});
	}
	return found;
}
