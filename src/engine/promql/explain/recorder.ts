import type { Querier } from '#engine/model';
import type { Expr, MatrixSelector, Subquery } from '../ast.ts';
import type { Emit, VectorSeries } from '../evaluation.ts';
import { withoutMetricName } from '../names.ts';
import type { Probe, WindowVisit } from '../probe.ts';
import type { StepGrid } from '../value.ts';
import type { WindowShape } from '../window.ts';
import type { ExplainLimits } from './explanation.ts';
import { NodeRecord } from './node-record.ts';
import { WorkStack } from './work-stack.ts';

/** Writes down what each node of one evaluation does. */
export class Recorder implements Probe {
	readonly records = new Map<Expr, NodeRecord>();
	/** The node that was at work when the evaluation was left by an error. */
	failedAt: Expr | undefined;
	readonly #limits: ExplainLimits;
	readonly #stack: WorkStack<Expr>;

	/** `now` is a clock in any unit that only moves on. */
	constructor(now: () => number, limits: ExplainLimits) {
		this.#limits = limits;
		this.#stack = new WorkStack(now, (expr, time) => {
			const record = this.records.get(expr);
			if (record) record.ownTime += time;
		});
	}

	vector(expr: Expr, grid: StepGrid, emit: Emit, work: (emit: Emit) => void): void {
		if (this.#goesPast(expr)) return work(emit);
		const isRoot = this.#stack.depth === 0;
		this.#run(expr, grid, (record) =>
			work((series) => {
				record.addSeries(isRoot ? finished(series) : series);
				this.#stack.outside(() => emit(series));
			})
		);
	}

	scalar(expr: Expr, grid: StepGrid, work: () => Float64Array): Float64Array {
		if (this.#goesPast(expr)) return work();
		return this.#run(expr, grid, (record) => {
			const values = work();
			record.addScalar(values);
			return values;
		});
	}

	windows(
		expr: MatrixSelector | Subquery,
		shape: WindowShape,
		visit: WindowVisit,
		work: (visit: WindowVisit) => void
	): void {
		this.#run(expr, shape.grid, (record) =>
			work((series) => {
				record.addWindows(series);
				this.#stack.outside(() => visit(series));
			})
		);
	}

	/** The store, with its reads put down to the node that makes them. */
	watch(querier: Querier): Querier {
		return {
			select: (matchers, from, to) => {
				const found = querier.select(matchers, from, to);
				const { current } = this.#stack;
				if (current) this.records.get(current)?.addReads(found);
				return found;
			},
			series: (matchers, from, to) => querier.series(matchers, from, to)
		};
	}

	/**
	 * Parentheses are no nodes; and inside of a node that is evaluated once for all steps, the same node on a single step tells
	 * nothing new.
	 */
	#goesPast(expr: Expr): boolean {
		return expr.kind === 'paren' || this.#stack.current === expr;
	}

	/** A node that is evaluated again, as it is in the search for the first error, is written down anew: figures are those of one time. */
	#run<Result>(expr: Expr, grid: StepGrid, work: (record: NodeRecord) => Result): Result {
		const record = new NodeRecord(grid, this.#limits);
		this.records.set(expr, record);
		return this.#stack.within(expr, () => {
			try {
				return work(record);
			} catch (error) {
				this.failedAt ??= this.#stack.current;
				throw error;
			}
		});
	}
}

/** A series as the result shows it: names whose removal was put off are gone, though nodes on the way still have them. */
function finished(series: VectorSeries): VectorSeries {
	return series.dropName ? { ...series, labels: withoutMetricName(series.labels) } : series;
}
