import { METRIC_NAME, metricName, type Duration, type Querier } from '#engine/model';
import {
	isStepInvariant,
	withoutParens,
	type Aggregation,
	type Call,
	type Expr,
	type MatrixSelector,
	type QueryOptions,
	type Subquery,
	type VectorSelector
} from '#engine/promql';
import { addRead, addTotal, mergeReads, notePeak, openAccount, type Account } from './account.ts';
import { bucketsBelow, type Buckets } from './buckets.ts';
import { isEvaluatedOnce } from './evaluated-once.ts';
import { addPoints, countAt, freshSizeAt, totalSize, type Matrix } from './matrix.ts';
import { outputSizes, passWindows } from './pass-windows.ts';
import { pointsOf } from './points.ts';
import {
	selectorWindows,
	selectSized,
	sizedSteps,
	subqueryGrid,
	subqueryWindows,
	windowCounter,
	windowEnd,
	type SizedSeries,
	type Windows
} from './windows.ts';

/** What all parts of a query are measured with. */
export interface Measuring {
	readonly querier: Querier;
	readonly options: QueryOptions;
	readonly lookback: Duration;
	readonly defaultSubqueryStep: Duration;
	readonly buckets: Buckets;
}

/**
 * Counts what Prometheus would count while it evaluates an expression on the grid of the account: node by node it takes samples into
 * memory and lets go of them (promql/engine.go, eval). What comes out of a node is found out by evaluating it. Throws an ApiError.
 */
export function measure(expr: Expr, account: Account, measuring: Measuring): Matrix {
	return isEvaluatedOnce(expr)
		? measureOnce(expr, account, measuring)
		: measureNode(expr, account, measuring);
}

/** What is the same at every step is evaluated at the first, and counts at each (StepInvariantExpr). */
function measureOnce(expr: Expr, account: Account, measuring: Measuring): Matrix {
	const { start, step, count } = account.grid;
	const child = openAccount({ start, step, count: 1 }, account.held);
	const first = measureNode(expr, child, measuring);
	account.held = child.held;
	account.peak = Math.max(account.peak, child.peak);
	for (let i = 0; i < count; i++) addTotal(account, i, child.total);
	addRead(account, 0, child.read);
	if (expr.kind === 'subquery') return first;
	account.held += totalSize(first) * (count - 1);
	notePeak(account);
	const repeated = (one: readonly number[]) => new Array<number>(count).fill(one[0] as number);
	return first.map(({ labels, sizes, fresh }) => ({
		labels,
		sizes: repeated(sizes),
		fresh: repeated(fresh)
	}));
}

function measureNode(expr: Expr, account: Account, above: Measuring): Matrix {
	const measuring = { ...above, buckets: bucketsBelow(expr, above.buckets) };
	switch (expr.kind) {
		case 'string':
			return [];
		case 'paren':
		case 'unary':
			return measureNode(expr.expr, account, measuring);
		case 'number':
			return measureSteps(expr, [], account, measuring);
		case 'binary':
			return measureSteps(expr, [expr.lhs, expr.rhs], account, measuring);
		case 'selector': {
			const found = resultOf(expr, account, measuring);
			if (expr.extension === 'smoothed') passSmoothed(expr, account, measuring);
			else addPoints(account, found);
			notePeak(account);
			return found;
		}
		case 'matrix':
			return measureBareWindows(expr, account, measuring);
		case 'subquery':
			return measureBareSubquery(expr, account, measuring);
		case 'aggregation':
			return measureAggregation(expr, account, measuring);
		case 'call':
			return measureCall(expr, account, measuring);
	}
}

/** What a part of the query gives, which is found out by evaluating it. */
function resultOf(expr: Expr, { grid }: Account, { querier, options, buckets }: Measuring): Matrix {
	return pointsOf(querier, expr, grid, { ...options, hasBuckets: buckets !== 'unread' });
}

/** A smoothed selector holds the samples around each step, counts none, and forgets to let go of those around the last. */
function passSmoothed(expr: VectorSelector, account: Account, measuring: Measuring): void {
	const { grid } = account;
	const { lookback } = measuring;
	const windows = selectorWindows({ selector: expr, range: 0 }, grid, lookback);
	for (const series of selectSized(expr, windows, measuring)) {
		const count = windowCounter(series);
		const before = account.held;
		for (let i = 0; i < grid.count; i++) {
			const to = windowEnd(windows, i);
			account.held = before + count(to - windows.length, to);
			notePeak(account);
		}
	}
}

/** What is computed step by step from whole arguments (rangeEval); texts are no arguments of that kind. */
function measureSteps(
	expr: Expr,
	args: readonly Expr[],
	account: Account,
	measuring: Measuring
): Matrix {
	const before = account.held;
	const inputs = args.map((arg) =>
		arg.kind === 'string' ? [] : measure(withoutParens(arg), account, measuring)
	);
	const result = resultOf(expr, account, measuring);
	let kept = account.held;
	for (let i = 0; i < account.grid.count; i++) {
		account.held = kept;
		for (const input of inputs) {
			account.held += countAt(input, i);
			if (input.length > 0) notePeak(account);
		}
		const size = freshSizeAt(result, i);
		account.held += size;
		kept += size;
		notePeak(account);
	}
	account.held = before + totalSize(result);
	notePeak(account);
	return result;
}

function measureAggregation(expr: Aggregation, account: Account, measuring: Measuring): Matrix {
	if (expr.op === 'count_values') return measureSteps(expr, [expr.expr], account, measuring);
	const before = account.held;
	if (expr.param) measureNode(withoutParens(expr.param), account, measuring);
	measureNode(withoutParens(expr.expr), account, measuring);
	const result = resultOf(expr, account, measuring);
	account.held = before + totalSize(result);
	notePeak(account);
	return result;
}

