import { METRIC_NAME, NO_LABELS, labelsFromPairs, type Labels } from '#engine/model';
import { argument, rangeArgument } from './arguments.ts';
import type { Expr } from './ast.ts';
import type { VectorFunction } from './element.ts';
import type { Emit, Evaluation } from './evaluation.ts';
import { forEachWindowed, rangeShape } from './range-vector.ts';
import { checkExtension } from './window-extension.ts';

/** absent(v): 1 at steps at which no series has a value. */
export const absent: VectorFunction = (call, evaluation, emit) => {
	const expr = argument(call, 0);
	const found = new Uint8Array(evaluation.grid.count);
	evaluation.vector(expr, (series) => {
		for (let i = 0; i < found.length; i++) {
			found[i] = (found[i] as number) | (series.present[i] as number);
		}
		evaluation.buffers.giveBack(series);
	});
	emitWhereMissing(found, expr, evaluation, emit);
};

/** absent_over_time(m): 1 at steps in whose window no series has a sample. */
export const absentOverTime: VectorFunction = (call, evaluation, emit) => {
	checkExtension(call);
	const range = rangeArgument(call);
	const found = new Uint8Array(evaluation.grid.count);
	forEachWindowed(range, evaluation, rangeShape(range, evaluation), ({ plan: { lo, hi } }) => {
		for (let i = 0; i < found.length; i++) if ((hi[i] as number) > (lo[i] as number)) found[i] = 1;
	});
	emitWhereMissing(found, range, evaluation, emit);
};

function emitWhereMissing(
	found: Uint8Array,
	expr: Expr,
	{ buffers }: Evaluation,
	emit: Emit
): void {
	if (found.every((is) => is !== 0)) return;
	const { values, present } = buffers.take();
	values.fill(1);
	for (let i = 0; i < found.length; i++) present[i] = found[i] === 0 ? 1 : 0;
	emit({ labels: labelsOfAbsence(expr), values, present, dropName: false });
}

/**
 * What is known about the missing series: the labels that its selector asks for exactly, each by one matcher alone
 * (promql/functions.go, createLabelsForAbsentFunction).
 */
function labelsOfAbsence(expr: Expr): Labels {
	const selector = expr.kind === 'matrix' ? expr.selector : expr;
	if (selector.kind !== 'selector') return NO_LABELS;
	const matchers = selector.matchers.filter(({ name }) => name !== METRIC_NAME);
	const known = new Map<string, string>();
	const tried = new Set<string>();
	for (const { name, type, value } of matchers) {
		if (type === '=' && !tried.has(name)) {
			known.set(name, value);
			tried.add(name);
		} else {
			known.delete(name);
		}
	}
	return labelsFromPairs(known);
}
