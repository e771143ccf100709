import type { Expr, QueryRange, TimeShift } from '#engine/promql';

/**
 * The expression with the bounds of its query written into it, and no duration left to be computed, so that a part of it means the same on
 * any other grid.
 */
export function fixed(expr: Expr, query: QueryRange): Expr {
	switch (expr.kind) {
		case 'number':
		case 'string':
			return expr;
		case 'selector':
			return { ...expr, ...fixedShift(expr, query) };
		case 'matrix': {
			const selector = { ...expr.selector, ...fixedShift(expr.selector, query) };
			return { ...expr, selector, rangeExpr: undefined };
		}
		case 'subquery': {
			const inner = fixed(expr.expr, query);
			const shift = fixedShift(expr, query);
			return { ...expr, ...shift, expr: inner, rangeExpr: undefined, stepExpr: undefined };
		}
		case 'call': {
			const value = expr.args.length === 0 ? BOUNDS[expr.func]?.(query) : undefined;
			if (value !== undefined) {
				return { kind: 'number', span: expr.span, value: value / 1000, isDuration: false };
			}
			return { ...expr, args: expr.args.map((arg) => fixed(arg, query)) };
		}
		case 'binary':
			return { ...expr, lhs: fixed(expr.lhs, query), rhs: fixed(expr.rhs, query) };
		case 'aggregation': {
			const param = expr.param && fixed(expr.param, query);
			return { ...expr, expr: fixed(expr.expr, query), ...(param && { param }) };
		}
		case 'unary':
		case 'paren':
			return { ...expr, expr: fixed(expr.expr, query) };
	}
}

/** Functions that tell of the query (promql/engine.go, foldQueryContextFunctions), ms. */
const BOUNDS: Readonly<Record<string, (query: QueryRange) => number>> = {
	start: ({ start }) => start,
	end: ({ end }) => end,
	range: ({ start, end }) => end - start,
	step: ({ step }) => step
};

function fixedShift({ at, offset }: TimeShift, { start, end }: QueryRange): TimeShift {
	const moment = at === 'start' ? start : at === 'end' ? end : at;
	return { offset, offsetExpr: undefined, ...(moment !== undefined && { at: moment }) };
}
