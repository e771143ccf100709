import type { Call, Expr } from './ast.ts';
import { withoutParens } from './arguments.ts';

/**
 * Whether an expression gives the same at every step, because everything in it is fixed by `@`: it is then evaluated once
 * (promql/engine.go, PreprocessExpr). An aggregation's parameter is not looked at, as in Prometheus.
 */
export function isStepInvariant(expr: Expr): boolean {
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
			return isStepInvariant(expr.lhs) && isStepInvariant(expr.rhs);
		case 'aggregation':
		case 'unary':
		case 'paren':
			return isStepInvariant(expr.expr);
	}
}

function isInvariantCall({ func, args }: Call): boolean {
	const [first] = args;
	if (func === 'timestamp' && first && withoutParens(first).kind === 'selector') {
		return isStepInvariant(first);
	}
	return !DEPENDS_ON_STEP.has(func) && args.every(isStepInvariant);
}

/** Functions whose result varies with the time of evaluation whatever their arguments are. */
const DEPENDS_ON_STEP: ReadonlySet<string> = new Set([
	'days_in_month',
	'day_of_month',
	'day_of_week',
	'day_of_year',
	'hour',
	'minute',
	'month',
	'year',
	'predict_linear',
	'time',
	'timestamp'
]);
