import type { Querier } from '#engine/model';
import type { Expr } from '../ast.ts';
import type { Probe } from '../probe.ts';
import type { StepGrid } from '../value.ts';
import type { ExplainLimits } from './explanation.ts';
import { NodeRecord } from './node-record.ts';

/** Writes down what each node of one evaluation did. */
export interface Recorder extends Probe {
	readonly records: ReadonlyMap<Expr, NodeRecord>;
	/** The node that was at work when the evaluation was left by an error. */
	failedAt(): Expr | undefined;
	/** The store, with its reads put down to the node that makes them. */
	watch(querier: Querier): Querier;
}

/** `now` is a clock in any unit that only moves on. */
export function createRecorder(now: () => number, limits: ExplainLimits): Recorder {
	const records = new Map<Expr, NodeRecord>();
	const stack: Expr[] = [];
	let failed: Expr | undefined;
	let since = now();

	/** Puts the time since the last turn down to the node that was at work, and lets another one go on. */
	function turn(change: () => void): void {
		const time = now();
		const working = records.get(stack[stack.length - 1] as Expr);
		if (working) working.ownTime += time - since;
		since = time;
		change();
	}

	function run<Result>(expr: Expr, grid: StepGrid, work: (record: NodeRecord) => Result): Result {
		let record = records.get(expr);
		if (!record) records.set(expr, (record = new NodeRecord(grid, limits)));
		const depth = stack.length;
		turn(() => stack.push(expr));
		try {
			return work(record);
		} catch (error) {
			failed ??= stack[stack.length - 1];
			throw error;
		} finally {
			turn(() => stack.splice(depth));
		}
	}

	/** What becomes of a result is the work of whoever asked for it. */
	function handOn<Item>(
		record: NodeRecord,
		note: (item: Item) => void,
		receive: (item: Item) => void
	): (item: Item) => void {
		return (item) => {
			note(item);
			const self = stack[stack.length - 1] as Expr;
			turn(() => stack.pop());
			receive(item);
			turn(() => stack.push(self));
		};
	}

	/** Inside of a node that is evaluated once for all steps, the same node on a single step tells nothing new. */
	const isAtWork = (expr: Expr) => stack[stack.length - 1] === expr;

	return {
		records,
		failedAt: () => failed,
		vector(expr, grid, emit, work) {
			if (expr.kind === 'paren' || isAtWork(expr)) return work(emit);
			run(expr, grid, (record) => work(handOn(record, (series) => record.addSeries(series), emit)));
		},
		scalar(expr, grid, work) {
			if (expr.kind === 'paren' || isAtWork(expr)) return work();
			return run(expr, grid, (record) => {
				const values = work();
				record.addScalar(values);
				return values;
			});
		},
		windows(expr, shape, visit, work) {
			run(expr, shape.grid, (record) =>
				work(handOn(record, (series) => record.addWindows(series), visit))
			);
		},
		watch: (querier) => ({
			select(matchers, from, to) {
				const found = querier.select(matchers, from, to);
				const record = records.get(stack[stack.length - 1] as Expr);
				if (record) {
					record.selected += found.length;
					for (const { start, end } of found) record.samplesRead += end - start;
				}
				return found;
			},
			series: (matchers, from, to) => querier.series(matchers, from, to)
		})
	};
}
