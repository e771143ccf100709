import { isStepInvariant, type Expr } from '#engine/promql';

/**
 * Whether an expression is evaluated once for all steps where it stands at the root, in a call or in an operation (promql/engine.go,
 * preprocessExprHelper): literals and range vectors are not worth it.
 */
export function isEvaluatedOnce(expr: Expr): boolean {
	switch (expr.kind) {
		case 'number':
		case 'string':
		case 'matrix':
			return false;
		case 'aggregation':
		case 'unary':
		case 'paren':
			return isEvaluatedOnce(expr.expr);
		default:
			return isStepInvariant(expr);
	}
}
