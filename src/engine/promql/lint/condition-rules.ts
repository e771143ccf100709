import { withoutParens } from '../arguments.ts';
import type { Aggregation, BinaryExpr, Expr } from '../ast.ts';
import { isVector, replace, selectorsIn, sourceOf, type Rule } from './place.ts';

/** A comparison that is to hold for 0: `== 0`, `< 1`, `<= 0`. */
function asksForZero({ op, rhs, returnBool }: BinaryExpr): boolean {
	const limit = withoutParens(rhs);
	if (returnBool || limit.kind !== 'number') return false;
	if (op === '==' || op === '<=') return limit.value === 0;
	return op === '<' && limit.value > 0 && limit.value <= 1;
}

function comparedAggregation(expr: Expr): Aggregation | undefined {
	if (expr.kind !== 'binary' || !asksForZero(expr)) return undefined;
	const left = withoutParens(expr.lhs);
	return left.kind === 'aggregation' ? left : undefined;
}

/** An empty vector has no count, not a count of 0. */
export const countIsNeverZero: Rule = ({ expr, query }) => {
	const compared = comparedAggregation(expr);
	if (!compared || !/^(count|group)$/.test(compared.op)) return undefined;
	return {
		rule: 'count-is-never-zero',
		level: 'warning',
		span: expr.span,
		message: `When there is nothing to count, ${compared.op}() gives nothing instead of 0, so this is never true. absent() gives 1 when its argument is empty.`,
		fix: {
			title: 'Use absent()',
			edits: [replace(expr, `absent(${sourceOf(withoutParens(compared.expr), query)})`)]
		}
	};
};

/** A sum of series that do not exist is nothing, and nothing is not 0. */
export const zeroThatIsAbsent: Rule = ({ expr, query }) => {
	const compared = comparedAggregation(expr);
	if (!compared || compared.op !== 'sum' || compared.grouping.length > 0) return undefined;
	if (providesDefault(compared.expr) || selectorsIn(compared).length === 0) return undefined;
	return {
		rule: 'zero-that-is-absent',
		level: 'info',
		span: expr.span,
		message:
			'While none of these series exists yet, or when they have gone, the sum is not 0 but nothing, and nothing passes no comparison. Say what a missing sum means.',
		fix: {
			title: 'Count nothing as 0',
			edits: [replace((expr as BinaryExpr).lhs, `(${sourceOf(compared, query)} or vector(0))`)]
		}
	};
};

function providesDefault(expr: Expr): boolean {
	const inner = withoutParens(expr);
	return inner.kind === 'binary' && inner.op === 'or';
}

/** A filter before an average leaves only those that pass it. */
export const averageOfFiltered: Rule = ({ expr, query }) => {
	if (expr.kind !== 'aggregation' || expr.op !== 'avg') return undefined;
	const filter = withoutParens(expr.expr);
	if (filter.kind !== 'binary' || filter.returnBool || !/^([<>]=?|[=!]=)$/.test(filter.op)) {
		return undefined;
	}
	if (isVector(filter.lhs) === isVector(filter.rhs)) return undefined;
	const operator = query.slice(filter.opSpan.from, filter.opSpan.to);
	return {
		rule: 'average-of-filtered',
		level: 'info',
		span: filter.span,
		message: `A comparison drops the series for which it does not hold, so this averages only those that are left. With bool it gives 1 or 0 for each, and the average is the share for which it holds.`,
		fix: {
			title: 'Use bool',
			edits: [{ span: filter.opSpan, text: `${operator} bool` }]
		}
	};
};
