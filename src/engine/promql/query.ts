import {
	MINUTE,
	NO_LABELS,
	compareLabels,
	labelsKey,
	type Duration,
	type Labels,
	type Querier,
	type Timestamp
} from '#engine/model';
import { createAnnotationLog } from './annotations.ts';
import type { Expr } from './ast.ts';
import { bucketlessSelectors } from './bucketless.ts';
import { expressionType } from './check.ts';
import { startEvaluation } from './evaluate.ts';
import {
	gridUntil,
	type Emit,
	type Evaluation,
	type QueryScope,
	type VectorSeries
} from './evaluation.ts';
import { NO_FEATURES, type Features } from './features.ts';
import { functionTable } from './functions.ts';
import { EqualSeries, merge, withoutMetricName } from './names.ts';
import { isOrdered } from './order.ts';
import { parse } from './parse.ts';
import type { Probe } from './probe.ts';
import { formatParseError } from './parse-error.ts';
import { isStackOverflow, QueryError, TOO_DEEP } from './query-error.ts';
import { rangeProblem, type QueryRange } from './query-range.ts';
import { rangeSamples } from './range-samples.ts';
import { resolveDurations } from './resolve-durations.ts';
import { createSampleBudget, DEFAULT_MAX_SAMPLES, TOO_MANY_SAMPLES } from './sample-budget.ts';
import { borrowMachine, returnMachine, type Machine } from './simd/machine.ts';
import type {
	InstantResult,
	QueryOutcome,
	RangeResult,
	StepGrid,
	StepSeries,
	VectorSample
} from './value.ts';

/** What can be set for one query. */
export interface QueryOptions {
	/** How far back an instant vector selector looks for a sample; 5 minutes unless set. */
	readonly lookback?: Duration;
	/** The step of subqueries that name none; 1 minute unless set. */
	readonly defaultSubqueryStep?: Duration;
	/** How many samples the query may hold at once; 50 million unless set. */
	readonly maxSamples?: number;
	/** Experimental parts of the language; off unless set, as in Prometheus. */
	readonly features?: Features;
	/** Asked between series: a reason to stop the evaluation now, such as a deadline that has passed. */
	readonly interrupt?: () => 'timeout' | 'canceled' | undefined;
}

/** Evaluates a query at one moment. What is wrong with it comes back in the outcome; nothing is thrown. */
export function query(
	querier: Querier,
	text: string,
	time: Timestamp,
	options: QueryOptions = {}
): QueryOutcome<InstantResult> {
	const range = { start: time, end: time, step: 0 };
	return runQuery(querier, text, range, options, instantResult);
}

/** Evaluates a query of type scalar or instant vector over a range of time. Nothing is thrown. */
export function queryRange(
	querier: Querier,
	text: string,
	range: QueryRange,
	options: QueryOptions = {}
): QueryOutcome<RangeResult> {
	return runQuery(querier, text, range, options, stepsResult);
}

/** The result of a range query. Throws a QueryError when its type is none for it. */
export function stepsResult(expr: Expr, evaluation: Evaluation): RangeResult {
	const type = expressionType(expr, functionTable);
	if (type === 'scalar' || type === 'vector') return rangeResult(expr, type, evaluation);
	throw new QueryError(
		`invalid expression type "${TYPE_NAMES[type]}" for range query, must be Scalar or instant Vector`,
		'bad_data'
	);
}

const TYPE_NAMES = { matrix: 'range vector', string: 'string' } as const;

/** Options of a query that is looked into: a probe is made for each attempt at it. */
export interface WatchedOptions extends QueryOptions {
	readonly probe?: () => Probe;
}

/**
 * The one place that catches. An EqualSeries starts the query again; so does a QueryError, once, to see whether Prometheus would
 * have come to another one first; then it ends the query.
 */
export function runQuery<Result>(
	querier: Querier,
	text: string,
	range: QueryRange,
	options: WatchedOptions,
	evaluate: (expr: Expr, evaluation: Evaluation) => Result
): QueryOutcome<Result> {
	const problem = rangeProblem(range);
	if (problem) return { ok: false, errorType: 'bad_data', message: problem };
	const parsed = parse(text, options.features);
	if (!parsed.ok) {
		const [error] = parsed.errors;
		const message = error ? formatParseError(text, error) : 'parse error';
		return { ok: false, errorType: 'bad_data', message };
	}
	const attempt = (care: Care): QueryOutcome<Result> => {
		const machine = borrowMachine();
		try {
			const expr = resolveDurations(parsed.expr, range, text);
			const scope = queryScope(querier, range, options, care, bucketlessSelectors(expr), machine);
			const result = evaluate(expr, startEvaluation(scope, stepGrid(range)));
			return { ok: true, result, annotations: scope.annotations.list(text) };
		} catch (error) {
			const more = moreCareAfter(error, care);
			if (more) return attempt(more);
			if (isStackOverflow(error)) return { ok: false, errorType: 'execution', message: TOO_DEEP };
			if (!(error instanceof QueryError)) throw error;
			return { ok: false, errorType: error.errorType, message: error.message };
		} finally {
			returnMachine(machine);
		}
	};
	return attempt({ joinsEqualSeries: false, findsFirstError: false });
}

/** What an attempt at a query takes trouble with; hardly any query needs any of it. */
type Care = Required<Pick<QueryScope, 'joinsEqualSeries' | 'findsFirstError'>>;

