import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, SAMPLE, STALE, type SeriesColumns } from '#engine/model';
import { queryRange } from '#engine/promql';
import { createMemoryStore, metric, type Point } from './memory-querier.ts';

const RANGE = { start: 0, end: 600_000, step: 20_000 };

const QUERIES = [
	'x_total',
	'rate(x_total[1m])',
	'last_over_time(x_total[1m])',
	'max_over_time(x_total[2m])',
	'resets(x_total[2m])',
	'count_over_time(x_total[90s])',
	'sum(x_total)',
	'timestamp(x_total)'
];

interface Stored {
	readonly values: readonly number[];
	readonly marks: readonly number[];
	readonly start: number;
	readonly end: number;
}

const ROWS = 40;

const stored: fc.Arbitrary<Stored> = fc
	.record({
		values: fc.array(fc.nat(9), { minLength: ROWS, maxLength: ROWS }),
		marks: fc.oneof(
			fc.constant(new Array<number>(ROWS).fill(SAMPLE)),
			fc.array(fc.constantFrom(SAMPLE, SAMPLE, SAMPLE, ABSENT, STALE), {
				minLength: ROWS,
				maxLength: ROWS
			})
		),
		bounds: fc.tuple(fc.nat(ROWS), fc.nat(ROWS))
	})
	.map(({ values, marks, bounds: [a, b] }) => ({
		values,
		marks,
		start: Math.min(a, b),
		end: Math.max(a, b)
	}));

/** Series that share one column of times; rows outside of theirs hold nonsense. */
function sharing(series: readonly Stored[]): SeriesColumns[] {
	const times = Float64Array.from({ length: ROWS }, (_, row) => row * 15_000);
	return series.map(({ values, marks, start, end }, i) => ({
		labels: metric('x_total', { i: String(i) }),
		times,
		values: Float64Array.from(values),
		...(marks.some((mark) => mark !== SAMPLE) ? { marks: Uint8Array.from(marks) } : {}),
		start,
		end
	}));
}

describe('series that share a column of times', () => {
	it('give what the same series give on columns of their own', () => {
		fc.assert(
			fc.property(fc.array(stored, { minLength: 1, maxLength: 4 }), (series) => {
				const shared = createMemoryStore();
				const alone = createMemoryStore();
				for (const columns of sharing(series)) {
					shared.addColumns(columns);
					const { labels, times, start, end } = columns;
					alone.addPoints(labels, Array.from(times.slice(start, end)), pointsOf(columns));
				}
				for (const text of QUERIES) {
					expect(queryRange(shared, text, RANGE)).toEqual(queryRange(alone, text, RANGE));
				}
			})
		);
	});
});

function pointsOf({ values, marks, start, end }: SeriesColumns): Point[] {
	return Array.from(values.slice(start, end), (value, i) => {
		const mark = marks?.[start + i] ?? SAMPLE;
		if (mark === ABSENT) return 'absent';
		return mark === STALE ? 'stale' : value;
	});
}

describe('what a query gives', () => {
	it('does not share its arrays with the store', () => {
		const store = createMemoryStore();
		const values = Float64Array.of(1, 2, 3);
		const times = Float64Array.of(0, 15_000, 30_000);
		store.addColumns({ labels: metric('x_total'), times, values, start: 0, end: 3 });
		queryRange(store, '-x_total', RANGE);
		queryRange(store, 'x_total * 2', RANGE);
		expect(values).toEqual(Float64Array.of(1, 2, 3));
	});
});
