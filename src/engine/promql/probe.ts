import type { Expr, MatrixSelector, Subquery } from './ast.ts';
import type { Emit } from './evaluation.ts';
import type { WindowedSeries } from './range-vector.ts';
import type { StepGrid } from './value.ts';
import type { WindowShape } from './window.ts';

/**
 * Watches an evaluation: asked to run each node itself, so that it sees when a node begins and ends and what comes out of it.
 * It must run it exactly once, pass everything on, and keep no array it was shown: whoever receives a series owns it.
 *
 * What is the same at every step is run on the whole grid and, inside of that, once more on a single step.
 */
export interface Probe {
	vector(expr: Expr, grid: StepGrid, emit: Emit, run: (emit: Emit) => void): void;
	scalar(expr: Expr, grid: StepGrid, run: () => Float64Array): Float64Array;
	windows(
		expr: MatrixSelector | Subquery,
		shape: WindowShape,
		visit: WindowVisit,
		run: (visit: WindowVisit) => void
	): void;
}

/** Receives the series of a range vector, one at a time. */
export type WindowVisit = (series: WindowedSeries) => void;
