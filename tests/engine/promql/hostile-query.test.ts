import { describe, expect, test } from 'vitest';
import { ALL_FEATURES, explain, query } from '#engine/promql';
import { metric } from './memory-querier.ts';
import { ODD_RANGE, oddStore } from './odd-store.ts';

const store = oddStore();
store.addPoints(metric('long', { x: 'x'.repeat(10_000) }), [ODD_RANGE.end], [1]);

/** What a query and its explanation are refused with; how many series it has otherwise. They have to agree. */
function answerOf(text: string): string | number {
	const options = { features: ALL_FEATURES };
	const outcome = query(store, text, ODD_RANGE.end, options);
	const explained = explain(store, text, ODD_RANGE.end, options);
	if (!outcome.ok) {
		expect(explained).toMatchObject(outcome);
		return outcome.message;
	}
	expect(explained.ok).toBe(true);
	return outcome.result.type === 'vector' ? outcome.result.samples.length : outcome.result.type;
}

function answers(cases: readonly (readonly [string, string, string | number])[]): void {
	test.each(cases)('%s', { timeout: 20_000 }, (_, text, expected) => {
		expect(answerOf(text)).toBe(expected);
	});
}

const times = (count: number, text: string) => text.repeat(count);
const MEGABYTE = 1_000_000;

describe('a regular expression that others take for ever to match is matched', () => {
	answers([
		['repetition of repetition', 'long{x=~"(x+x+)+y"}', 0],
		['of nothing', 'long{x=~"((((x?)*)*)*)*x{1000}y"}', 0],
		['of alternatives', 'long{x!~"(x|xx)+z"}', 1],
		['of what may be left out', `long{x=~"${times(400, 'x?')}${times(400, 'x')}"}`, 0],
		['in a function', 'label_replace(long, "y", "$1", "x", "(x+x+)+y?")', 1]
	]);
});

describe('a regular expression that would be too large, or is none, is refused', () => {
	const regex = (expression: string, reason: string) =>
		[
			expression.slice(0, 30),
			`long{x=~"${expression.replaceAll('\\', '\\\\')}"}`,
			`1:6: parse error: error parsing regexp: ${reason}`
		] as const;
	const deep = `${times(10_000, '(')}x${times(10_000, ')')}`;
	const groups = times(MEGABYTE / 4, '(c)');
	answers([
		regex('x{1001}', 'invalid repeat count: `{1001}`'),
		regex('((x{100}){100}){100}', 'invalid repeat count: `{100}`'),
		regex('(?=x)', 'invalid or unsupported Perl syntax: `(?=`'),
		regex('(x)\\1', 'invalid escape sequence: `\\1`'),
		regex(deep, `expression nests too deeply: \`${deep}\``),
		regex(groups, `expression too large: \`${groups}\``),
		[
			'in a function',
			'label_replace(long, "y", "$1", "x", "((x{100}){100}){100}")',
			'invalid regular expression in label_replace(): ((x{100}){100}){100}'
		]
	]);
});

describe('what is nested ten thousand deep is refused at its place', () => {
	const tooDeep = (place: string, levels = 200) =>
		`${place}: parse error: expression is nested more than ${levels} levels deep`;
	const within = (open: string, close: string) => `${times(10_000, open)}up${times(10_000, close)}`;
	answers([
		['parentheses', within('(', ')'), tooDeep('1:202')],
		['functions', within('abs(', ')'), tooDeep('1:805')],
		['signs', within('-', ''), tooDeep('1:202')],
		['sums', within('', '+up'), tooDeep('1:1503', 500)],
		['subqueries', within('', '[5m:]'), tooDeep('1:2503', 500)]
	]);
});

describe('what is just not too deep is answered', () => {
	answers([
		['sums', `up${times(400, '+up')}`, 2],
		['subqueries', `${times(60, 'max_over_time(')}up${times(60, '[5m:1s])')}`, 2]
	]);
});

describe('a megabyte of query is answered', () => {
	const digits = times(MEGABYTE, '1');
	answers([
		['conditions', `up{${times(MEGABYTE / 8, 'job="x",')}}`, 2],
		['alternatives', `up{job=~"${times(MEGABYTE / 2, 'c|')}x"}`, 2],
		['labels', `sum by (${times(MEGABYTE / 2, 'a,')}) (up)`, 2],
		['arguments', `label_join(up, "b", "c"${times(MEGABYTE / 5, ', "d"')})`, 2],
		['a name', times(MEGABYTE, 'x'), 0],
		['a text', `"${times(MEGABYTE, 'x')}"`, 'string'],
		['white space', times(MEGABYTE, ' '), '1:1: parse error: no expression found in input'],
		['brackets', times(MEGABYTE, '}'), "1:1: parse error: unexpected character: '}'"],
		[
			'operators',
			`${times(MEGABYTE / 6, 'up or ')}up`,
			'1:3004: parse error: expression is nested more than 500 levels deep'
		],
		[
			'digits',
			digits,
			`1:1: parse error: error parsing number: strconv.ParseFloat: parsing "${digits}": value out of range`
		]
	]);
});

describe('a stretch of time that is too long or too fine is refused', () => {
	const tooMany = 'query processing would load too many samples into memory in query execution';
	answers([
		['steps of a second for a year', 'max_over_time(foo[1y:1s])', tooMany],
		['of one number', 'quantile_over_time(0.5, vector(1)[1y:1s])', tooMany],
		['within each other', 'sum_over_time(max_over_time(foo[1y:1s])[1y:1s])', tooMany],
		['of a millisecond for a century', 'foo[100y:1ms]', tooMany],
		['a range that no number holds', 'foo[1e300]', '1:5: parse error: duration out of range'],
		['an offset', 'foo offset 1e300', '1:12: parse error: duration out of range']
	]);
	test('a range over all of time reads what there is', () => {
		expect(answerOf('rate(up[290y])')).toBe(2);
	});
});
