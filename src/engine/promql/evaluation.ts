import type { Duration, FloatHistogram, Labels, Querier, Timestamp } from '#engine/model';
import type { AtModifier, Expr, VectorSelector } from './ast.ts';
import type { AnnotationLog } from './annotations.ts';
import type { Features } from './features.ts';
import type { Probe } from './probe.ts';
import type { SampleBudget } from './sample-budget.ts';
import type { Machine } from './simd/machine.ts';
import type { StepBuffers } from './step-buffers.ts';
import type { StepGrid } from './value.ts';

/**
 * One series of an instant vector on its way from a node to the node that asked for it: a value for each step of the grid,
 * and a mask that says where there is one. At least one step is present.
 *
 * Whoever receives it owns it until the query ends: may write into its arrays, pass it on, keep it, or give the arrays back to the
 * buffers. What leaves the query is copied where it has to be (`keep` in query.ts).
 */
export interface VectorSeries {
	readonly labels: Labels;
	readonly values: Float64Array;
	readonly present: Uint8Array;
	/** Steps whose sample is a native histogram, where `values` means nothing; as long as `values`. Without it all are floats. */
	readonly histograms?: (FloatHistogram | undefined)[];
	/** The metric name is only to go at the very end; always false unless the query delays that. */
	readonly dropName: boolean;
}

/** Receives the series of a node, one at a time. */
export type Emit = (series: VectorSeries) => void;

/** What all parts of one query share. */
export interface QueryScope {
	readonly querier: Querier;
	/** Bounds and resolution of the query itself, whatever grid a subquery runs on; step is 0 in an instant query. */
	readonly start: Timestamp;
	readonly end: Timestamp;
	readonly step: Duration;
	readonly lookback: Duration;
	readonly defaultSubqueryStep: Duration;
	/** Which switches are on. With `delayedNameRemoval` metric names disappear at the end instead of in each function. */
	readonly features: Features;
	/** Series that may turn out equal are held back and joined, instead of passed on at once; see names.ts. */
	readonly joinsEqualSeries: boolean;
	/** The query is evaluated to find the error that Prometheus would find first; see error-order.ts. */
	readonly findsFirstError?: boolean;
	/** Selectors of whose histograms only count and sum are read; see bucketless.ts. */
	readonly bucketless?: ReadonlySet<VectorSelector>;
	readonly annotations: AnnotationLog;
	readonly budget: SampleBudget;
	/** What computes two steps at a time, where that can be had. */
	readonly machine?: Machine;
	/** Present when someone wants to see what each node does. */
	readonly probe?: Probe;
}

/** The evaluation of expressions on one grid of steps. */
export interface Evaluation {
	readonly scope: QueryScope;
	readonly grid: StepGrid;
	readonly buffers: StepBuffers;
	/** Evaluates an expression of type instant vector, emitting its series one at a time. */
	vector(expr: Expr, emit: Emit): void;
	/** Evaluates an expression of type scalar: a value for each step. */
	scalar(expr: Expr): Float64Array;
	/** The same query on another grid. */
	over(grid: StepGrid): Evaluation;
	/** The same on the same grid, for series that are given back as they arrive: their columns lie where the machine reaches them. */
	folding(): Evaluation;
}

/** Whether a grid is that of an instant query, of which some nodes keep the order that range queries have none of. */
export function isInstant(grid: StepGrid): boolean {
	return grid.count === 1 && grid.end === undefined;
}

/** The time of step i. */
export function stepTime(grid: StepGrid, i: number): Timestamp {
	return grid.start + i * grid.step;
}

/** Steps of a range that ends at the given time. */
export function gridUntil(end: Timestamp, grid: StepGrid): StepGrid {
	return end > lastStepTime(grid) ? { ...grid, end } : grid;
}

/** The time of the last step. */
export function lastStepTime(grid: StepGrid): Timestamp {
	return stepTime(grid, grid.count - 1);
}

/** The moment an `@` stands for, or undefined without one. */
export function resolveAt(at: AtModifier | undefined, scope: QueryScope): Timestamp | undefined {
	if (at === 'start') return scope.start;
	return at === 'end' ? scope.end : at;
}
