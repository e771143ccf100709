import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { query, queryRange, type RangeResult } from '#engine/promql';
import {
	borrowMachine,
	returnMachine,
	WORTH_IT,
	type Machine
} from '../../../../src/engine/promql/simd/machine.ts';
import { createMemoryStore, metric, type MemoryStore } from '../memory-querier.ts';

/** Queries whose loops the machine runs. */
const QUERIES = [
	'rate(m[5m])',
	'increase(m[90s])',
	'delta(m[5m])',
	'rate(m[20m])',
	'sum(m)',
	'sum by (k) (rate(m[5m]))',
	'sum(m offset 3m)',
	'avg_over_time(m[5m])',
	'avg_over_time(m[61s])',
	'sum(avg_over_time(m[2m]))',
	'topk(2, m)',
	'bottomk by (k) (1, rate(m[5m]))',
	'topk(3, -m)',
	'sum(max_over_time(rate(m[5m])[10m:1m]))',
	'sum(m) / count(m)',
	'sum by (k) (m) * on (k) group_right () m',
	'sum(rate(m[1m]))',
	'sum by (k) (increase(m[30s]))',
	'max_over_time(m[40m] @ 2400)',
	'min_over_time(m[31m] @ 2000)'
];

/** Two decimals, so that sums are rounded, but little enough for the exact sums of all rows. */
const cents = fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100);

/** The least numbers there are, of which a fraction is nothing. */
const least = fc.integer({ min: 0, max: 3 }).map((n) => n * 5e-324);

const number = fc.oneof(
	{ weight: 8, arbitrary: fc.integer({ min: 0, max: 50 }) },
	{ weight: 4, arbitrary: fc.double() },
	{ weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -0, 1.7e308, -1.7e308, 5e-324) }
);

/** Few enough that a series often begins or ends within them, even and odd; with the fewest the machine is only just used. */
const steps = fc.integer({ min: WORTH_IT, max: WORTH_IT + 35 });

const isReset = fc.nat(20).map((n) => n === 0);

const values = fc.oneof(
	fc.array(fc.record({ number, isReset }), { minLength: 1, maxLength: 140 }),
	fc.array(fc.record({ number: cents, isReset }), { minLength: 1, maxLength: 140 }),
	fc.array(fc.record({ number: least, isReset }), { minLength: 1, maxLength: 140 })
);

/** Values of a counter that is sometimes reset, or of anything. */
const column = fc
	.record({
		values,
		isCounter: fc.boolean(),
		interval: fc.constantFrom(15_000, 30_000, 40_000),
		offset: fc.nat(900_000)
	})
	.map(({ values, isCounter, interval, offset }) => {
		let sum = 0;
		return {
			values: values.map(({ number, isReset }) => {
				if (!isCounter) return number;
				sum = isReset ? 0 : sum + Math.abs(number);
				return sum;
			}),
			times: values.map((_, i) => offset + i * interval)
		};
	});

interface Column {
	readonly values: readonly number[];
	readonly times: readonly number[];
}

/** Series m, each in one of two groups. */
function storeOf(columns: readonly Column[]): MemoryStore {
	const store = createMemoryStore();
	columns.forEach(({ values, times }, i) =>
		store.addPoints(metric('m', { i: String(i), k: String(i % 2) }), times, values)
	);
	return store;
}

let held: Machine | undefined;
afterEach(() => {
	returnMachine(held);
	held = undefined;
});

/** Runs a query while somebody else has the machine, so that it has to do without. */
function withoutMachine<T>(run: () => T): T {
	held = borrowMachine();
	expect(held).toBeDefined();
	const result = run();
	returnMachine(held);
	held = undefined;
	return result;
}

function resultOf(outcome: ReturnType<typeof queryRange>): RangeResult {
	if (!outcome.ok) throw new Error(outcome.message);
	return outcome.result;
}

/** Every number with its sign, and nothing where there is none. */
function written({ series }: RangeResult): string[] {
	return series.map(
		({ labels, values, present }) =>
			`${labels.join(' ')}: ${[...values].map((v, i) => (present[i] ? write(v) : '_')).join(' ')}`
	);
}

function write(value: number): string {
	return Object.is(value, -0) ? '-0' : String(value);
}

