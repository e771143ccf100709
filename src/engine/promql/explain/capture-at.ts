import type { Expr } from '../ast.ts';
import { createAnnotationLog } from '../annotations.ts';
import { expressionType } from '../check.ts';
import { startEvaluation } from '../evaluate.ts';
import type { QueryScope } from '../evaluation.ts';
import { functionTable } from '../functions.ts';
import type { QueryOptions } from '../query.ts';
import { rangeSamples } from '../range-samples.ts';
import { createSampleBudget, DEFAULT_MAX_SAMPLES } from '../sample-budget.ts';
import { createCapture, type Capture } from './capture.ts';
import type { Focus } from './explanation.ts';
import { fitsFocus } from './focus.ts';
import type { TreeNode } from './tree.ts';
import { quietly, visitUnvisited } from './visit.ts';

/** How many windows of a range vector are held, whichever series they are of, and those of the focus as well. */
const HELD_WINDOWS = 200;

/** Evaluates the query once more, at one step, and keeps what each node gives. After an error it is what came before. */
export function captureAt(
	{ expr, ...node }: TreeNode,
	focus: Focus,
	scope: QueryScope,
	{ maxSamples = DEFAULT_MAX_SAMPLES, interrupt }: QueryOptions
): Capture {
	const { capture, probe } = createCapture(
		(labels, held) =>
			held < HELD_WINDOWS || (held < 2 * HELD_WINDOWS && fitsFocus(labels, focus.labels))
	);
	const evaluation = startEvaluation(
		{
			...scope,
			probe,
			annotations: createAnnotationLog(),
			budget: createSampleBudget(maxSamples, interrupt)
		},
		{ start: focus.time, step: scope.step || 1, count: 1 }
	);
	quietly(() => {
		switch (expressionType(expr, functionTable)) {
			case 'vector':
				return evaluation.vector(expr, () => {});
			case 'scalar':
				return void evaluation.scalar(expr);
			case 'matrix':
				return void rangeSamples(expr, evaluation);
			case 'string':
				return;
		}
	});
	visitUnvisited({ ...node, expr }, (one: Expr) => capture.grids.get(one), evaluation);
	return capture;
}
