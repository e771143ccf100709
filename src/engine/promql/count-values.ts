import {
	formatFloat,
	formatHistogram,
	hasCustomBuckets,
	isValidLabelName,
	quote,
	withLabel,
	type FloatHistogram,
	type Labels
} from '#engine/model';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import type { Emit, Evaluation } from './evaluation.ts';
import { chooseLabels, signature, type LabelChoice } from './matching.ts';
import { QueryError } from './query-error.ts';

interface ValueCount {
	readonly labels: Labels;
	readonly values: Float64Array;
	readonly present: Uint8Array;
}

/** count_values("label", v): for each value in each group, how many series have it. */
export function countValues(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const label = valueLabel(expr);
	const names = expr.without ? expr.grouping : [...expr.grouping, label];
	const choice: LabelChoice = { names, only: !expr.without };
	const counts = new Map<string, ValueCount>();
	const { grid, buffers, scope } = evaluation;
	function countOf(labels: Labels, value: number | FloatHistogram): ValueCount {
		const text = typeof value === 'number' ? formatFloat(value) : histogramText(value);
		const valued = withLabel(labels, label, text);
		const key = signature(valued, choice);
		let count = counts.get(key);
		if (!count) {
			scope.budget.check();
			scope.budget.allow((counts.size + 1) * grid.count);
			const values = new Float64Array(grid.count);
			const present = new Uint8Array(grid.count);
			counts.set(key, (count = { labels: chooseLabels(valued, choice), values, present }));
		}
		return count;
	}
	evaluation.vector(withoutParens(expr.expr), (series) => {
		const byValue = new Map<number | string | FloatHistogram, ValueCount>();
		for (let i = 0; i < grid.count; i++) {
			if (series.present[i] === 0) continue;
			const value = series.histograms?.[i] ?? (series.values[i] as number);
			// A Map takes 0 and -0 for one key, but they are written differently.
			const key = value === 0 ? formatFloat(value) : value;
			let count = byValue.get(key);
			if (!count) byValue.set(key, (count = countOf(series.labels, value)));
			count.values[i] = (count.values[i] as number) + 1;
			count.present[i] = 1;
		}
		buffers.giveBack(series);
	});
	for (const { labels, values, present } of counts.values()) {
		emit({ labels, values, present, dropName: false });
	}
}

/** A histogram as a text. Prometheus can not write one with custom buckets whose zero count is something, such as NaN. */
function histogramText(histogram: FloatHistogram): string {
	if (hasCustomBuckets(histogram) && histogram.zeroCount !== 0) {
		throw new QueryError('histograms with custom buckets have no zero bucket');
	}
	return formatHistogram(histogram);
}

function valueLabel({ param }: Aggregation): string {
	const name = param && withoutParens(param);
	if (name?.kind !== 'string') throw new Error('label of count_values is missing');
	if (!isValidLabelName(name.value)) {
		throw new QueryError(`invalid label name ${quote(name.value)}`);
	}
	return name.value;
}
