import type { BinaryExpr, Expr } from './ast.ts';
import { expressionType } from './check.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { functionTable } from './functions.ts';
import { matchVectors } from './match-vectors.ts';
import { namelessSink, NOTHING_REMOVED, steppingSink } from './names.ts';
import { calculate, compare, intersect, isArithmetic, isComparison } from './operators.ts';
import {
	isTrim,
	mayBeHistogram,
	operateOnHistograms,
	type SampleColumns
} from './operators-histogram.ts';
import { QueryError } from './query-error.ts';
import { combineSets } from './set-operation.ts';
import { createStepNotes, type StepNotes } from './step-notes.ts';

/** Evaluates a binary expression of which at least one side is an instant vector. */
export function binary(expr: BinaryExpr, evaluation: Evaluation, emit: Emit): void {
	if (isScalar(expr.rhs)) withScalar(expr, expr.lhs, expr.rhs, false, evaluation, emit);
	else if (isScalar(expr.lhs)) withScalar(expr, expr.rhs, expr.lhs, true, evaluation, emit);
	else if (expr.op === 'and' || expr.op === 'or' || expr.op === 'unless')
		combineSets(expr, evaluation, emit);
	else matchVectors(expr, evaluation, emit);
}

function isScalar(expr: Expr): boolean {
	return expressionType(expr, functionTable) === 'scalar';
}

/** Evaluates an operator between two scalars; a comparison gives 0 or 1. */
export function binaryScalars(expr: BinaryExpr, evaluation: Evaluation): Float64Array {
	const left = evaluation.scalar(expr.lhs);
	const right = evaluation.scalar(expr.rhs);
	if (isArithmetic(expr.op)) {
		calculate(expr.op, left, right, left);
		return left;
	}
	if (!isComparison(expr.op)) {
		throw new QueryError(`operator "${expr.op}" not allowed for Scalar operations`);
	}
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
	const numbers: SampleColumns = { values: evaluation.scalar(scalar) };
	const holds = new Uint8Array(numbers.values.length);
	const notes = createStepNotes();
	const keepsName = !isArithmetic(expr.op) && !expr.returnBool;
	const sink = (keepsName ? steppingSink : namelessSink)(evaluation, emit);
	evaluation.vector(vector, (series) => {
		const left = scalarIsLeft ? numbers : series;
		const right = scalarIsLeft ? series : numbers;
		const result = mayBeHistogram(expr.op, left, right)
			? keepMixed(expr, left, right, series, holds, notes)
			: keepIfAny(expr, left.values, right.values, series, holds);
		if (result) sink.push(result, NOTHING_REMOVED);
		else evaluation.buffers.giveBack(series);
	});
	notes.addTo(evaluation.scope.annotations, expr.span);
	sink.close();
}

/** Computes a series in place; undefined when a comparison leaves nothing of it. */
function keepIfAny(
	{ op, returnBool }: BinaryExpr,
	left: Float64Array,
	right: Float64Array,
	series: VectorSeries,
	holds: Uint8Array
): VectorSeries | undefined {
	const { values, present } = series;
	if (isArithmetic(op)) {
		calculate(op, left, right, values);
		return series;
	}
	if (!isComparison(op)) throw new Error(`operator ${op} between a vector and a scalar`);
	compare(op, left, right, holds);
	if (!returnBool) return intersect(present, holds) > 0 ? series : undefined;
	values.set(holds);
	return series;
}

/** Computes a series in which there are histograms, or should be. */
function keepMixed(
	expr: BinaryExpr,
	left: SampleColumns,
	right: SampleColumns,
	series: VectorSeries,
	holds: Uint8Array,
	notes: StepNotes
): VectorSeries | undefined {
	const histograms = operateOnHistograms(expr.op, left, right, series.present, holds, notes);
	if (series.present.indexOf(1) < 0) return undefined;
	if (isTrim(expr.op)) return { ...series, histograms };
	// No comparison of a histogram with a scalar has a result, so that all that is left then are floats.
	const result = keepIfAny(expr, left.values, right.values, series, holds);
	return result && { ...result, histograms: isArithmetic(expr.op) ? histograms : undefined };
}
