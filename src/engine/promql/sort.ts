import { compareLabels, labelValue } from '#engine/model';
import { annotationText } from './annotations.ts';
import { argument, stringArgument } from './arguments.ts';
import { onlyFloats, type VectorFunction } from './element.ts';
import { isInstant, type VectorSeries } from './evaluation.ts';
import { goSort } from './go-sort.ts';
import { isNaturallyLess } from './natural-order.ts';

/** sort(): ascending by value, NaN last. */
export const sort = sorting(() => (a, b) => isBefore(-valueOf(a), -valueOf(b)), onlyFloats);

/** sort_desc(): descending by value, NaN last. */
export const sortDesc = sorting(() => (a, b) => isBefore(valueOf(a), valueOf(b)), onlyFloats);

/** Descending order in which NaN comes last, of several any (promql/functions.go, vectorByValueHeap, reversed). */
export function isBefore(a: number, b: number): boolean {
	return Number.isNaN(b) || b < a;
}

/** sort_by_label(v, label…): by the labels' values, runs of digits by their number. */
export const sortByLabel = sorting(
	(labels) => (a, b) =>
		byFirstDifference(a, b, labels, isNaturallyLess) ?? compareLabels(a.labels, b.labels) < 0
);

/** sort_by_label_desc(v, label…). What natural order leaves open comes out as it happens to in Prometheus. */
export const sortByLabelDesc = sorting(
	(labels) => (a, b) =>
		byFirstDifference(a, b, labels, (x, y) => !isNaturallyLess(x, y)) ??
		compareLabels(a.labels, b.labels) > 0
);

/** Whether one series goes before another. */
type SeriesOrder = (a: VectorSeries, b: VectorSeries) => boolean;

/**
 * Orders an instant query's vector. Results of range queries are ordered by labels, so there it only warns. `part` is what is
 * kept of a series, possibly no step.
 */
function sorting(
	orderBy: (labels: readonly string[]) => SeriesOrder,
	part: (series: VectorSeries) => VectorSeries = (series) => series
): VectorFunction {
	return (call, evaluation, emit) => {
		const { scope, grid, buffers } = evaluation;
		const ordered = isInstant(grid);
		if (!ordered) scope.annotations.add('warning', annotationText.sortInRangeQuery, call.span);
		const held: VectorSeries[] = [];
		evaluation.vector(argument(call, 0), (whole) => {
			const series = part(whole);
			if (series.present.indexOf(1) < 0) buffers.giveBack(series);
			else if (ordered) held.push(series);
			else emit(series);
		});
		const labels = call.args.slice(1).map((_, i) => stringArgument(call, i + 1));
		goSort(held, orderBy(labels));
		held.forEach(emit);
	};
}

function valueOf({ values }: VectorSeries): number {
	return values[0] as number;
}

/** Compares the values of the first label that has different ones; undefined if there is none. */
function byFirstDifference(
	a: VectorSeries,
	b: VectorSeries,
	labels: readonly string[],
	compare: (x: string, y: string) => boolean
): boolean | undefined {
	for (const label of labels) {
		const x = labelValue(a.labels, label);
		const y = labelValue(b.labels, label);
		if (x !== y) return compare(x, y);
	}
	return undefined;
}
