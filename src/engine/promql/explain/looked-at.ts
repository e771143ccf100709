import type { Timestamp } from '#engine/model';
import type { MatrixSelector, VectorSelector } from '../ast.ts';
import { lastStepTime, resolveAt, type QueryScope } from '../evaluation.ts';
import type { StepGrid } from '../value.ts';
import type { LookedAt } from './missing.ts';

/** The stretch of time that a selector looks at over all steps. */
export function lookedAt(
	expr: VectorSelector | MatrixSelector,
	grid: StepGrid,
	scope: QueryScope
): LookedAt {
	const selector = expr.kind === 'matrix' ? expr.selector : expr;
	const range = expr.kind === 'matrix' ? expr.range : scope.lookback;
	const at: Timestamp | undefined = resolveAt(selector.at, scope);
	const first = at ?? grid.start;
	const last = at ?? lastStepTime(grid);
	return { from: first - selector.offset - range, to: last - selector.offset };
}