describe('what is computed two steps at a time', () => {
	it('is the same, to the last bit, as what is computed one by one', () => {
		let series = 0;
		fc.assert(
			fc.property(
				fc.array(column, { minLength: 1, maxLength: 5 }),
				fc.constantFrom(...QUERIES),
				fc.constantFrom(15_000, 30_000, 7_000),
				steps,
				(columns, text, step, count) => {
					const store = storeOf(columns);
					// At the first step there are windows that are full already.
					const range = { start: 120_000, end: 120_000 + (count - 1) * step, step };
					const run = () => written(resultOf(queryRange(store, text, range)));
					const found = run();
					series += found.length;
					expect(found).toEqual(withoutMachine(run));
				}
			),
			{ numRuns: 1500 }
		);
		expect(series).toBeGreaterThan(1500);
	});
	it.each(['sum(rate(m[1m]))', 'sum(m)', 'avg_over_time(m[1m])', 'topk(1, rate(m[1m]))'])(
		'is the same wherever a series begins and ends: %s',
		(text) => {
			const first = 120_000;
			const interval = 15_000;
			const whole = Array.from({ length: 60 }, (_, i) => i * interval);
			for (const count of [WORTH_IT, WORTH_IT + 1]) {
				const range = { start: first, end: first + (count - 1) * interval, step: interval };
				const inRange = whole.filter((time) => time <= range.end);
				for (let birth = 0; birth < inRange.length; birth++) {
					for (let death = birth + 1; death <= inRange.length; death += 3) {
						const store = storeOf([
							{ times: whole, values: whole.map((time) => 1e6 + time / 7) },
							{ times: inRange.slice(birth, death), values: whole.slice(birth, death) }
						]);
						const run = () => written(resultOf(queryRange(store, text, range)));
						expect([birth, death, run()]).toEqual([birth, death, withoutMachine(run)]);
					}
				}
			}
		}
	);
	it('is the same with more steps than there is room for', () => {
		const times = Array.from({ length: 80 }, (_, i) => i * 1_000_000);
		const store = storeOf(
			[1, 2].map((k) => ({ times, values: times.map((time, i) => (i * k) % 17) }))
		);
		const range = { start: 0, end: 71_000_000, step: 35_500_000 };
		const run = () =>
			written(resultOf(queryRange(store, 'sum_over_time(topk(1, m)[72000s:1s])', range)));
		const found = run();
		expect(found.length).toBe(2);
		expect(found).toEqual(withoutMachine(run));
	});
	it('is the same for extremes of a long window, whatever is in it', () => {
		const special = fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, 5e-324, 1, -1);
		const windows = fc.array(fc.oneof(special, special, fc.double()), {
			minLength: 60,
			maxLength: 90
		});
		const few = fc
			.tuple(fc.constantFrom(NaN, 0, -0, -Infinity, Infinity), special, fc.integer({ max: 89 }))
			.map(([most, one, at]) => Array.from({ length: 90 }, (_, i) => (i === at ? one : most)));
		fc.assert(
			fc.property(fc.oneof(windows, few), fc.constantFrom('max', 'min'), (values, extreme) => {
				const times = values.map((_, i) => i * 15_000);
				const store = storeOf([{ values, times }]);
				const end = times[times.length - 1] as number;
				const run = () => {
					const outcome = query(store, `${extreme}_over_time(m[1h])`, end);
					if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
					return outcome.result.samples.map(({ value }) => write(value));
				};
				const found = run();
				expect(found.length).toBe(1);
				expect(found).toEqual(withoutMachine(run));
			}),
			{ numRuns: 2000 }
		);
	});
	it('does not change when the next query is run', () => {
		const times = Array.from({ length: 100 }, (_, i) => i * 15_000);
		const store = storeOf([1, 2, 3].map((k) => ({ times, values: times.map((time) => time * k) })));
		const range = { start: 0, end: 99 * 15_000, step: 15_000 };
		for (const text of QUERIES) {
			const result = resultOf(queryRange(store, text, range));
			const before = written(result);
			expect(before).not.toEqual([]);
			for (const other of QUERIES) queryRange(store, other, range);
			expect(written(result)).toEqual(before);
		}
	});
});

describe('borrowMachine', () => {
	it('lends it to one at a time', () => {
		held = borrowMachine();
		expect(held).toBeDefined();
		expect(borrowMachine()).toBeUndefined();
		returnMachine(held);
		held = borrowMachine();
		expect(held).toBeDefined();
	});
	it('hands out columns until its memory is full', () => {
		held = borrowMachine();
		const machine = held as Machine;
		const columns: Float64Array[] = [];
		for (let column = machine.column(99_999); column; column = machine.column(99_999)) {
			columns.push(column.fill(columns.length));
		}
		expect(columns.length).toBeGreaterThan(5);
		columns.forEach((column, i) => expect(column.every((value) => value === i)).toBe(true));
		expect(machine.holds(new Float64Array(4))).toBe(false);
	});
	it('tells whether a mask is full, whatever its length and wherever the gap is', () => {
		held = borrowMachine();
		const machine = held as Machine;
		for (const count of [1, 15, 16, 17, 40]) {
			const mask = machine.mask(count) as Uint8Array;
			machine.mask(count)?.fill(0);
			expect(machine.isFull(mask)).toBe(true);
			for (let i = 0; i < count; i++) {
				mask[i] = 0;
				expect([count, i, machine.isFull(mask)]).toEqual([count, i, false]);
				mask[i] = 1;
			}
		}
		expect(machine.isFull(Uint8Array.of(1, 1))).toBe(false);
	});
	it('takes rows as long as there is room for them', () => {
		held = borrowMachine();
		const rows = new Float64Array(2 ** 16 + 1);
		expect(held?.load(rows, 1, rows.length)).toBe(true);
		expect(held?.load(rows, 0, rows.length)).toBe(false);
	});
});
