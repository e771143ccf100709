import type { Duration } from '#engine/model';
import type { Call, MatrixSelector, Subquery } from './ast.ts';
import { rangeArgument } from './arguments.ts';
import { QueryError } from './query-error.ts';
import { NO_STEADY_STEPS } from './steady-steps.ts';
import { windowEnd, type WindowPlan, type WindowShape } from './window.ts';

/**
 * How an extended range selector meets the bounds of its windows: `anchored` by the last samples at or before them, `smoothed`
 * by interpolation between the samples on both sides. Either needs samples from beyond the window.
 */
export type Extension = 'anchored' | 'smoothed';

/** The functions that can do with samples from beyond the window, as Prometheus lists them in its message. */
const EXTENDED_FUNCTIONS: Readonly<Record<Extension, readonly string[]>> = {
	anchored: ['changes', 'delta', 'increase', 'rate', 'resets'],
	smoothed: ['delta', 'increase', 'rate']
};

/** How the windows of a range vector are extended; undefined when they end at their bounds. */
export function extensionOf(expr: MatrixSelector | Subquery): Extension | undefined {
	return expr.kind === 'matrix' ? expr.selector.extension : undefined;
}

/** Throws a QueryError when the function of a call cannot do with the windows that its argument asks for. */
export function checkExtension(call: Call): void {
	const extension = extensionOf(rangeArgument(call));
	if (!extension) return;
	const functions = EXTENDED_FUNCTIONS[extension];
	if (functions.includes(call.func)) return;
	throw new QueryError(
		`${extension} modifier can only be used with: ${functions.join(', ')} - not with ${call.func}`
	);
}

/**
 * The windows that hold all the rows an extended selector may need: they begin a lookback earlier and, to interpolate at
 * their end, end one later (promql/engine.go, getTimeRangesForSelector).
 */
export function extendShape(
	shape: WindowShape,
	extension: Extension | undefined,
	lookback: Duration
): WindowShape {
	if (extension === undefined) return shape;
	if (extension === 'anchored') return { ...shape, range: shape.range + lookback };
	return { ...shape, range: shape.range + 2 * lookback, offset: shape.offset - lookback };
}

/**
 * Cuts extended windows down to their anchors: the last row at or before the start of the window, or the first row there is,
 * and all after it. Windows without a row after their start become empty.
 */
function anchorWindows(plan: WindowPlan, shape: WindowShape): WindowPlan {
	const { times } = plan;
	const lo = plan.lo.slice();
	let filled = 0;
	let inside = 0;
	for (let i = 0; i < lo.length; i++) {
		const begin = lo[i] as number;
		const end = plan.hi[i] as number;
		const start = windowEnd(shape, i) - shape.range;
		if (inside < begin) inside = begin;
		while (inside < end && (times[inside] as number) <= start) inside++;
		lo[i] = inside === end ? end : Math.max(begin, inside - 1);
		if (inside < end) filled++;
	}
	return { ...plan, lo, filled, steady: NO_STEADY_STEPS };
}

/** `anchorWindows` for the plans of one selector, each made once. */
export function createAnchor(shape: WindowShape): (plan: WindowPlan) => WindowPlan {
	const anchored = new WeakMap<WindowPlan, WindowPlan>();
	return (plan) => {
		let cut = anchored.get(plan);
		if (!cut) anchored.set(plan, (cut = anchorWindows(plan, shape)));
		return cut;
	};
}
