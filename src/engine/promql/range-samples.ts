import { compareLabels, labelsKey, type FloatHistogram, type SeriesColumns } from '#engine/model';
import { withoutParens } from './arguments.ts';
import type { Expr, MatrixSelector, Subquery } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import { extendedSamples } from './extended-samples.ts';
import { heldPoints } from './held-points.ts';
import { withoutMetricName } from './names.ts';
import { QueryError, sameLabelset } from './query-error.ts';
import { forEachWindowed, rangeShape, type WindowedSeries } from './range-vector.ts';
import { extensionOf } from './window-extension.ts';
import { windowEnd, type WindowShape } from './window.ts';

/** The samples in the window of an instant query that is a bare range vector, sorted by labels. */
export function rangeSamples(expr: Expr, evaluation: Evaluation): SeriesColumns[] {
	const range = withoutParens(expr);
	if (range.kind !== 'matrix' && range.kind !== 'subquery') {
		throw new Error(`not a range vector: ${range.kind}`);
	}
	const { budget } = evaluation.scope;
	const shape = rangeShape(range, evaluation);
	const byLabels = new Map<string, SeriesColumns>();
	forEachWindowed(range, evaluation, shape, (series) => {
		const columns = samplesOf(series, range, shape);
		if (columns.end === 0) return;
		budget.take(heldPoints(columns.end, columns.histograms));
		const key = labelsKey(columns.labels);
		const known = byLabels.get(key);
		byLabels.set(key, known ? merge(known, columns) : columns);
	});
	return [...byLabels.values()].sort((a, b) => compareLabels(a.labels, b.labels));
}

/** The samples of one series, under the name it has in the end. */
function samplesOf(
	series: WindowedSeries,
	range: MatrixSelector | Subquery,
	shape: WindowShape
): SeriesColumns {
	const labels = series.dropName ? withoutMetricName(series.labels) : series.labels;
	const start = series.plan.lo[0] as number;
	const end = series.plan.hi[0] as number;
	const histograms = series.histograms?.slice(start, end);
	const isMixed = histograms?.some((histogram) => histogram !== undefined);
	const columns: SeriesColumns = {
		labels,
		times: series.times.slice(start, end),
		values: series.values.slice(start, end),
		histograms: isMixed ? histograms : undefined,
		start: 0,
		end: end - start
	};
	const extension = extensionOf(range);
	if (!extension) return columns;
	if (isMixed) throw new QueryError(`${extension} modifier is not supported with histograms`);
	const last = windowEnd(shape, 0);
	return extendedSamples(columns, extension, last - shape.range, last);
}

/** Joins two series that have become equal without their names; they must not have samples at the same time. */
function merge(a: SeriesColumns, b: SeriesColumns): SeriesColumns {
	const rows = [a, b]
		.flatMap((of) => Array.from(of.times, (time, row) => ({ time, of, row })))
		.sort((x, y) => x.time - y.time);
	const isRepeated = rows.some(({ time }, i) => i > 0 && rows[i - 1]?.time === time);
	if (isRepeated) throw sameLabelset();
	const histograms: (FloatHistogram | undefined)[] = rows.map(
		({ of, row }) => of.histograms?.[row]
	);
	return {
		labels: a.labels,
		times: Float64Array.from(rows, ({ time }) => time),
		values: Float64Array.from(rows, ({ of, row }) => of.values[row] as number),
		histograms: a.histograms || b.histograms ? histograms : undefined,
		start: 0,
		end: rows.length
	};
}
