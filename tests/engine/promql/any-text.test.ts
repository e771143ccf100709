import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	ALL_FEATURES,
	explain,
	format,
	formatParseError,
	lint,
	NO_FEATURES,
	parse,
	print,
	query,
	queryRange,
	resolveDurations
} from '#engine/promql';
import { queryText, validQueryText } from '../../oracle/random-query-text.ts';
import { ODD_RANGE, oddStore } from './odd-store.ts';

const HOUR = { start: 0, end: 3_600_000, step: 15_000 };

/** How many texts are tried; `PROMENADE_RUNS=100000 npx vitest run tests/engine/promql/any-text.test.ts` takes its time. */
const RUNS = Number(process.env.PROMENADE_RUNS ?? 1500);
/** Milliseconds that many runs may take: hundreds of times what they do. */
const TIMEOUT = 60_000 + 100 * RUNS;

const STORE = oddStore();
/** Far more samples than the store has, and soon too many. */
const MAX_SAMPLES = 100_000;

test(
	'any text is read, printed, evaluated, explained and advised on, or has an error',
	{ timeout: TIMEOUT },
	() => {
		const features = fc.constantFrom(ALL_FEATURES, ALL_FEATURES, NO_FEATURES);
		fc.assert(
			fc.property(queryText(), fc.boolean(), features, (text, isRange, features) => {
				readAndPrint(text);
				const options = { features, maxSamples: MAX_SAMPLES };
				const outcome = isRange
					? queryRange(STORE, text, ODD_RANGE, options)
					: query(STORE, text, ODD_RANGE.end, options);
				const explained = explain(STORE, text, isRange ? ODD_RANGE : ODD_RANGE.end, options);
				expect(explained.ok).toBe(outcome.ok);
				if (!outcome.ok) {
					expect(outcome.message).toMatch(/./);
					expect(explained).toMatchObject(outcome);
				}
				for (const { message } of lint(text, { isRange })) expect(message).toMatch(/./);
			}),
			{ numRuns: RUNS }
		);
	}
);

/** What comes before evaluation: a tree that can be written down again, or an error with a place. */
function readAndPrint(text: string): void {
	const parsed = parse(text, ALL_FEATURES);
	if (parsed.ok) {
		expect(print(parsed.expr)).toMatch(/./);
		expect(format(parsed.expr)).toMatch(/./);
		return;
	}
	const [first] = parsed.errors;
	expect(first && formatParseError(text, first)).toMatch(/^\d+:\d+: parse error: .|^unknown/s);
}

test('over how many lines an expression is makes no difference', () => {
	fc.assert(
		fc.property(validQueryText(), (text) => {
			const parsed = parse(text, ALL_FEATURES);
			if (!parsed.ok) return;
			const [line, lines] = [print(parsed.expr), format(parsed.expr)].map((printed) => {
				const again = parse(printed, ALL_FEATURES);
				return again.ok ? print(again.expr) : again.errors[0]?.message;
			});
			expect(lines).toBe(line);
		}),
		{ numRuns: 1000 }
	);
});

test('durations are resolved, or refused at their place', () => {
	fc.assert(
		fc.property(validQueryText(), (text) => {
			const parsed = parse(text, ALL_FEATURES);
			if (!parsed.ok) return;
			try {
				expect(print(resolveDurations(parsed.expr, HOUR, text))).toBe(print(parsed.expr));
			} catch (error) {
				expect((error as Error).message).toMatch(/^\d+:\d+: /);
			}
		}),
		{ numRuns: 1000 }
	);
});

describe('what is too deep is said at its place', () => {
	const deep: [string, string, string][] = [
		['parentheses', '('.repeat(10_000), '1:202'],
		['signs', '-'.repeat(10_000), '1:202'],
		['functions', 'abs('.repeat(10_000), '1:805'],
		['powers', `1${'^1'.repeat(10_000)}`, '1:403'],
		['sums', `1${'+1'.repeat(100_000)}`, '1:1002'],
		['subqueries', `a${'[5m:]'.repeat(10_000)}`, '1:2502'],
		['parentheses in durations', `a[${'('.repeat(10_000)}`, '1:203'],
		['signs in durations', `a offset ${'-'.repeat(10_000)}`, '1:211'],
		['sums in durations', `a[1${'+1'.repeat(100_000)}]`, '1:1004'],
		['lesser durations', `a[${'min_of('.repeat(10_000)}`, '1:1403']
	];
	test.each(deep)('%s', (_, query, place) => {
		const parsed = parse(query);
		const [first] = parsed.ok ? [] : parsed.errors;
		expect(first && formatParseError(query, first)).toMatch(
			new RegExp(`^${place}: parse error: expression is nested more than \\d+ levels deep$`)
		);
	});
	test('what is just not too deep can be printed and formatted', () => {
		for (const query of [`1${'+1'.repeat(498)}`, `${'('.repeat(199)}a${')'.repeat(199)}`]) {
			const parsed = parse(query);
			expect(parsed.ok && print(parsed.expr).length).toBeGreaterThan(0);
			expect(parsed.ok && format(parsed.expr).length).toBeGreaterThan(0);
		}
	});
});

describe('a megabyte of query', () => {
	const MEGABYTE = 1_000_000;
	const queries: [string, string][] = [
		['conditions', `a{${'b="c",'.repeat(MEGABYTE / 6)}}`],
		['one string', `"${'x'.repeat(MEGABYTE)}"`],
		['escapes', `"${'\\xff'.repeat(MEGABYTE / 4)}"`],
		['digits', '1'.repeat(MEGABYTE)],
		['units', '1s'.repeat(MEGABYTE / 2)],
		['white space', ' '.repeat(MEGABYTE)],
		['comments', '#\n'.repeat(MEGABYTE / 2)],
		['labels', `sum by (${'a,'.repeat(MEGABYTE / 2)}) (b)`],
		[
			'labels twice',
			`a + on (${'a,'.repeat(MEGABYTE / 4)}) group_left (${'b,'.repeat(MEGABYTE / 4)}) b`
		],
		['arguments', `label_join(a, "b", "c"${', "d"'.repeat(MEGABYTE / 5)})`],
		['alternatives', `a{b=~"${'c|'.repeat(MEGABYTE / 2)}"}`],
		['groups', `a{b=~"${'(c)'.repeat(MEGABYTE / 3)}"}`],
		['expressions', `a{${'b=~"(c)d*",'.repeat(MEGABYTE / 11)}}`]
	];
	test.each(queries)('of %s is answered', { timeout: 20_000 }, (_, query) => {
		const parsed = parse(query);
		if (parsed.ok) format(parsed.expr);
		else expect(parsed.errors[0]?.message).toMatch(/./);
	});
});