/** Functions that change labels only pass on what they are given. */
const PASSED_ON: ReadonlySet<string> = new Set(['label_replace', 'label_join', 'info']);

function measureCall(expr: Call, account: Account, measuring: Measuring): Matrix {
	const args = expr.args.map(withoutParens);
	const [first] = args;
	const isOfTimes = expr.func === 'timestamp' || expr.func === 'start_timestamp';
	if (isOfTimes && first?.kind === 'selector') return measureTimes(expr, first, account, measuring);
	const windowed = args.find((arg) => arg.kind === 'matrix' || arg.kind === 'subquery');
	if (windowed?.kind === 'matrix' || windowed?.kind === 'subquery') {
		return measureWindows(expr, windowed, account, measuring);
	}
	if (first && PASSED_ON.has(expr.func)) return measure(first, account, measuring);
	return measureSteps(expr, args, account, measuring);
}

/** The times of samples, which are read for that and not held as samples (rangeEvalTimestampFunctionOverVectorSelector). */
function measureTimes(
	expr: Call,
	selector: VectorSelector,
	account: Account,
	measuring: Measuring
): Matrix {
	const before = account.held;
	const result = resultOf(expr, account, measuring);
	// Of start times, those that are not known are looked at as well.
	const looked = expr.func === 'timestamp' ? result : resultOf(selector, account, measuring);
	let kept = before;
	for (let i = 0; i < account.grid.count; i++) {
		const found = countAt(looked, i);
		const made = countAt(result, i);
		account.held = kept + found;
		notePeak(account);
		account.held += made;
		kept += made;
		addTotal(account, i, found);
		addRead(account, i, found);
		notePeak(account);
	}
	account.held = before + totalSize(result);
	return result;
}

/** A function over windows, one series after the other: in memory are the window it is at, and what came of those before. */
function measureWindows(
	expr: Call,
	windowed: MatrixSelector | Subquery,
	account: Account,
	measuring: Measuring
): Matrix {
	const inner =
		windowed.kind === 'subquery' ? measureSubquery(windowed, account, measuring) : undefined;
	if (inner && windowed.kind === 'subquery') mergeReads(account, inner.account, windowed);
	for (const arg of expr.args.map(withoutParens)) {
		if (arg !== windowed) measure(arg, account, measuring);
	}
	const windows =
		windowed.kind === 'matrix'
			? selectorWindows(windowed, account.grid, measuring.lookback)
			: subqueryWindows(windowed, account.grid);
	const series = inner?.series ?? selectedSeries(windowed, windows, measuring);
	const result = resultOf(expr, account, measuring);
	const names = new Set(series.map(({ labels }) => metricName(labels)));
	const outputs = outputSizes(expr, names, (name) =>
		name === undefined ? result : resultOf(ofMetric(expr, windowed, name), account, measuring)
	);
	let window = 0;
	for (const one of series) {
		account.held -= window;
		window = passWindows(one, windows, account, windowed.kind === 'matrix');
		account.held += outputs(one, windows);
		notePeak(account);
	}
	account.held -= window + (inner?.size ?? 0);
	return result;
}

function selectedSeries(
	windowed: MatrixSelector | Subquery,
	windows: Windows,
	measuring: Measuring
): SizedSeries[] {
	return windowed.kind === 'matrix' ? selectSized(windowed.selector, windows, measuring) : [];
}

/** The call on series of one metric alone. A subquery is left as it is: its series have no names mostly. */
function ofMetric(expr: Call, windowed: MatrixSelector | Subquery, name: string): Call {
	if (windowed.kind === 'subquery') return expr;
	const matchers = [
		...windowed.selector.matchers,
		{ name: METRIC_NAME, type: '=', value: name } as const
	];
	const narrowed = { ...windowed, selector: { ...windowed.selector, name: '', matchers } };
	return {
		...expr,
		args: expr.args.map((arg) => (withoutParens(arg) === windowed ? narrowed : arg))
	};
}

/** A range selector by itself gives its samples (matrixSelector). */
function measureBareWindows(expr: MatrixSelector, account: Account, measuring: Measuring): Matrix {
	const windows = selectorWindows(expr, account.grid, measuring.lookback);
	const to = windowEnd(windows, 0);
	const found = selectSized(expr.selector, windows, measuring).map((series) => {
		const sizes = [windowCounter(series)(to - windows.length, to)];
		return { labels: series.labels, sizes, fresh: sizes };
	});
	addPoints(account, found);
	notePeak(account);
	return found;
}

/** What a subquery found, on a grid of its own. */
interface MeasuredSubquery {
	readonly account: Account;
	readonly series: readonly SizedSeries[];
	readonly matrix: Matrix;
	readonly size: number;
}

/** A subquery by itself: all that it read counts at the last step (runSubquery). */
function measureBareSubquery(expr: Subquery, account: Account, measuring: Measuring): Matrix {
	const inner = measureSubquery(expr, account, measuring);
	addTotal(account, Math.max(0, account.grid.count - 1), inner.account.total);
	mergeReads(account, inner.account);
	return inner.matrix;
}

function measureSubquery(expr: Subquery, account: Account, measuring: Measuring): MeasuredSubquery {
	const grid = subqueryGrid(expr, account.grid, measuring.defaultSubqueryStep);
	const child = openAccount(grid, account.held);
	if (grid.count <= 0) return { account: child, series: [], matrix: [], size: 0 };
	const inner = withoutParens(expr.expr);
	const matrix = isStepInvariant(inner)
		? measureOnce(inner, child, measuring)
		: measureNode(inner, child, measuring);
	account.held = child.held;
	const series = matrix.map((one) => sizedSteps(one, grid));
	return { account: child, series, matrix, size: totalSize(matrix) };
}
