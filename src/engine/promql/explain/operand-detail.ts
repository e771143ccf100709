import { labelsKey, type Labels } from '#engine/model';
import { withoutParens } from '../arguments.ts';
import type { BinaryExpr } from '../ast.ts';
import { withoutMetricName } from '../names.ts';
import { isComparison } from '../operators.ts';
import type { Capture } from './capture.ts';
import type { Member, ScalarOperandDetail } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { bounded } from './focus.ts';

/** Explains an operator between a vector and a scalar by what it keeps at the focus. */
export function scalarOperandDetail(
	expr: BinaryExpr,
	capture: Capture,
	focus: Labels,
	limits: ExplainLimits
): ScalarOperandDetail | undefined {
	const [lhs, rhs] = [withoutParens(expr.lhs), withoutParens(expr.rhs)];
	const scalarIsLeft = capture.scalars.has(lhs);
	const scalar = capture.scalars.get(scalarIsLeft ? lhs : rhs);
	const members = capture.vectors.get(scalarIsLeft ? rhs : lhs)?.series;
	if (scalar === undefined || !members) return undefined;
	const [kept, dropped] = divide(expr, members, capture.vectors.get(expr)?.series ?? []);
	return {
		kind: 'scalar operand',
		op: expr.op,
		scalar,
		scalarIsLeft,
		kept: bounded(kept, limits.members, focus),
		dropped: bounded(dropped, limits.members, focus)
	};
}

/** Divides what came in by whether it came out. */
function divide(
	expr: BinaryExpr,
	incoming: readonly Member[],
	results: readonly Member[]
): [Member[], Member[]] {
	const keepsName = isComparison(expr.op) && !expr.returnBool;
	const keyOf = (labels: Labels) => labelsKey(keepsName ? labels : withoutMetricName(labels));
	const out = new Set(results.map(({ labels }) => keyOf(labels)));
	const kept: Member[] = [];
	const dropped: Member[] = [];
	for (const member of incoming) (out.has(keyOf(member.labels)) ? kept : dropped).push(member);
	return [kept, dropped];
}
