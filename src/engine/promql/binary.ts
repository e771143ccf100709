import type { BinaryExpr, Expr } from './ast.ts';
import { expressionType } from './check.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { functionTable } from './functions.ts';
import { matchVectors } from './match-vectors.ts';
import { joiningSink, namelessSink } from './names.ts';
import { calculate, compare, intersect, isArithmetic, isComparison } from './operators.ts';
import { QueryError } from './query-error.ts';
import { combineSets } from './set-operation.ts';
import { countPresent } from './step-buffers.ts';

/** Evaluates a binary expression of which at least one side is an instant vector. */
export function binary(expr: BinaryExpr, evaluation: Evaluation, emit: Emit): void {
	refuseTrim(expr);
	if (isScalar(expr.rhs)) withScalar(expr, expr.lhs, expr.rhs, false, evaluation, emit);
	else if (isScalar(expr.lhs)) withScalar(expr, expr.rhs, expr.lhs, true, evaluation, emit);
	else if (expr.op === 'and' || expr.op === 'or' || expr.op === 'unless')
		combineSets(expr, evaluation, emit);
	else matchVectors(expr, evaluation, emit);
}

function isScalar(expr: Expr): boolean {
	return expressionType(expr, functionTable) === 'scalar';
}

function refuseTrim({ op }: BinaryExpr): void {
	if (op === '</' || op === '>/') throw new QueryError(`operator ${op} is not available here yet`);
}

/** Evaluates an operator between two scalars; a comparison gives 0 or 1. */
export function binaryScalars(expr: BinaryExpr, evaluation: Evaluation): Float64Array {
	const left = evaluation.scalar(expr.lhs);
	const right = evaluation.scalar(expr.rhs);
	if (isArithmetic(expr.op)) {
		calculate(expr.op, left, right, left);
		return left;
	}
	if (!isComparison(expr.op)) throw new Error(`operator ${expr.op} between scalars`);
	const holds = new Uint8Array(left.length);
	compare(expr.op, left, right, holds);
	return Float64Array.from(holds);
}

/**
 * Applies a scalar to each series. A comparison keeps the vector's values, and its names unless it is `bool`
 * (promql/engine.go, VectorscalarBinop).
 */
function withScalar(
	expr: BinaryExpr,
	vector: Expr,
	scalar: Expr,
	scalarIsLeft: boolean,
	evaluation: Evaluation,
	emit: Emit
): void {
	const numbers = evaluation.scalar(scalar);
	const holds = new Uint8Array(numbers.length);
	const keepsName = !isArithmetic(expr.op) && !expr.returnBool;
	const sink = (keepsName ? joiningSink : namelessSink)(evaluation, emit);
	evaluation.vector(vector, (series) => {
		const { values, present } = series;
		const left = scalarIsLeft ? numbers : values;
		const right = scalarIsLeft ? values : numbers;
		if (keepIfAny(expr, left, right, series, holds)) sink.push(series);
		else evaluation.buffers.giveBack({ values, present });
	});
	sink.close();
}

/** Computes a series in place; false when a comparison leaves nothing of it. */
function keepIfAny(
	{ op, returnBool }: BinaryExpr,
	left: Float64Array,
	right: Float64Array,
	{ values, present }: VectorSeries,
	holds: Uint8Array
): boolean {
	if (isArithmetic(op)) {
		calculate(op, left, right, values);
		return true;
	}
	if (!isComparison(op)) throw new Error(`operator ${op} between a vector and a scalar`);
	compare(op, left, right, holds);
	if (!returnBool) return intersect(present, holds) > 0;
	values.set(holds);
	return countPresent(present) > 0;
}
