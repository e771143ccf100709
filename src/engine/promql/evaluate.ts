import { multiplyHistogram, type FloatHistogram } from '#engine/model';
import { aggregate } from './aggregate.ts';
import type { Call, Expr, UnaryExpr } from './ast.ts';
import { binary, binaryScalars } from './binary.ts';
import { inErrorOrder } from './error-order.ts';
import { heldPoints } from './held-points.ts';
import { isInstant, type Emit, type Evaluation, type QueryScope } from './evaluation.ts';
import type { FunctionEvaluator } from './function-definition.ts';
import { functionTable } from './functions.ts';
import { isStepInvariant } from './invariance.ts';
import { merge, METADATA_REMOVAL, namelessSink } from './names.ts';
import { callOverWindows } from './range-vector.ts';
import { selectInstant } from './selector.ts';
import type { Machine } from './simd/machine.ts';
import { createStepBuffers } from './step-buffers.ts';
import type { StepGrid } from './value.ts';

/** Begins the evaluation of expressions on a grid of steps. */
export function startEvaluation(scope: QueryScope, grid: StepGrid, lender?: Machine): Evaluation {
	const { probe, machine } = scope;
	const vector: Evaluation['vector'] = scope.findsFirstError
		? inErrorOrder(evaluateVector, () => evaluation)
		: (expr, emit) => evaluateVector(expr, evaluation, emit);
	const scalar: Evaluation['scalar'] = (expr) => evaluateScalar(expr, evaluation);
	const evaluation: Evaluation = {
		scope,
		grid,
		buffers: createStepBuffers(grid.count, lender),
		vector: probe
			? (expr, emit) => probe.vector(expr, grid, emit, (watched) => vector(expr, watched))
			: vector,
		scalar: probe ? (expr) => probe.scalar(expr, grid, () => scalar(expr)) : scalar,
		over: (other) => startEvaluation(scope, other),
		// What a probe looks at later must not lie where the next query writes.
		folding: () =>
			probe || lender || !machine ? evaluation : startEvaluation(scope, grid, machine)
	};
	return evaluation;
}

function evaluateVector(expr: Expr, evaluation: Evaluation, emit: Emit): void {
	if (!isInstant(evaluation.grid) && isStepInvariant(expr)) {
		repeatFirstStep(expr, evaluation, emit);
		return;
	}
	switch (expr.kind) {
		case 'selector':
			return selectInstant(expr, evaluation, emit);
		case 'call':
			return callVector(expr, evaluation, emit);
		case 'aggregation':
			return aggregate(expr, evaluation, emit);
		case 'binary':
			return binary(expr, evaluation, emit);
		case 'unary':
			return applySign(expr, evaluation, emit);
		case 'paren':
			return evaluation.vector(expr.expr, emit);
		default:
			throw new Error(`not an instant vector: ${expr.kind}`);
	}
}

/** Evaluates what is the same at every step once, and copies it to all of them. */
function repeatFirstStep(expr: Expr, evaluation: Evaluation, emit: Emit): void {
	const { grid, scope, buffers } = evaluation;
	const { start, step, count } = grid;
	evaluation.over({ start, step, count: 1 }).vector(expr, (single) => {
		const { labels, dropName } = single;
		const histogram = single.histograms?.[0];
		scope.budget.take((count - 1) * heldPoints(1, single.histograms));
		const { values, present } = buffers.take();
		values.fill(single.values[0] as number);
		present.fill(1);
		const histograms = histogram && new Array<FloatHistogram>(count).fill(histogram);
		emit({ labels, values, present, histograms, dropName });
	});
}

function callVector(call: Call, evaluation: Evaluation, emit: Emit): void {
	const evaluator = evaluatorOf(call);
	if (evaluator.kind === 'window') {
		callOverWindows(call, evaluation, emit, evaluator.run, evaluator);
	} else if (evaluator.kind === 'vector') {
		evaluator.run(call, evaluation, emit);
	} else {
		throw new Error(`not an instant vector: ${call.func}()`);
	}
}

function evaluatorOf({ func }: Call): FunctionEvaluator {
	const evaluator = functionTable.get(func)?.evaluate;
	if (!evaluator) throw new Error(`no function ${func}() in the table`);
	return evaluator;
}

function applySign({ op, expr }: UnaryExpr, evaluation: Evaluation, emit: Emit): void {
	if (op === '+') {
		evaluation.vector(expr, emit);
		return;
	}
	const sink = namelessSink(evaluation, emit, METADATA_REMOVAL, merge);
	evaluation.vector(expr, (series) => {
		negate(series.values);
		const histograms = series.histograms?.map((known) => known && multiplyHistogram(known, -1));
		sink.push(histograms ? { ...series, histograms } : series);
	});
	sink.close();
}

function negate(values: Float64Array): void {
	for (let i = 0; i < values.length; i++) values[i] = -(values[i] as number);
}

function evaluateScalar(expr: Expr, evaluation: Evaluation): Float64Array {
	const { grid } = evaluation;
	const { start, step } = grid;
	if (!isInstant(grid) && expr.kind !== 'number' && isStepInvariant(expr)) {
		const [value] = evaluation.over({ start, step, count: 1 }).scalar(expr);
		return new Float64Array(grid.count).fill(value as number);
	}
	switch (expr.kind) {
		case 'number':
			return new Float64Array(grid.count).fill(expr.value);
		case 'paren':
			return evaluation.scalar(expr.expr);
		case 'unary': {
			const values = evaluation.scalar(expr.expr);
			if (expr.op === '-') negate(values);
			return values;
		}
		case 'binary':
			return binaryScalars(expr, evaluation);
		case 'call': {
			const evaluator = evaluatorOf(expr);
			if (evaluator.kind === 'scalar') return evaluator.run(expr, evaluation);
			throw new Error(`not a scalar: ${expr.func}()`);
		}
		default:
			throw new Error(`not a scalar: ${expr.kind}`);
	}
}
