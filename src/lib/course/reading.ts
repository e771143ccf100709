import type { Timestamp } from '#engine/model';
import type { RangeResult } from '#engine/promql';

/** What of a line is read off: its highest or lowest value, or the last one. */
export type Reading = 'highest' | 'lowest' | 'last';

/** What the first series of a result comes to between two moments, both included; undefined where it has no value. */
export function readOff(
	{ grid, series: [line] }: RangeResult,
	reading: Reading,
	[from, to]: readonly [Timestamp, Timestamp]
): number | undefined {
	const values: number[] = [];
	line?.values.forEach((value, i) => {
		const at = grid.start + i * grid.step;
		const isThere = line.present[i] === 1 && !Number.isNaN(value);
		if (isThere && at >= from && at <= to) values.push(value);
	});
	if (values.length === 0) return undefined;
	if (reading === 'last') return values.at(-1);
	return reading === 'highest' ? Math.max(...values) : Math.min(...values);
}