/** With which more care to try again, if that is of use. */
function moreCareAfter(error: unknown, care: Care): Care | undefined {
	if (error instanceof EqualSeries) return { ...care, joinsEqualSeries: true };
	if (!(error instanceof QueryError) || care.findsFirstError) return undefined;
	if (error.errorType !== 'execution' || error.message === TOO_MANY_SAMPLES) return undefined;
	return { joinsEqualSeries: true, findsFirstError: true };
}

function queryScope(
	querier: Querier,
	{ start, end, step }: QueryRange,
	options: WatchedOptions,
	{ joinsEqualSeries, findsFirstError }: Care,
	bucketless: QueryScope['bucketless'],
	machine: Machine | undefined
): QueryScope {
	return {
		querier,
		start,
		end,
		step: start === end ? 0 : step,
		lookback: options.lookback ?? 5 * MINUTE,
		defaultSubqueryStep: options.defaultSubqueryStep ?? MINUTE,
		features: options.features ?? NO_FEATURES,
		joinsEqualSeries,
		findsFirstError,
		bucketless,
		machine,
		annotations: createAnnotationLog(),
		budget: createSampleBudget(options.maxSamples ?? DEFAULT_MAX_SAMPLES, options.interrupt),
		probe: options.probe?.()
	};
}

/** An instant query is a range of one step; its step only has to be something to multiply with. */
function stepGrid({ start, end, step }: QueryRange): StepGrid {
	if (start === end) return { start, step: step || 1, count: 1 };
	const count = Math.floor((end - start) / step) + 1;
	return gridUntil(end, { start, step, count });
}

/** The result of an instant query. */
export function instantResult(expr: Expr, evaluation: Evaluation): InstantResult {
	const time = evaluation.grid.start;
	switch (expressionType(expr, functionTable)) {
		case 'string':
			return { type: 'string', time, value: stringValue(expr) };
		case 'scalar':
			return { type: 'scalar', time, value: evaluation.scalar(expr)[0] as number };
		case 'matrix':
			return { type: 'matrix', series: rangeSamples(expr, evaluation) };
		case 'vector': {
			const samples = vectorSamples(expr, evaluation);
			return { type: 'vector', time, samples: isOrdered(expr) ? samples : sortByLabels(samples) };
		}
	}
}

function vectorSamples(expr: Expr, evaluation: Evaluation): VectorSample[] {
	const samples: VectorSample[] = [];
	collectVector(expr, evaluation, (series) => {
		const { labels, values, histograms } = series;
		samples.push({ labels, value: values[0] as number, histogram: histograms?.[0] });
		evaluation.buffers.giveBack(series);
	});
	return samples;
}

/** Sorts in place; what comes from a selector is sorted already. */
function sortByLabels<Item extends { readonly labels: Labels }>(items: Item[]): Item[] {
	for (let i = 1; i < items.length; i++) {
		if (compareItems(items[i - 1] as Item, items[i] as Item) > 0) return items.sort(compareItems);
	}
	return items;
}

function compareItems(a: { readonly labels: Labels }, b: { readonly labels: Labels }): number {
	return compareLabels(a.labels, b.labels);
}

function stringValue(expr: Expr): string {
	if (expr.kind === 'paren') return stringValue(expr.expr);
	if (expr.kind !== 'string') throw new Error(`not a string: ${expr.kind}`);
	return expr.value;
}

function rangeResult(expr: Expr, type: 'scalar' | 'vector', evaluation: Evaluation): RangeResult {
	const { start, step, count } = evaluation.grid;
	const grid: StepGrid = { start, step, count };
	if (count <= 0) return { type: 'matrix', grid: { ...grid, count: 0 }, series: [] };
	if (type === 'scalar') {
		const values = evaluation.scalar(expr);
		const present = new Uint8Array(count).fill(1);
		return { type: 'matrix', grid, series: [{ labels: NO_LABELS, values, present }] };
	}
	const series: StepSeries[] = [];
	collectVector(expr, evaluation, ({ labels, values, present, histograms }) =>
		series.push({ labels, values, present, histograms })
	);
	const { machine } = evaluation.scope;
	const kept = machine ? keep(series, machine, count) : series;
	return { type: 'matrix', grid, series: sortByLabels(kept) };
}

/** Series with columns that stay as they are when the query has ended. */
function keep(series: StepSeries[], machine: Machine, count: number): StepSeries[] {
	const lent = series.filter(({ values }) => machine.holds(values)).length;
	if (lent === 0) return series;
	const room = new Float64Array(lent * count);
	let used = 0;
	return series.map((one) => {
		if (!machine.holds(one.values)) return one;
		const values = room.subarray(used, (used += count));
		values.set(one.values);
		const present = machine.holds(one.present) ? one.present.slice() : one.present;
		return { ...one, values, present };
	});
}

/** All series of a vector. Names whose removal was put off are removed now, and what becomes equal by it is joined. */
function collectVector(expr: Expr, evaluation: Evaluation, emit: Emit): void {
	if (!evaluation.scope.features.delayedNameRemoval) {
		evaluation.vector(expr, emit);
		return;
	}
	const byLabels = new Map<string, VectorSeries>();
	evaluation.vector(expr, (series) => {
		const labels = series.dropName ? withoutMetricName(series.labels) : series.labels;
		const key = labelsKey(labels);
		const known = byLabels.get(key);
		byLabels.set(key, known ? merge(known, series) : { ...series, labels });
	});
	byLabels.forEach(emit);
}
