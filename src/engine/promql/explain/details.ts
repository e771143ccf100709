import type { Labels } from '#engine/model';
import type { BinaryExpr, Expr } from '../ast.ts';
import { expressionType } from '../check.ts';
import type { QueryScope } from '../evaluation.ts';
import { functionTable } from '../functions.ts';
import { aggregationDetail } from './aggregation-detail.ts';
import type { Capture } from './capture.ts';
import type { Detail } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { matchDetail } from './match-detail.ts';
import type { NodeRecord } from './node-record.ts';
import { scalarOperandDetail } from './operand-detail.ts';
import { quantileDetail } from './quantile-detail.ts';
import { matrixDetail, selectorDetail } from './selector-detail.ts';
import { subqueryDetail } from './subquery-detail.ts';
import { windowDetail } from './window-detail.ts';

/** What of one evaluation the details are made of. */
export interface DetailSource {
	readonly capture: Capture;
	readonly scope: QueryScope;
	readonly focus: Labels;
	readonly limits: ExplainLimits;
	/** What the evaluation as a whole wrote down. */
	readonly records: ReadonlyMap<Expr, NodeRecord>;
	readonly maxSamples: number;
}

/** The quantities behind a node at the focus; undefined for nodes that speak for themselves. */
export function detailOf(expr: Expr, source: DetailSource): Detail | undefined {
	const { capture, scope, focus, limits } = source;
	switch (expr.kind) {
		case 'selector':
			return selectorDetail(expr, capture, scope, focus, limits);
		case 'matrix':
			return matrixDetail(expr, capture, scope, focus, limits);
		case 'subquery':
			return subqueryDetail(expr, source);
		case 'aggregation':
			return aggregationDetail(expr, capture, focus, limits);
		case 'binary':
			return binaryDetail(expr, source);
		case 'call': {
			if (/^histogram_quantiles?$/.test(expr.func)) {
				return quantileDetail(expr, capture, focus, limits);
			}
			const isWindow = functionTable.get(expr.func)?.evaluate?.kind === 'window';
			return isWindow ? windowDetail(expr, capture, focus, limits) : undefined;
		}
		default:
			return undefined;
	}
}

function binaryDetail(expr: BinaryExpr, { capture, focus, limits }: DetailSource) {
	const scalars = [expr.lhs, expr.rhs].filter(
		(side) => expressionType(side, functionTable) === 'scalar'
	);
	if (scalars.length === 2) return undefined;
	return scalars.length === 1
		? scalarOperandDetail(expr, capture, focus, limits)
		: matchDetail(expr, capture, focus, limits);
}
