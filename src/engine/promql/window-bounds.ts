import type { Extension } from './window-extension.ts';
import type { WindowRows } from './window-samples.ts';

/** The rows that an extended window is measured between; they may lie beyond its bounds. */
export interface BoundaryRows {
	/** The last row at or before the start, else the first row there is. */
	readonly first: number;
	/** Anchored: the last row at or before the end. Smoothed: the first row at or after it, else the last row there is. */
	readonly last: number;
}

/** Finds the rows to measure between. Undefined when no row lies after the start of the window. */
export function boundaryRows(rows: WindowRows, extension: Extension): BoundaryRows | undefined {
	const { times, start, end, windowStart, windowEnd } = rows;
	if ((times[end - 1] as number) <= windowStart) return undefined;
	let first = start;
	while (first + 1 < end && (times[first + 1] as number) <= windowStart) first++;
	let last = end - 1;
	if (extension === 'smoothed') {
		while (last > first && (times[last - 1] as number) >= windowEnd) last--;
	}
	return { first, last };
}

/** Finds the rows to measure between, if there is something to measure: a window that ends before the first row has nothing. */
export function measuredRows(rows: WindowRows, extension: Extension): BoundaryRows | undefined {
	const found = boundaryRows(rows, extension);
	return found && (rows.times[found.first] as number) <= rows.windowEnd ? found : undefined;
}

/** Whether the value at the start of a window lies between two rows, and is interpolated. */
export function crossesStart(
	{ times, windowStart }: WindowRows,
	{ first }: BoundaryRows,
	extension: Extension
): boolean {
	return extension === 'smoothed' && (times[first] as number) < windowStart;
}

/** Whether the value at the end of a window lies between two rows, and is interpolated. */
export function crossesEnd(
	{ times, windowEnd }: WindowRows,
	{ first, last }: BoundaryRows,
	extension: Extension
): boolean {
	return extension === 'smoothed' && last > first && (times[last] as number) > windowEnd;
}
