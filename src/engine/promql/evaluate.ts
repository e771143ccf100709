import { aggregate } from './aggregate.ts';
import type { Call, Expr, UnaryExpr } from './ast.ts';
import { binary, binaryScalars } from './binary.ts';
import type { Emit, Evaluation, QueryScope } from './evaluation.ts';
import type { FunctionEvaluator } from './function-definition.ts';
import { functionTable } from './functions.ts';
import { isStepInvariant } from './invariance.ts';
import { namelessSink } from './names.ts';
import { QueryError } from './query-error.ts';
import { callOverWindows } from './range-vector.ts';
import { selectInstant } from './selector.ts';
import { createStepBuffers } from './step-buffers.ts';
import type { StepGrid } from './value.ts';

/** Begins the evaluation of expressions on a grid of steps. */
export function startEvaluation(scope: QueryScope, grid: StepGrid): Evaluation {
	const evaluation: Evaluation = {
		scope,
		grid,
		buffers: createStepBuffers(grid.count),
		vector: (expr, emit) => evaluateVector(expr, evaluation, emit),
		scalar: (expr) => evaluateScalar(expr, evaluation),
		over: (other) => startEvaluation(scope, other)
	};
	return evaluation;
}

function evaluateVector(expr: Expr, evaluation: Evaluation, emit: Emit): void {
	if (evaluation.grid.count > 1 && isStepInvariant(expr)) {
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
			return evaluateVector(expr.expr, evaluation, emit);
		default:
			throw new Error(`not an instant vector: ${expr.kind}`);
	}
}

/** Evaluates what is the same at every step once, and copies it to all of them. */
function repeatFirstStep(expr: Expr, evaluation: Evaluation, emit: Emit): void {
	const { grid, scope, buffers } = evaluation;
	evaluation.over({ ...grid, count: 1 }).vector(expr, ({ labels, values, dropName }) => {
		scope.budget.take(grid.count - 1);
		const repeated = buffers.take();
		repeated.values.fill(values[0] as number);
		repeated.present.fill(1);
		emit({ labels, values: repeated.values, present: repeated.present, dropName });
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
	if (!evaluator) throw new QueryError(`function ${func}() is not available here yet`);
	return evaluator;
}

function applySign({ op, expr }: UnaryExpr, evaluation: Evaluation, emit: Emit): void {
	if (op === '+') {
		evaluation.vector(expr, emit);
		return;
	}
	const sink = namelessSink(evaluation, emit);
	evaluation.vector(expr, (series) => {
		negate(series.values);
		sink.push(series);
	});
	sink.close();
}

function negate(values: Float64Array): void {
	for (let i = 0; i < values.length; i++) values[i] = -(values[i] as number);
}

function evaluateScalar(expr: Expr, evaluation: Evaluation): Float64Array {
	switch (expr.kind) {
		case 'number':
			return new Float64Array(evaluation.grid.count).fill(expr.value);
		case 'paren':
			return evaluateScalar(expr.expr, evaluation);
		case 'unary': {
			const values = evaluateScalar(expr.expr, evaluation);
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
