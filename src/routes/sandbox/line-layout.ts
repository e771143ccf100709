import { bisectRight } from 'd3';
import type { ExpositionLine } from './exposition-lines.ts';

/** How the lines of a page are laid out in rows of a fixed height, so that only those in sight need be drawn. */
export interface LineLayout {
	/** The row that each line begins at, and at the end how many rows there are. */
	readonly tops: Int32Array;
	/** How many characters a value may take beside its series; undefined where lines are not wrapped. */
	readonly valueColumns: number | undefined;
}

/** Where there are fewer characters to a row than this, lines are wrapped: scrolling sideways would hide labels or values. */
const WRAPS_BELOW = 72;
/** The least that is kept for values, so that a change that is told below one has room. */
const LEAST_VALUE = 8;
const MOST_VALUE = 0.4;
const PRINTABLE_ASCII = /^[ -~]*$/;

/** Lays out lines where so many characters fit in a row. They break anywhere; a comment takes the whole width. */
export function layOutLines(lines: readonly ExpositionLine[], columns: number): LineLayout {
	const isWrapped = columns > 0 && columns < WRAPS_BELOW;
	const valueColumns = isWrapped ? columnsOfValues(lines, columns) : undefined;
	const tops = new Int32Array(lines.length + 1);
	for (const [i, line] of lines.entries()) {
		const rows = valueColumns === undefined ? 1 : rowsOf(line, columns, valueColumns);
		tops[i + 1] = (tops[i] ?? 0) + rows;
	}
	return { tops, valueColumns };
}

/** The lines that some of these rows show, as a half-open range. */
export function linesWithin(
	{ tops }: LineLayout,
	firstRow: number,
	lastRow: number
): { readonly from: number; readonly to: number } {
	const count = tops.length - 1;
	const from = Math.min(count, Math.max(0, bisectRight(tops, firstRow) - 1));
	return { from, to: Math.min(count, bisectRight(tops, lastRow)) };
}

function columnsOfValues(lines: readonly ExpositionLine[], columns: number): number {
	const longest = lines.reduce((most, { value }) => Math.max(most, widthOf(value)), 0);
	const most = Math.max(1, Math.floor(columns * MOST_VALUE));
	return Math.min(Math.max(longest, LEAST_VALUE), most);
}

function rowsOf(
	{ kind, text, value, change }: ExpositionLine,
	columns: number,
	valueColumns: number
): number {
	if (kind === 'comment') return rowsIn(text, columns);
	const seriesColumns = Math.max(1, columns - valueColumns - 1);
	const below = change === '' ? 0 : rowsIn(change, valueColumns);
	return Math.max(rowsIn(text, seriesColumns), rowsIn(value, valueColumns) + below);
}

function rowsIn(text: string, columns: number): number {
	return Math.max(1, Math.ceil(widthOf(text) / columns));
}

/** In characters of the fixed-width face. Others may be wider; none is wider than two. */
function widthOf(text: string): number {
	return PRINTABLE_ASCII.test(text) ? text.length : 2 * text.length;
}
