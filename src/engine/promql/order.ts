import { AGGREGATORS } from './aggregators.ts';
import { withoutParens } from './arguments.ts';
import type { Aggregation, BinaryExpr, Call, Expr } from './ast.ts';
import { expressionType } from './check.ts';
import { functionTable } from './functions.ts';

/**
 * Whether an instant query's result comes in an order of the query's own making, which sorting by labels would destroy. Prometheus
 * sorts no instant vectors: what it sorts or ranks stays in that order through whatever takes one sample after the other.
 */
export function isOrdered(expr: Expr): boolean {
	const inner = withoutParens(expr);
	switch (inner.kind) {
		case 'aggregation':
			return isOrdering(inner) || (inner.op !== 'count_values' && isOrdered(inner.expr));
		case 'call':
			return isOrderedCall(inner);
		case 'binary':
			return isOrderedBinary(inner);
		case 'unary':
			return isOrdered(inner.expr);
		default:
			return false;
	}
}

/** topk and bottomk rank; the others leave the order of a heap. (histogram_quantiles() gives its quantiles in the order they are asked for.) */
function isOrdering({ op }: Aggregation): boolean {
	return AGGREGATORS[op].choosesBy !== undefined;
}

/** Functions that put together what they are given from several series, so that no order is left. */
const REORDERING: ReadonlySet<string> = new Set([
	'histogram_quantile',
	'histogram_fraction',
	'info'
]);

function isOrderedCall({ func, args }: Call): boolean {
	if (func.startsWith('sort') || func === 'histogram_quantiles') return true;
	if (REORDERING.has(func)) return false;
	const vector = args.find((arg) => expressionType(arg, functionTable) === 'vector');
	return vector !== undefined && isOrdered(vector);
}

/** Of two vectors the side that is looked through in order decides: the many side of a match, the left one of a set operator. */
function isOrderedBinary({ op, lhs, rhs, matching }: BinaryExpr): boolean {
	if (op === 'or') return isOrdered(lhs) || isOrdered(rhs);
	if (matching?.cardinality === 'one-to-many') return isOrdered(rhs);
	const isVector = expressionType(lhs, functionTable) === 'vector';
	return isOrdered(isVector ? lhs : rhs);
}
