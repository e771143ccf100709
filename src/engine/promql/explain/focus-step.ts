import type { Timestamp } from '#engine/model';
import type { Expr } from '../ast.ts';
import { stepTime } from '../evaluation.ts';
import type { StepGrid } from '../value.ts';
import type { NodeRecord } from './node-record.ts';
import { nodesOf, type TreeNode } from './tree.ts';

/**
 * The time of the last step at which the query has a value; when it has none, at which the first part of it that has one has
 * its last. The last step of all when there is nothing anywhere.
 */
export function lastStepWithValue(
	tree: TreeNode,
	grid: StepGrid,
	records: ReadonlyMap<Expr, NodeRecord>
): Timestamp {
	for (const { expr } of nodesOf(tree)) {
		const record = records.get(expr);
		const isScalar = expr.kind === 'number';
		if (record && !isScalar && isSameGrid(record.grid, grid) && record.lastStep >= 0) {
			return stepTime(grid, record.lastStep);
		}
	}
	return stepTime(grid, Math.max(0, grid.count - 1));
}

function isSameGrid(a: StepGrid, b: StepGrid): boolean {
	return a.start === b.start && a.step === b.step && a.count === b.count;
}
