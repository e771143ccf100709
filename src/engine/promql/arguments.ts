import type { Span } from '#engine/model';
import type { Call, Expr, MatrixSelector, Subquery } from './ast.ts';

/** What stands inside any parentheses: they are dropped around arguments, also for the positions of annotations. */
export function withoutParens(expr: Expr): Expr {
	return expr.kind === 'paren' ? withoutParens(expr.expr) : expr;
}

/** Argument i of a call, which the check of types has made sure is there. */
export function argument(call: Call, i: number): Expr {
	const expr = call.args[i];
	if (!expr) throw new Error(`argument ${i} of ${call.func} is missing`);
	return withoutParens(expr);
}

/** The range vector among a call's arguments. */
export function rangeArgument(call: Call): MatrixSelector | Subquery {
	for (const arg of call.args) {
		const inner = withoutParens(arg);
		if (inner.kind === 'matrix' || inner.kind === 'subquery') return inner;
	}
	throw new Error(`no range vector among the arguments of ${call.func}`);
}

/**
 * Where annotations about the range vector of a call point: to its first argument, whichever that is. A subquery has no position
 * any more when Prometheus notes them, so they are said to be about the beginning of the query.
 */
export function rangeSpan(call: Call): Span {
	const first = argument(call, 0);
	return first.kind === 'subquery' ? { from: 0, to: 0 } : first.span;
}

/** A string argument's text. */
export function stringArgument(call: Call, i: number): string {
	const expr = argument(call, i);
	if (expr.kind !== 'string') throw new Error(`argument ${i} of ${call.func} is no string`);
	return expr.value;
}
