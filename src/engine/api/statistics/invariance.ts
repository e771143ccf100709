import type { Call, Expr } from '#engine/promql';

/** Whether an expression gives the same at every step, because all times in it are fixed (promql/engine.go, preprocessExprHelper). */
export function isInvariant(expr: Expr): boolean {
	switch (expr.kind) {
		case 'number':
		case 'string':
			return true;
		case 'selector':
		case 'subquery':
			return expr.at !== undefined;
		case 'matrix':
			return expr.selector.at !== undefined;
		case 'call':
			return isInvariantCall(expr);
		case 'binary':
			return isInvariant(expr.lhs) && isInvariant(expr.rhs);
		default:
			return isInvariant(expr.expr);
	}
}

/** Whether it is evaluated once for all steps where it stands at the root, in a call or in an operation. */
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
			return isInvariant(expr);
	}
}

function isInvariantCall({ func, args }: Call): boolean {
	const [first] = args;
	if (func === 'timestamp' && first && withoutParens(first).kind === 'selector') {
		return isInvariant(first);
	}
	return !VARIES.has(func) && args.every(isInvariant);
}

/** Functions whose result depends on the step whatever they are given (promql/functions.go, AtModifierUnsafeFunctions). */
const VARIES: ReadonlySet<string> = new Set([
	...['days_in_month', 'day_of_month', 'day_of_week', 'day_of_year', 'hour', 'minute', 'month'],
	...['year', 'predict_linear', 'time', 'timestamp']
]);

/** What parentheses hold. */
export function withoutParens(expr: Expr): Expr {
	return expr.kind === 'paren' ? withoutParens(expr.expr) : expr;
}
