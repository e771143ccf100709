import type { Expr } from '../ast.ts';
import { expressionType } from '../check.ts';
import { functionTable } from '../functions.ts';
import { print } from '../print.ts';
import type { Detail } from './detail.ts';
import type { ExplainedNode } from './explanation.ts';
import type { NodeRecord } from './node-record.ts';
import type { TreeNode } from './tree.ts';

/** Longer nodes are not printed: a tree as high as it may be would print its leaves hundreds of times. */
const PRINTED_LENGTH = 4_000;

/** The tree with all that was written down about its nodes. */
export function describeTree(
	node: TreeNode,
	records: ReadonlyMap<Expr, NodeRecord>,
	details: ReadonlyMap<number, Detail>
): ExplainedNode {
	const { id, expr } = node;
	const children = node.children.map((child) => describeTree(child, records, details));
	const record = records.get(expr);
	const detail = details.get(id);
	const fromChildren = children.reduce((sum, child) => sum + seriesOf(child), 0);
	return {
		id,
		kind: expr.kind,
		span: expr.span,
		text: printed(expr),
		type: expressionType(expr, functionTable),
		children,
		seriesIn: children.length > 0 ? fromChildren : (record?.selected ?? 0),
		seriesOut: record?.series ?? 0,
		pointsOut: record?.points ?? 0,
		labels: record?.labelCounts() ?? [],
		samplesRead: record?.samplesRead ?? 0,
		time: timeOf(record, children),
		sample: record?.sample ?? [],
		...(detail ? { detail } : {}),
		evaluated: record !== undefined || expr.kind === 'string'
	};
}

/** Scalars are no series, though they have values at each step. */
function seriesOf({ type, seriesOut }: ExplainedNode): number {
	return type === 'vector' || type === 'matrix' ? seriesOut : 0;
}

function timeOf(record: NodeRecord | undefined, children: readonly ExplainedNode[]) {
	const own = record?.ownTime ?? 0;
	return { own, total: children.reduce((sum, { time }) => sum + time.total, own) };
}

function printed(expr: Expr): string {
	const { from, to } = expr.span;
	if (to - from <= PRINTED_LENGTH) return print(expr);
	return `${expr.kind === 'call' ? expr.func : expr.kind}…`;
}
