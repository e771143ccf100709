/** What moves a chart's cursor: how many steps a key goes, or to which end. */
const STEPS: Readonly<Record<string, number>> = {
	ArrowLeft: -1,
	ArrowDown: -1,
	ArrowRight: 1,
	ArrowUp: 1,
	PageDown: -10,
	PageUp: 10,
	Home: -Infinity,
	End: Infinity
};

/**
 * The row a key moves the cursor to, within rows [from, to); undefined for keys that do not move it.
 * Without a cursor the first key finds the newest row, which is where the reader looks; Home finds the oldest.
 */
export function moveCursor(
	key: string,
	row: number | undefined,
	[from, to]: readonly [number, number]
): number | undefined {
	const steps = STEPS[key];
	if (steps === undefined || to <= from) return undefined;
	if (row === undefined) return steps === -Infinity ? from : to - 1;
	return Math.min(to - 1, Math.max(from, row + steps));
}
