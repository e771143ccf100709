import { formatDuration, type Duration, type Querier } from '#engine/model';
import type { BinaryExpr, Call, Expr, MatrixSelector, Subquery } from '../ast.ts';
import { expressionType } from '../check.ts';
import type { QueryScope } from '../evaluation.ts';
import { functionTable } from '../functions.ts';
import { isComparison } from '../operators.ts';
import { print } from '../print.ts';
import { isLost } from '../range-vector.ts';
import type { Detail, MatchDetail } from './detail.ts';
import { lookedAt } from './looked-at.ts';
import { explainMissing } from './missing.ts';
import type { NodeRecord } from './node-record.ts';
import type { TreeNode } from './tree.ts';
import { NEEDS_TWO_SAMPLES } from './window-detail.ts';

type Records = ReadonlyMap<Expr, NodeRecord>;

/** What is known about an evaluation that came to nothing. */
export interface VanishSource {
	readonly records: Records;
	readonly details: ReadonlyMap<number, Detail>;
	readonly scope: QueryScope;
}

export interface Vanished {
	readonly node: number;
	readonly reason: string;
}

/** The node at which a query that gives nothing lost its data. */
export function vanishingNode(root: TreeNode, records: Records): TreeNode {
	const child = emptyChild(root, records);
	return child ? vanishingNode(child, records) : root;
}

/** The child whose emptiness makes the node empty. */
function emptyChild({ expr, children }: TreeNode, records: Records): TreeNode | undefined {
	const isEmpty = ({ expr: child }: TreeNode) => records.get(child)?.series === 0;
	if (expr.kind !== 'binary') return children.find(isEmpty);
	const [left, right] = children as [TreeNode, TreeNode];
	if (expr.op === 'or') return isEmpty(left) && isEmpty(right) ? left : undefined;
	if (isEmpty(left)) return left;
	return expr.op !== 'unless' && isEmpty(right) ? right : undefined;
}

/** Says why there is nothing from this node on. */
export function reasonOfVanishing(node: TreeNode, source: VanishSource): string {
	const { expr } = node;
	const incoming = node.children
		.filter((child) => expressionType(child.expr, functionTable) !== 'scalar')
		.reduce((sum, child) => sum + (source.records.get(child.expr)?.series ?? 0), 0);
	switch (expr.kind) {
		case 'selector':
		case 'matrix':
			return missingReason(expr, source);
		case 'binary':
			return binaryReason(expr, source.details.get(node.id), incoming);
		case 'call':
			return callReason(expr, node, source, incoming);
		case 'subquery':
			return `The range of the subquery, ${formatDuration(expr.range)}, holds none of its steps.`;
		default:
			return `${shortText(expr)} gives nothing for ${count(incoming)}.`;
	}
}

function missingReason(
	expr: Extract<Expr, { kind: 'selector' | 'matrix' }>,
	{ records, scope }: VanishSource
): string {
	const selector = expr.kind === 'matrix' ? expr.selector : expr;
	const record = records.get(expr);
	const window = record && lookedAt(expr, record.grid, scope);
	if (!window) return 'It was not evaluated.';
	return explainMissing(selector.matchers, window, scope.querier).reason;
}

function binaryReason(expr: BinaryExpr, detail: Detail | undefined, incoming: number): string {
	if (detail?.kind !== 'match') {
		if (isComparison(expr.op)) {
			return `The comparison ${comparisonText(expr, detail)} keeps 0 of ${incoming} series.`;
		}
		return `The operator ${expr.op} gives nothing for ${count(incoming)}.`;
	}
	if (expr.op === 'unless') {
		return 'Every series of the left side has a partner on the right, and unless drops those.';
	}
	return matchReason(expr, detail);
}

function comparisonText({ op, lhs, rhs }: BinaryExpr, detail: Detail | undefined): string {
	if (detail?.kind !== 'scalar operand') return op;
	return detail.scalarIsLeft ? `${shortText(lhs)} ${op}` : `${op} ${shortText(rhs)}`;
}

function matchReason({ op }: BinaryExpr, { groups, fates }: MatchDetail): string {
	const orphan = groups.items.find((group) => group.orphan)?.orphan;
	if (fates.filtered > 0) {
		return isComparison(op)
			? `The comparison ${op} keeps 0 of ${fates.filtered} pairs.`
			: `The operator ${op} gives nothing for ${fates.filtered} pairs.`;
	}
	return `No series of the left side has a partner on the right. ${orphan?.reason ?? ''}`.trim();
}

function callReason(
	call: Call,
	{ children }: TreeNode,
	source: VanishSource,
	incoming: number
): string {
	const name = `${call.func}()`;
	if (call.func.startsWith('absent')) {
		return `${name} gives nothing as long as its argument gives something; it gives ${incoming} series.`;
	}
	const range = children.find(({ expr }) => expr.kind === 'matrix' || expr.kind === 'subquery');
	if (range && isLost(call, range.expr as MatrixSelector | Subquery)) {
		return `${name} gives nothing for a subquery with @ in a range query: Prometheus 3.14 loses it on the way, and so it is here.`;
	}
	if (range && NEEDS_TWO_SAMPLES.has(call.func)) {
		return `${name} needs two samples in ${spacingText(range.expr, source)}`;
	}
	if (call.func === 'histogram_quantile' || call.func === 'histogram_fraction') {
		return `${name} finds no histogram among ${count(incoming)}: classic ones need the label le, which an aggregation keeps only with by (le).`;
	}
	if (/^histogram_/.test(call.func)) {
		return `${name} takes native histograms, and there is none among ${count(incoming)}.`;
	}
	return `${name} gives nothing for ${count(incoming)}.`;
}

/** `15s; the series has one every 15s.`: how the window compares with the distance between samples. */
function spacingText(expr: Expr, { records, scope }: VanishSource): string {
	if (expr.kind === 'subquery') {
		const step = expr.step ?? scope.defaultSubqueryStep;
		return `${formatDuration(expr.range)}; the subquery has a step every ${formatDuration(step)}.`;
	}
	const { range } = expr as MatrixSelector;
	const record = records.get(expr);
	const window = record && lookedAt(expr as MatrixSelector, record.grid, scope);
	const spacing = window && usualSpacing(expr as MatrixSelector, window.to, scope.querier);
	return spacing === undefined
		? `${formatDuration(range)}; no series has two.`
		: `${formatDuration(range)}; the series has one every ${formatDuration(spacing)}.`;
}

/** The median distance of the first series' newest samples before a time. */
function usualSpacing(
	{ selector, range }: MatrixSelector,
	to: number,
	querier: Querier
): Duration | undefined {
	const [series] = querier.select(selector.matchers, to - 20 * range - LONG, to);
	if (!series || series.end - series.start < 2) return undefined;
	const times = series.times.subarray(Math.max(series.start, series.end - 20), series.end);
	const distances = Array.from(times.subarray(1), (time, i) => time - (times[i] as number));
	return distances.sort((a, b) => a - b)[distances.length >> 1];
}

const LONG: Duration = 3_600_000;

function count(series: number): string {
	return series === 1 ? 'its one series' : `its ${series} series`;
}

function shortText(expr: Expr): string {
	const text = print(expr);
	return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
