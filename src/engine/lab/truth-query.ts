import {
	labels,
	labelsKey,
	matcherTest,
	type Duration,
	type Labels,
	type Matcher,
	type Timestamp
} from '#engine/model';
import type {
	Aggregation,
	BinaryExpr,
	Expr,
	MatrixSelector,
	StepGrid,
	VectorSelector
} from '#engine/promql';
import type { Truth, TruthDimension, TruthFilter } from '#engine/sim';
import type { TruthNames } from './world.ts';

/** What a perfect observer would have drawn for one label set. NaN where there is nothing to say. */
export interface TruthSeries {
	readonly labels: Labels;
	readonly values: Float64Array;
}

export interface TruthSource {
	readonly truth: Truth;
	readonly names: TruthNames;
	readonly job: string;
	/** When the world began. A window that reaches back before it holds less than it promises, so it has no truth. */
	readonly start: Timestamp;
	/** The labels that the learner's metric of this name has. */
	readonly labelNamesOf: (metric: string) => readonly string[];
}

type TruthValue =
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'series'; readonly series: readonly TruthSeries[] };

const DIMENSIONS: readonly TruthDimension[] = ['method', 'endpoint', 'status', 'instance'];

/**
 * The truth behind a query, where there is one: rates, increases and totals of the counted requests, quantiles of their
 * durations, and arithmetic of those. Undefined for everything else, because a truth that is only guessed is none.
 */
export function truthOf(
	expr: Expr,
	grid: StepGrid,
	source: TruthSource
): readonly TruthSeries[] | undefined {
	const value = evaluate(expr, grid, source);
	return value?.kind === 'series' ? value.series : undefined;
}

function evaluate(expr: Expr, grid: StepGrid, source: TruthSource): TruthValue | undefined {
	switch (expr.kind) {
		case 'paren':
			return evaluate(expr.expr, grid, source);
		case 'number':
			return { kind: 'number', value: expr.value };
		case 'binary':
			return arithmetic(expr, grid, source);
		case 'selector':
			return series(totals(expr, undefined, grid, source));
		case 'call':
			if (expr.func === 'histogram_quantile') return series(quantiles(expr.args, grid, source));
			return series(counted(expr, undefined, grid, source));
		case 'aggregation':
			if (expr.op !== 'sum') return undefined;
			return series(
				expr.expr.kind === 'selector'
					? totals(expr.expr, expr, grid, source)
					: counted(expr.expr, expr, grid, source)
			);
		default:
			return undefined;
	}
}

function series(found: readonly TruthSeries[] | undefined): TruthValue | undefined {
	return found && { kind: 'series', series: found };
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b
};

function arithmetic(expr: BinaryExpr, grid: StepGrid, source: TruthSource): TruthValue | undefined {
	if (isMatchingChosen(expr)) return undefined;
	const apply = ARITHMETIC[expr.op];
	const lhs = apply && evaluate(expr.lhs, grid, source);
	const rhs = apply && evaluate(expr.rhs, grid, source);
	if (!lhs || !rhs) return undefined;
	if (lhs.kind === 'number' && rhs.kind === 'number') {
		return { kind: 'number', value: apply(lhs.value, rhs.value) };
	}
	const left = lhs.kind === 'number' ? undefined : lhs.series;
	const right = rhs.kind === 'number' ? undefined : rhs.series;
	const byLabels = new Map(right?.map((one) => [labelsKey(one.labels), one]));
	const combined = (left ?? right ?? []).flatMap((one) => {
		const other = left && right ? byLabels.get(labelsKey(one.labels)) : one;
		if (!other) return [];
		const values = one.values.map((value, i) => {
			const a = lhs.kind === 'number' ? lhs.value : value;
			const b = rhs.kind === 'number' ? rhs.value : (other.values[i] as number);
			return apply(a, b);
		});
		return [{ labels: one.labels, values }];
	});
	return series(combined);
}

/** Whether the query itself says how series find each other; here they do by all their labels. */
function isMatchingChosen({ matching }: BinaryExpr): boolean {
	if (!matching) return false;
	const { on, labels: named, cardinality } = matching;
	return on || named.length > 0 || cardinality !== 'one-to-one';
}

/** `rate(requests[w])` or `increase`, whole or summed. `irate` sees two samples of a window, which no window of the truth has. */
function counted(
	expr: Expr,
	sum: Aggregation | undefined,
	grid: StepGrid,
	source: TruthSource
): TruthSeries[] | undefined {
	const call = expr.kind === 'paren' ? expr.expr : expr;
	if (call.kind !== 'call' || !['rate', 'increase'].includes(call.func)) return undefined;
	const selector = rangeOf(call.args[0], source.names.requests);
	const groups =
		selector && groupsOf(selector.selector.matchers, source.names.requests, sum, source);
	if (!groups) return undefined;
	const factor = call.func === 'increase' ? selector.range / 1000 : 1;
	return groups.map((group) => ({
		labels: group.labels,
		values: source.truth
			.rateSeries(group.filter, grid, selector.range)
			.map((value, i) => (isWhole(i, grid, selector.range, source) ? value * factor : NaN))
	}));
}

