import { indexRange } from './lookup.ts';
import { isDrawable, type NamedSeries, type TimeRange } from './series.ts';

/** A linear map, as two numbers: the inner loops below call no function per point. */
export interface Affine {
	readonly factor: number;
	readonly offset: number;
}

/** What a line is drawn to: a canvas context, or d3's path for SVG. */
export interface Pen {
	moveTo(x: number, y: number): void;
	lineTo(x: number, y: number): void;
}

/** Rows [from, to) that follow each other without a gap. */
export type Run = readonly [from: number, to: number];

/** Points [x, y], in pixels. */
export type Point = readonly [number, number];

/** The map from a domain to a range. A domain without length goes to the middle of the range. */
export function affine(
	[from, to]: readonly [number, number],
	[low, high]: readonly [number, number]
): Affine {
	if (from === to) return { factor: 0, offset: (low + high) / 2 };
	const factor = (high - low) / (to - from);
	return { factor, offset: low - from * factor };
}

/** The image of a number. */
export function apply(map: Affine, value: number): number {
	return value * map.factor + map.offset;
}

/** The number whose image this is; only for maps with a slope. */
export function invert(map: Affine, image: number): number {
	return (image - map.offset) / map.factor;
}

/** The stretches of drawable rows in [from, to). */
export function runs(series: NamedSeries, from: number, to: number): Run[] {
	const found: Run[] = [];
	let start = -1;
	for (let i = from; i <= to; i++) {
		const drawable = i < to && isDrawable(series, i);
		if (drawable && start < 0) start = i;
		if (!drawable && start >= 0) {
			found.push([start, i]);
			start = -1;
		}
	}
	return found;
}

/**
 * The rows of a run that a line needs: of all that fall into one column of pixels the first, lowest, highest and last, so
 * that the picture is the same as with every row (uPlot does so). Ascending.
 */
export function decimate(series: NamedSeries, [from, to]: Run, x: Affine): number[] {
	const { times, values } = series;
	const kept: number[] = [];
	let column = NaN;
	let first = from;
	let low = from;
	let high = from;
	for (let i = from; i <= to; i++) {
		const here = i < to ? Math.floor((times[i] as number) * x.factor + x.offset) : NaN;
		if (here === column) {
			if ((values[i] as number) < (values[low] as number)) low = i;
			if ((values[i] as number) > (values[high] as number)) high = i;
			continue;
		}
		if (i > from) keepColumn(kept, first, Math.min(low, high), Math.max(low, high), i - 1);
		column = here;
		first = low = high = i;
	}
	return kept;
}

function keepColumn(kept: number[], first: number, a: number, b: number, last: number): void {
	kept.push(first);
	if (a > first) kept.push(a);
	if (b > a) kept.push(b);
	if (last > b) kept.push(last);
}

/**
 * Draws the part of a series that a time range shows, as lines broken at gaps, one row beyond each end so that lines reach
 * the edges. Returns the points that stand alone between gaps, which a line cannot show.
 */
export function traceLine(
	pen: Pen,
	series: NamedSeries,
	range: TimeRange,
	x: Affine,
	y: Affine
): Point[] {
	const lone: Point[] = [];
	for (const run of runs(series, ...rowsAround(series, range))) {
		if (run[1] - run[0] === 1) {
			lone.push(pointAt(series, run[0], x, y));
			continue;
		}
		decimate(series, run, x).forEach((row, i) => {
			const [px, py] = pointAt(series, row, x, y);
			if (i === 0) pen.moveTo(px, py);
			else pen.lineTo(px, py);
		});
	}
	return lone;
}

/** Every drawable row in a time range as a point: for samples, which are not joined. */
export function samplePoints(series: NamedSeries, range: TimeRange, x: Affine, y: Affine): Point[] {
	const points: Point[] = [];
	const [from, to] = indexRange(series.times, range);
	for (let i = from; i < to; i++) {
		if (isDrawable(series, i)) points.push(pointAt(series, i, x, y));
	}
	return points;
}

/** The last drawable row in a time range as a point: where a label beside the line belongs. */
export function lastPoint(
	series: NamedSeries,
	range: TimeRange,
	x: Affine,
	y: Affine
): Point | undefined {
	const [from, to] = indexRange(series.times, range);
	for (let i = to - 1; i >= from; i--) {
		if (isDrawable(series, i)) return pointAt(series, i, x, y);
	}
	return undefined;
}

function rowsAround(series: NamedSeries, range: TimeRange): [number, number] {
	const [from, to] = indexRange(series.times, range);
	return [Math.max(0, from - 1), Math.min(series.times.length, to + 1)];
}

function pointAt(series: NamedSeries, row: number, x: Affine, y: Affine): Point {
	return [apply(x, series.times[row] as number), apply(y, series.values[row] as number)];
}
