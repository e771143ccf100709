import { describe, expect, test } from 'vitest';
import { parse, print, resolveDurations } from '#engine/promql';

/** An hour in steps of 15 seconds. */
const HOUR = { start: 0, end: 3_600_000, step: 15_000 };
const INSTANT = { start: 60_000, end: 60_000, step: 0 };

function resolved(query: string, range = HOUR) {
	const parsed = parse(query);
	if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
	return resolveDurations(parsed.expr, range, query);
}

function check(query: string, expected: object, range = HOUR): void {
	test(query, () => expect(resolved(query, range)).toMatchObject(expected));
}

function checkError(query: string, expected: string, range = HOUR): void {
	test(query, () => expect(() => resolved(query, range)).toThrow(expected));
}

describe('durations take their numbers from the query', () => {
	check('a[step()]', { range: 15_000 });
	check('a[range() / 2:step() + 1]', { range: 1_800_000, step: 16_000 });
	check('a offset -range()', { offset: -3_600_000 });
	check('a[1m] offset (step() * 2)', { range: 60_000, selector: { offset: 30_000 } });
	check('a[max_of(step(), 1m)]', { range: 60_000 });
	check('a[min_of(range(), 1m) % 7]', { range: 4000 });
	check('a offset (step() + range())', { offset: 0 }, INSTANT);
	check('a[5m + step()]', { range: 300_000 }, INSTANT);
});

describe('wherever they stand in the tree', () => {
	check('sum(rate(a[step()]))', { expr: { args: [{ range: 15_000 }] } });
	check('topk(scalar(b offset step()), a)', { param: { args: [{ offset: 15_000 }] } });
	check('-(a offset step())', { expr: { expr: { offset: 15_000 } } });
	check('b + a offset step()', { rhs: { offset: 15_000 } });
	check('sum_over_time(a[step()])[1h:]', { expr: { args: [{ range: 15_000 }] }, range: 3_600_000 });
});

describe('a duration that is none has a place, in bytes', () => {
	checkError('a[step()]', '2:8: duration must be greater than 0', INSTANT);
	checkError('a[1m - 2m]', '2:9: duration must be greater than 0');
	checkError('{a="é"}[(5m - (5m))]', '10:18: duration must be greater than 0');
	checkError('a offset (1 / step())', '10:20: division by zero', INSTANT);
	checkError('a[1 % (2 - 2)]', '2:12: modulo by zero');
	checkError('a[2 ^ 9999]', '2:10: duration is NaN or infinite');
	checkError('a offset (-2 ^ 0.5 * nan)', '10:24: duration is NaN or infinite');
	checkError('a[292y * 2]', '2:10: duration is out of range');
	checkError('a[min_of(1, 0)]', '9:13: duration must be greater than 0');
	checkError('a[1m:-(2 * 30)]', '5:13: duration must be greater than 0');
	checkError('a[2m - 3m:0 * 1m]', '10:16: duration must be greater than 0');
});

test('the tree that was parsed stays as it is, and prints as it was written', () => {
	const query = 'rate(a[step() * 2] offset (range() - 1m)) / b';
	const parsed = parse(query);
	expect(parsed.ok && print(resolveDurations(parsed.expr, HOUR, query))).toBe(query);
	expect(parsed.ok && print(parsed.expr)).toBe(query);
	const plain = resolved('a[5m] offset 1m');
	expect(resolveDurations(plain, HOUR, '')).toBe(plain);
});
