import { withoutParens } from './arguments.ts';
import type { Expr } from './ast.ts';

/** Whether an instant query's result comes in an order of the query's own making, which sorting by labels would destroy. */
export function isOrdered(expr: Expr): boolean {
	const inner = withoutParens(expr);
	if (inner.kind === 'aggregation') return inner.op === 'topk' || inner.op === 'bottomk';
	return inner.kind === 'call' && inner.func.startsWith('sort');
}
