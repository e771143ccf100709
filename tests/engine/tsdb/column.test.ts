import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Column } from '../../../src/engine/tsdb/column.ts';

const distances = fc.oneof(
	fc.array(fc.constant(15_000), { maxLength: 40 }),
	fc.array(fc.constant(0.1), { maxLength: 40 }),
	fc.array(
		fc.oneof(
			{ weight: 9, arbitrary: fc.integer({ min: 1, max: 20 }) },
			{ weight: 1, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) }
		),
		{ maxLength: 40 }
	)
);

/** A column of committed rows, and perhaps one that is only open. */
function columnOf(first: number, distances: readonly number[], hasOpenRow: boolean): Column {
	const column = new Column();
	let time = first;
	for (const distance of distances) {
		time += distance;
		column.open(time);
		column.rows++;
	}
	if (hasOpenRow) column.open(time + 5);
	return column;
}

describe('rowAt', () => {
	it('is the first committed row at or after a time, however far the rows are apart', () => {
		let asked = 0;
		fc.assert(
			fc.property(
				fc.integer({ min: -500, max: 500 }),
				distances,
				fc.boolean(),
				fc.array(fc.double({ min: -1e7, max: 1e7, noNaN: true }), { maxLength: 5 }),
				(first, distances, hasOpenRow, strange) => {
					const column = columnOf(first, distances, hasOpenRow);
					const times = [...column.times.subarray(0, column.rows)];
					const near = times.flatMap((time) => [time - 1, time, time + 1]);
					for (const time of [...near, ...strange, first, Infinity, -Infinity]) {
						const found = times.findIndex((row) => row >= time);
						expect(column.rowAt(time)).toBe(found < 0 ? times.length : found);
						asked++;
					}
				}
			),
			{ numRuns: 1000 }
		);
		expect(asked).toBeGreaterThan(10_000);
	});
});
