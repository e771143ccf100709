import { rangeArgument, withoutParens } from './arguments.ts';
import type { Expr } from './ast.ts';
import { expressionType } from './check.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { functionTable } from './functions.ts';
import { forEachWindowed, rangeShape } from './range-vector.ts';

type EvaluateVector = (expr: Expr, evaluation: Evaluation, emit: Emit) => void;

/**
 * Evaluates vectors so that of several errors the one is thrown that Prometheus comes to first. It evaluates every operand of
 * a node whole, from left to right, before the node itself; here series stream through nodes, so that an outer one may fail
 * before an inner one has seen all of them. This is slow, and only done with queries that are known to fail.
 */
export function inErrorOrder(
	evaluate: EvaluateVector,
	evaluationOf: () => Evaluation
): Evaluation['vector'] {
	const sound = new Set<Expr>();
	return (expr, emit) => {
		const evaluation = evaluationOf();
		for (const operand of operandsInOrder(expr)) {
			if (sound.has(operand)) continue;
			evaluateForErrors(operand, evaluation);
			sound.add(operand);
		}
		const held: VectorSeries[] = [];
		evaluate(expr, evaluation, (series) => held.push(series));
		held.forEach(emit);
	};
}

/** The operands of a node whose evaluation here does not begin with them in the order of Prometheus. */
function operandsInOrder(expr: Expr): readonly Expr[] {
	switch (expr.kind) {
		case 'binary':
			return [expr.lhs, expr.rhs];
		case 'aggregation':
			return expr.op !== 'count_values' && expr.param ? [expr.param, expr.expr] : [];
		case 'call': {
			const evaluate = functionTable.get(expr.func)?.evaluate;
			if (CHECKS_STRINGS_FIRST.has(expr.func)) return [];
			if (evaluate?.kind !== 'window') return expr.args;
			const range = rangeArgument(expr);
			return [range, ...expr.args.filter((arg) => withoutParens(arg) !== range)];
		}
		default:
			return [];
	}
}

/** Functions that look at their string arguments before they evaluate the vector, or whose second one is no operand. */
const CHECKS_STRINGS_FIRST: ReadonlySet<string> = new Set(['label_replace', 'label_join', 'info']);

function evaluateForErrors(operand: Expr, evaluation: Evaluation): void {
	const expr = withoutParens(operand);
	switch (expressionType(expr, functionTable)) {
		case 'vector':
			return evaluation.vector(expr, (series) => evaluation.buffers.giveBack(series));
		case 'scalar':
			evaluation.scalar(expr);
			return;
		case 'matrix':
			if (expr.kind !== 'subquery') return;
			return forEachWindowed(expr, evaluation, rangeShape(expr, evaluation), () => {});
		case 'string':
	}
}
