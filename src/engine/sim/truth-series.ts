import { SECOND, type Duration, type Timestamp } from '#engine/model';
import { RankedWindow } from './truth-quantile.ts';

/** The steps of a series: start, start + step, …, count of them. Milliseconds. */
export interface Grid {
	readonly start: Timestamp;
	readonly step: Duration;
	readonly count: number;
}

/** Requests of a stretch of time, in order of `finished`; row i belongs when start <= i < end and its class's bit is set. */
export interface Rows {
	readonly finished: Float64Array;
	readonly classOf: Uint32Array;
	readonly mask: Uint8Array;
	readonly start: number;
	readonly end: number;
}

/** Requests per second over (t - window, t] at each step t. */
export function ratesOver(rows: Rows, grid: Grid, window: Duration): Float64Array {
	const perSecond = SECOND / window;
	return countsOver(rows, grid, window).map((count) => count * perSecond);
}

/** 100 * part / whole over (t - window, t] at each step; NaN where the whole is empty. */
export function percentOf(part: Rows, whole: Rows, grid: Grid, window: Duration): Float64Array {
	const counts = countsOver(whole, grid, window);
	return countsOver(part, grid, window).map((count, k) => (100 * count) / (counts[k] as number));
}

/** The exact quantile of finished - since over (t - window, t] at each step; NaN where there is nothing. */
export function quantilesOver(
	rows: Rows,
	since: Float64Array,
	q: number,
	grid: Grid,
	window: Duration
): Float64Array {
	const { finished, latencies } = matching(rows, since);
	const ranked = new RankedWindow(latencies);
	const places = ranked.places(latencies);
	let entering = 0;
	let leaving = 0;
	return overGrid(grid, (t) => {
		while (entering < finished.length && (finished[entering] as number) <= t) {
			ranked.add(places[entering++] as number);
		}
		while (leaving < entering && (finished[leaving] as number) <= t - window) {
			ranked.remove(places[leaving++] as number);
		}
		return ranked.quantile(q);
	});
}

/** How many rows have started <= t < finished at each step. */
export function inProgressSeries(rows: Rows, started: Float64Array, grid: Grid): Float64Array {
	const change = new Float64Array(grid.count + 1);
	const stepAtOrAfter = (t: Timestamp) =>
		Math.min(grid.count, Math.max(0, Math.ceil((t - grid.start) / grid.step)));
	for (let i = rows.start; i < rows.end; i++) {
		if (!rows.mask[rows.classOf[i] as number]) continue;
		(change[stepAtOrAfter(started[i] as number)] as number)++;
		(change[stepAtOrAfter(rows.finished[i] as number)] as number)--;
	}
	let sum = 0;
	return change.slice(0, grid.count).map((delta) => (sum += delta));
}

/** How many rows have finished by each step t, on top of those counted before. */
export function totalsOver(rows: Rows, grid: Grid, before: number): Float64Array {
	const finished = cumulative(rows);
	return overGrid(grid, (t) => before + finished(t));
}

/** The series with NaN at the steps before a moment, in place. */
export function blankBefore(values: Float64Array, grid: Grid, moment: Timestamp): Float64Array {
	const steps = Math.ceil((moment - grid.start) / grid.step);
	return values.fill(NaN, 0, Math.max(0, steps));
}

/** Rows of (t - window, t] at each step: what has entered less what has left, in one pass for each. */
function countsOver(rows: Rows, grid: Grid, window: Duration): Float64Array {
	const entered = cumulative(rows);
	const left = cumulative(rows);
	return overGrid(grid, (t) => entered(t) - left(t - window));
}

/** How many rows finished by t; to be asked with ascending t. */
function cumulative({ finished, classOf, mask, start, end }: Rows): (t: Timestamp) => number {
	let row = start;
	let count = 0;
	return (t) => {
		for (; row < end && (finished[row] as number) <= t; row++) {
			count += mask[classOf[row] as number] as number;
		}
		return count;
	};
}

function overGrid(grid: Grid, at: (t: Timestamp) => number): Float64Array {
	const values = new Float64Array(grid.count);
	for (let k = 0; k < grid.count; k++) values[k] = at(grid.start + k * grid.step);
	return values;
}

function matching(
	{ finished, classOf, mask, start, end }: Rows,
	since: Float64Array
): { finished: Float64Array; latencies: Float64Array } {
	const moments = new Float64Array(end - start);
	const latencies = new Float64Array(end - start);
	let n = 0;
	for (let i = start; i < end; i++) {
		if (!mask[classOf[i] as number]) continue;
		moments[n] = finished[i] as number;
		latencies[n++] = (finished[i] as number) - (since[i] as number);
	}
	return { finished: moments.subarray(0, n), latencies: latencies.subarray(0, n) };
}
