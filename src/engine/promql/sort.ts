import { compareLabels, labelValue } from '#engine/model';
import { annotationText } from './annotations.ts';
import { argument, stringArgument } from './arguments.ts';
import { onlyFloats, type VectorFunction } from './element.ts';
import { isInstant, type VectorSeries } from './evaluation.ts';

/** sort(): ascending by value, NaN last. */
export const sort = sorting(() => (a, b) => compareNaNLast(valueOf(a), valueOf(b)), onlyFloats);

/** sort_desc(): descending by value, NaN last. */
export const sortDesc = sorting(() => (a, b) => compareNaNLast(-valueOf(a), -valueOf(b)), onlyFloats);

/** sort_by_label(v, label…): by the labels' values, runs of digits by their number. */
export const sortByLabel = sorting((labels) => (a, b) => compareByLabels(a, b, labels));

/** sort_by_label_desc(v, label…). */
export const sortByLabelDesc = sorting((labels) => (a, b) => compareByLabels(b, a, labels));

type SeriesOrder = (a: VectorSeries, b: VectorSeries) => number;

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
		held.sort(orderBy(labels)).forEach(emit);
	};
}

function valueOf({ values }: VectorSeries): number {
	return values[0] as number;
}

/** Ascending order in which NaN comes last. */
export function compareNaNLast(a: number, b: number): number {
	if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
	if (Number.isNaN(b)) return -1;
	return a < b ? -1 : a > b ? 1 : 0;
}

function compareByLabels(a: VectorSeries, b: VectorSeries, labels: readonly string[]): number {
	for (const label of labels) {
		const x = labelValue(a.labels, label);
		const y = labelValue(b.labels, label);
		if (x !== y) return isNaturallyLess(x, y) ? -1 : 1;
	}
	return compareLabels(a.labels, b.labels);
}

/** Natural order: the texts are compared in runs of digits, by their number, and runs of anything else (facette/natsort). */
function isNaturallyLess(a: string, b: string): boolean {
	const x = chunks(a);
	const y = chunks(b);
	for (let i = 0; i < x.length; i++) {
		const left = x[i] as string;
		const right = y[i];
		if (right === undefined) return false;
		if (left === right) continue;
		const difference = isDigits(left) && isDigits(right) ? Number(left) - Number(right) : 0;
		if (difference !== 0) return difference < 0;
		if (isDigits(left) && isDigits(right)) {
			if (i === x.length - 1) return true;
			if (i === y.length - 1) return false;
			continue;
		}
		return left < right;
	}
	return true;
}

function chunks(text: string): string[] {
	return text.match(/\d+|\D+/g) ?? [];
}

function isDigits(text: string): boolean {
	return /^\d+$/.test(text);
}
