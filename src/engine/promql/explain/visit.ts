import type { Expr } from '../ast.ts';
import { expressionType } from '../check.ts';
import type { Evaluation } from '../evaluation.ts';
import { functionTable } from '../functions.ts';
import { EqualSeries } from '../names.ts';
import { QueryError } from '../query-error.ts';
import { forEachWindowed, rangeShape } from '../range-vector.ts';
import type { StepGrid } from '../value.ts';
import { nodesOf, type TreeNode } from './tree.ts';

/**
 * Evaluates, each for itself, the nodes that the evaluation of the whole went past: an operator may read what it needs of its
 * argument itself, as timestamp() does. `gridOf` tells on which grid a node was evaluated, if it was.
 */
export function visitUnvisited(
	tree: TreeNode,
	gridOf: (expr: Expr) => StepGrid | undefined,
	evaluation: Evaluation
): void {
	for (const { expr, children } of nodesOf(tree)) {
		const grid = gridOf(expr);
		// The steps of a subquery are its own; where it had none, there is nothing to see.
		if (!grid || expr.kind === 'subquery') continue;
		for (const child of children) {
			if (!gridOf(child.expr)) quietly(() => visit(child.expr, evaluation.over(grid)));
		}
	}
}

function visit(expr: Expr, evaluation: Evaluation): void {
	if (expr.kind === 'matrix' || expr.kind === 'subquery') {
		forEachWindowed(expr, evaluation, rangeShape(expr, evaluation), () => {});
		return;
	}
	const type = expressionType(expr, functionTable);
	if (type === 'vector') evaluation.vector(expr, () => {});
	else if (type === 'scalar') evaluation.scalar(expr);
}

/** Runs what may fail as a query may, for whatever can be seen of it. */
export function quietly(run: () => void): void {
	try {
		run();
	} catch (error) {
		if (!(error instanceof QueryError || error instanceof EqualSeries)) throw error;
	}
}
