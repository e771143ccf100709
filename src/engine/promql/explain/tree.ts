import { withoutParens } from '../arguments.ts';
import type { Expr } from '../ast.ts';

/** A node of the explained tree before anything is known about it: parentheses are left out. */
export interface TreeNode {
	readonly id: number;
	readonly expr: Expr;
	readonly children: readonly TreeNode[];
}

/** The tree of an expression, numbered from the root, a node before its children. */
export function treeOf(expr: Expr): TreeNode {
	let next = 0;
	function visit(outer: Expr): TreeNode {
		const inner = withoutParens(outer);
		const id = next++;
		return { id, expr: inner, children: childrenOf(inner).map(visit) };
	}
	return visit(expr);
}

function childrenOf(expr: Expr): readonly Expr[] {
	switch (expr.kind) {
		case 'call':
			return expr.args;
		case 'aggregation':
			return expr.param ? [expr.param, expr.expr] : [expr.expr];
		case 'binary':
			return [expr.lhs, expr.rhs];
		case 'unary':
		case 'subquery':
			return [expr.expr];
		default:
			return [];
	}
}

/** All nodes below one, itself first. */
export function* nodesOf(node: TreeNode): Generator<TreeNode> {
	yield node;
	for (const child of node.children) yield* nodesOf(child);
}
