import type { Timestamp } from '#engine/model';
import { parse, print, type Expr, type VectorSelector } from '#engine/promql';
import { ALL_FEATURES } from '#engine/promql';

/** Functions whose result depends on when they are evaluated, even if what they read is fixed (promql/functions.go). */
const DEPENDS_ON_TIME: ReadonlySet<string> = new Set([
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
	'timestamp',
	'start',
	'end',
	'range',
	'step'
]);

/**
 * The query with `@ at` on every selector and subquery that has no moment of its own; it must then give the same whenever it
 * is evaluated. Undefined when that cannot be said of it. What is inside a subquery is evaluated at its steps, so it stays.
 */
export function pinTime(query: string, at: Timestamp): string | undefined {
	const parsed = parse(query, ALL_FEATURES);
	if (!parsed.ok || dependsOnTime(parsed.expr)) return undefined;
	return print(pin(parsed.expr, at));
}

function dependsOnTime(expr: Expr): boolean {
	switch (expr.kind) {
		case 'call':
			return DEPENDS_ON_TIME.has(expr.func) || expr.args.some(dependsOnTime);
		case 'aggregation':
			return dependsOnTime(expr.expr) || (expr.param !== undefined && dependsOnTime(expr.param));
		case 'binary':
			return dependsOnTime(expr.lhs) || dependsOnTime(expr.rhs);
		case 'unary':
		case 'paren':
			return dependsOnTime(expr.expr);
		default:
			return false;
	}
}

function pin(expr: Expr, at: Timestamp): Expr {
	switch (expr.kind) {
		case 'number':
		case 'string':
			return expr;
		case 'selector':
			return pinSelector(expr, at);
		case 'matrix':
			return { ...expr, selector: pinSelector(expr.selector, at) };
		case 'subquery':
			return typeof expr.at === 'number' ? expr : { ...expr, at };
		case 'call':
			return { ...expr, args: expr.args.map((arg) => pin(arg, at)) };
		case 'aggregation':
			return {
				...expr,
				expr: pin(expr.expr, at),
				...(expr.param ? { param: pin(expr.param, at) } : {})
			};
		case 'binary':
			return { ...expr, lhs: pin(expr.lhs, at), rhs: pin(expr.rhs, at) };
		case 'unary':
		case 'paren':
			return { ...expr, expr: pin(expr.expr, at) };
	}
}

function pinSelector(selector: VectorSelector, at: Timestamp): VectorSelector {
	return typeof selector.at === 'number' ? selector : { ...selector, at };
}
