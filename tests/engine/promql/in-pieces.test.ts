import { describe, expect, it } from 'vitest';
import { queryRange, type QueryOptions } from '#engine/promql';
import { createMemoryStore } from './memory-querier.ts';

const STEPS = 1000;
const WINDOW = 20_000;

/** Windows of 20,000 rows at 1,000 steps: more than a kernel looks at in one go. */
function ask(query: string, options: QueryOptions = {}) {
	const range = { start: 0, end: (STEPS - 1) * 1000, step: 1000 };
	return queryRange(createMemoryStore(), query, range, options);
}

function check(query: string, expected: (lastSecond: number) => number): void {
	it(query, () => {
		const outcome = ask(query);
		if (!outcome.ok) throw new Error(outcome.message);
		const [series] = outcome.result.series;
		expect(Array.from(series?.values ?? [])).toEqual(
			Array.from({ length: STEPS }, (_, second) => expected(second))
		);
	});
}

describe('over windows so long that they are looked at in pieces, every step has its own result', () => {
	check('count_over_time(vector(time())[20000s:1s])', () => WINDOW);
	check(
		'sum_over_time(vector(time())[20000s:1s])',
		(second) => (WINDOW * (2 * second - WINDOW + 1)) / 2
	);
	check('first_over_time(vector(time())[20000s:1s])', (second) => second - WINDOW + 1);
	check('changes(vector(time())[20000s:1s])', () => WINDOW - 1);
	check('predict_linear(vector(time())[20000s:10s], 60)', (second) => second + 60);
});

describe('a query over windows so long', () => {
	it('can be ended between two pieces', () => {
		let asked = 0;
		const interrupt = () => (++asked === 3 ? ('timeout' as const) : undefined);
		const outcome = ask('stddev_over_time(vector(time())[20000s:1s])', { interrupt });
		expect(outcome).toEqual({
			ok: false,
			errorType: 'timeout',
			message: 'query timed out in expression evaluation'
		});
	});
});