/** How many there have been since the world began: a counter that never restarts. */
function totals(
	selector: VectorSelector,
	sum: Aggregation | undefined,
	grid: StepGrid,
	source: TruthSource
): TruthSeries[] | undefined {
	if (selector.name !== source.names.requests || isShifted(selector)) return undefined;
	return groupsOf(selector.matchers, source.names.requests, sum, source)?.map((group) => ({
		labels: group.labels,
		values: source.truth.totalSeries(group.filter, grid)
	}));
}

/** `histogram_quantile(q, rate(durations_bucket[w]))`, whole or with the rates summed by `le` and more. */
function quantiles(
	[q, input]: readonly Expr[],
	grid: StepGrid,
	source: TruthSource
): TruthSeries[] | undefined {
	// Prometheus answers with an infinity outside these; no request took that long.
	if (q?.kind !== 'number' || !(q.value >= 0 && q.value <= 1) || !input) return undefined;
	const outer = input.kind === 'paren' ? input.expr : input;
	const sum = outer.kind === 'aggregation' ? outer : undefined;
	if (sum && (sum.op !== 'sum' || sum.without || !sum.grouping.includes('le'))) return undefined;
	const call = sum ? sum.expr : outer;
	if (call.kind !== 'call' || !['rate', 'increase'].includes(call.func)) return undefined;
	const metric = `${source.names.durations}_bucket`;
	const selector = rangeOf(call.args[0], metric);
	if (!selector || selector.selector.matchers.some(({ name }) => name === 'le')) return undefined;
	const groups = groupsOf(selector.selector.matchers, metric, sum, source);
	return groups?.map((group) => ({
		labels: group.labels,
		values: source.truth
			.quantileSeries(q.value, group.filter, grid, selector.range)
			.map((milliseconds, i) =>
				isWhole(i, grid, selector.range, source) ? milliseconds / 1000 : NaN
			)
	}));
}

/** Whether the window that ends at a step lies in the life of the world. */
function isWhole(step: number, grid: StepGrid, range: Duration, { start }: TruthSource): boolean {
	return grid.start + step * grid.step - range >= start;
}

function rangeOf(expr: Expr | undefined, metric: string): MatrixSelector | undefined {
	if (expr?.kind !== 'matrix' || expr.selector.name !== metric) return undefined;
	return isShifted(expr.selector) ? undefined : expr;
}

function isShifted(selector: { readonly offset: Duration; readonly at?: unknown }): boolean {
	return selector.offset !== 0 || selector.at !== undefined;
}

interface Group {
	readonly labels: Labels;
	readonly filter: TruthFilter;
}

/** The label sets that come out, each with the requests behind it. Undefined when a label is one that the truth does not know. */
function groupsOf(
	matchers: readonly Matcher[],
	metric: string,
	sum: Aggregation | undefined,
	source: TruthSource
): Group[] | undefined {
	const own = source.labelNamesOf(metric);
	const known = DIMENSIONS.filter((dimension) => own.includes(dimension));
	const conditions = matchers.filter(({ name }) => name !== '__name__');
	if (conditions.some(({ name }) => name !== 'job' && !known.includes(name as TruthDimension))) {
		return undefined;
	}
	if (!conditions.filter(({ name }) => name === 'job').every((m) => matcherTest(m)(source.job))) {
		return [];
	}
	const kept = keptLabels(known, sum);
	if (!kept) return undefined;
	const filter = filterOf(conditions, source.truth);
	return source.truth.combinations(kept.dimensions, filter).map((combination) => {
		const values = Object.entries(combination).map(([name, value]) => [name, String(value)]);
		return {
			labels: labels({ ...(kept.job && { job: source.job }), ...Object.fromEntries(values) }),
			filter: { ...filter, ...combination }
		};
	});
}

function keptLabels(
	known: readonly TruthDimension[],
	sum: Aggregation | undefined
): { readonly dimensions: readonly TruthDimension[]; readonly job: boolean } | undefined {
	if (!sum) return { dimensions: known, job: true };
	const names = sum.grouping.filter((name) => name !== 'le');
	if (names.some((name) => name !== 'job' && !known.includes(name as TruthDimension))) {
		return undefined;
	}
	const isKept = (name: string) => names.includes(name) !== sum.without;
	return { dimensions: known.filter(isKept), job: isKept('job') };
}

/** Conditions are independent of each other, label by label, so a list of allowed values for each says it all. */
function filterOf(conditions: readonly Matcher[], truth: Truth): TruthFilter {
	const handled: TruthFilter = { handled: true };
	const allowed = DIMENSIONS.filter((dimension) =>
		conditions.some(({ name }) => name === dimension)
	).map((dimension) => {
		const tests = conditions.filter(({ name }) => name === dimension).map(matcherTest);
		const values = truth
			.combinations([dimension], handled)
			.map((combination) => combination[dimension])
			.filter((value) => tests.every((test) => test(String(value))));
		return [dimension, values] as const;
	});
	return { ...handled, ...Object.fromEntries(allowed) };
}
