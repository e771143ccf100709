import { utf8Length, type Duration, type Timestamp } from '#engine/model';
import type { DurationExpr, Expr, MatrixSelector, Subquery, TimeShift } from './ast.ts';
import { computeDuration, DurationError, type QueryProperties } from './duration-value.ts';
import { QueryError } from './query-error.ts';

/**
 * The tree with every computed duration in place, once the bounds of the query are known (promql/durations.go); `text` is
 * the query, for the positions in errors. A tree without computed durations comes back as it is. Throws a QueryError with
 * `from:to: reason`, counted in bytes from 0, where a duration is none.
 */
export function resolveDurations(
	expr: Expr,
	query: { readonly start: Timestamp; readonly end: Timestamp; readonly step: Duration },
	text: string
): Expr {
	try {
		return resolve(expr, { step: query.step / 1000, range: (query.end - query.start) / 1000 });
	} catch (error) {
		if (!(error instanceof DurationError)) throw error;
		const bytesTo = (offset: number) => utf8Length(text.slice(0, offset));
		const { from, to } = error.span;
		throw new QueryError(`${bytesTo(from)}:${bytesTo(to)}: ${error.message}`, 'bad_data');
	}
}

/** Parents before children, as Prometheus walks: which error comes first depends on it. */
function resolve(expr: Expr, query: QueryProperties): Expr {
	switch (expr.kind) {
		case 'number':
		case 'string':
			return expr;
		case 'selector':
			return resolveShift(expr, query);
		case 'matrix':
			return resolveMatrix(expr, query);
		case 'subquery':
			return resolveSubquery(expr, query);
		case 'call': {
			const args = resolveAll(expr.args, query);
			return args === expr.args ? expr : { ...expr, args };
		}
		case 'binary': {
			const lhs = resolve(expr.lhs, query);
			const rhs = resolve(expr.rhs, query);
			return lhs === expr.lhs && rhs === expr.rhs ? expr : { ...expr, lhs, rhs };
		}
		case 'aggregation': {
			const inner = resolve(expr.expr, query);
			const param = expr.param && resolve(expr.param, query);
			if (inner === expr.expr && param === expr.param) return expr;
			return { ...expr, expr: inner, ...(param && { param }) };
		}
		case 'unary':
		case 'paren': {
			const inner = resolve(expr.expr, query);
			return inner === expr.expr ? expr : { ...expr, expr: inner };
		}
	}
}

function resolveAll(exprs: readonly Expr[], query: QueryProperties): readonly Expr[] {
	let resolved: Expr[] | undefined;
	exprs.forEach((expr, i) => {
		const result = resolve(expr, query);
		if (result !== expr) (resolved ??= exprs.slice())[i] = result;
	});
	return resolved ?? exprs;
}

function resolveShift<Shifted extends TimeShift>(expr: Shifted, query: QueryProperties): Shifted {
	if (!expr.offsetExpr) return expr;
	return { ...expr, offset: computeDuration(expr.offsetExpr, query, true) };
}

function resolveMatrix(expr: MatrixSelector, query: QueryProperties): MatrixSelector {
	const range = resolvePositive(expr.rangeExpr, expr.range, query);
	const selector = resolveShift(expr.selector, query);
	if (range === expr.range && selector === expr.selector) return expr;
	return { ...expr, range, selector };
}

function resolveSubquery(written: Subquery, query: QueryProperties): Subquery {
	const expr = resolveShift(written, query);
	const step = resolvePositive(expr.stepExpr, 0, query) || expr.step;
	const range = resolvePositive(expr.rangeExpr, expr.range, query);
	const inner = resolve(expr.expr, query);
	if (step === expr.step && range === expr.range && inner === expr.expr) return expr;
	return { ...expr, range, expr: inner, ...(step && { step }) };
}

function resolvePositive(
	expr: DurationExpr | undefined,
	otherwise: Duration,
	query: QueryProperties
): Duration {
	return expr ? computeDuration(expr, query, false) : otherwise;
}
