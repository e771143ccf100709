import type { Labels } from '#engine/model';
import { annotationText } from './annotations.ts';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import type { Emit, Evaluation } from './evaluation.ts';
import { createGroups } from './groups.ts';
import { aggregationParameter } from './parameter.ts';
import { QueryError } from './query-error.ts';
import { checkCount, discard } from './rank.ts';
import { countPresent } from './step-buffers.ts';

/** limitk and limit_ratio: some series of each group, whichever, but always the same ones. */
export function limit(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	if (expr.op === 'limitk') limitCount(expr, evaluation, emit);
	else limitRatio(expr, evaluation, emit);
}

/** limitk(k, v): at each step the first k series of a group that have a value. */
function limitCount(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const k = aggregationParameter(expr, evaluation);
	if (k.max < 1) return discard(expr, evaluation);
	checkCount(k);
	const groups = createGroups(expr, () => k.values.map(Math.trunc));
	evaluation.vector(withoutParens(expr.expr), (series) => {
		const left = groups.of(series.labels);
		for (let i = 0; i < left.length; i++) {
			if (series.present[i] === 0) continue;
			if ((left[i] as number) > 0) left[i] = (left[i] as number) - 1;
			else series.present[i] = 0;
		}
		if (countPresent(series.present) > 0) emit(series);
	});
}

/** limit_ratio(r, v): the series whose hash is below r; for a negative r exactly the others of 1 + r. */
function limitRatio(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const ratio = aggregationParameter(expr, evaluation);
	if (ratio.max === 0 && ratio.min === 0) return discard(expr, evaluation);
	if (ratio.hasNaN) throw new QueryError('Ratio value is NaN');
	const { annotations } = evaluation.scope;
	const warn = (value: number, cap: number) =>
		annotations.add('warning', annotationText.invalidRatio(value, cap), ratio.expr.span);
	if (ratio.max > 1) warn(ratio.max, 1);
	if (ratio.min < -1) warn(ratio.min, -1);
	evaluation.vector(withoutParens(expr.expr), (series) => {
		const offset = hashFraction(series.labels);
		for (let i = 0; i < ratio.values.length; i++) {
			const r = Math.max(-1, Math.min(1, ratio.values[i] as number));
			if (!(r >= 0 ? offset < r : offset >= 1 + r)) series.present[i] = 0;
		}
		if (countPresent(series.present) > 0) emit(series);
	});
}

/** A number in [0, 1) from a label set: FNV-1a, well mixed. Prometheus takes another hash, so it chooses other series. */
function hashFraction(labels: Labels): number {
	let hash = 0x811c9dc5;
	for (const text of labels) {
		for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
		hash = Math.imul(hash ^ 0xff, 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
