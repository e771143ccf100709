/** A line of a page, and where it stands. */
export interface PageLine {
	readonly instance: string;
	/** Counted from 1. */
	readonly number: number;
	readonly text: string;
}

/** Which series of the map is wanted: the nth of those with a value of a label, counted from 0. */
export interface Cell {
	readonly label: string;
	readonly value: string;
	readonly index: number;
	/** How many cells the value has. */
	readonly count: number;
}

/**
 * The line behind a cell: the nth sample with that label value, in the order of the pages, which is the order in which series came. Where the
 * pages have more lines than the map has cells, as with native histograms, the one at the same share of the way. Undefined where none has it.
 */
export function lineOf(
	pages: readonly { readonly instance: string; readonly text: string }[],
	{ label, value, index, count }: Cell
): PageLine | undefined {
	const wanted = `${label}="${escaped(value)}"`;
	const has = (line: string) =>
		!line.startsWith('#') &&
		(line.includes(`{${wanted}`) || line.includes(`,${wanted}`) || line.includes(`, ${wanted}`));
	const found = pages.flatMap(({ instance, text }) =>
		text
			.split('\n')
			.flatMap((line, i): PageLine[] =>
				has(line) ? [{ instance, number: i + 1, text: line }] : []
			)
	);
	const place = found.length === count ? index : Math.floor(((index + 0.5) / count) * found.length);
	return found[Math.min(place, found.length - 1)];
}

function escaped(value: string): string {
	return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
