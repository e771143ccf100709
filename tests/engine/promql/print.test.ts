import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_FEATURES, parse, print, type Expr } from '#engine/promql';

function tree(query: string): Expr {
	const result = parse(query, ALL_FEATURES);
	if (!result.ok) throw new Error(`${query}: ${result.errors[0]?.message}`);
	return result.expr;
}

function check(query: string, expected = query): void {
	test(query, () => expect(print(tree(query))).toBe(expected));
}

describe('expressions are printed as Prometheus prints them', () => {
	check('1.50', '1.5');
	check('1e3', '1000');
	check('1e-7', '0.0000001');
	check('0x1f', '31');
	check('-inf', '-Inf');
	check('inf', '+Inf');
	check('90m', '1h30m');
	check('-5m');
	check(`'say "a"'`, String.raw`"say \"a\""`);
	check('a{}', 'a');
	check('a{z="1", b=~"x|y"}', 'a{b=~"x|y",z="1"}');
	check('{__name__="a"}');
	check('{"a", "b c"="d"}', '{"b c"="d",__name__="a"}');
	check('{a="b",c=""}');
	check('a[300]', 'a[5m]');
	check('a [ 1d : 60 ] ', 'a[1d:1m]');
	check('a[5m:]');
	check('a offset -90s', 'a offset -1m30s');
	check('a offset 5m @ 1.5', 'a @ 1.500 offset 5m');
	check('a[5m] offset 1h @ start()', 'a[5m] @ start() offset 1h');
	check('a[5m:1m] @ end() offset 1h');
	check('SUM(a) BY (b, "c d")', 'sum by (b, "c d") (a)');
	check('sum by () (a)', 'sum(a)');
	check('sum without () (a)');
	check('topk  without(b) (5,a)', 'topk without (b) (5, a)');
	check('a+b', 'a + b');
	check('a>bool 1', 'a > bool 1');
	check('a AND on(b)c', 'a and on (b) c');
	check('a*on()b', 'a * on () b');
	check('a*ignoring()b', 'a * b');
	check('a / ignoring(b) group_left(c) d', 'a / ignoring (b) group_left (c) d');
	check('a / on(b) group_right d', 'a / on (b) group_right () d');
	check('- (a+b)', '-(a + b)');
	check('-a^2', '-a ^ 2');
	check('label_replace(a,"b","$1","c",\'(.*)\')', 'label_replace(a, "b", "$1", "c", "(.*)")');
	check('time( )', 'time()');
	check('a </ 1 >/ 2');
	check('"\\xff\\377\\xc3\\xa9"', '"\\xff\\xffé"');
	check('sum by ("\\u00e9") (a)', 'sum by ("é") (a)');
});

describe('fills', () => {
	check('a + fill(0) b', 'a + fill (0) b');
	check('a + fill_left(0) fill_right(-0) b', 'a + fill (0) b');
	check('a+on(l)group_left fill_right(1m) b', 'a + on (l) group_left () fill_right (60) b');
	check('a + fill_right(2e6) fill_left(+inf) b', 'a + fill_left (+Inf) fill_right (2e+06) b');
	check('a + fill(nan) b', 'a + fill_left (NaN) fill_right (NaN) b');
	check('a == bool ignoring (l) fill_left (1e-5) b', 'a == bool ignoring (l) fill_left (1e-05) b');
});

describe('extensions', () => {
	check('a anchored');
	check('a offset 1m smoothed @ 1', 'a @ 1.000 smoothed offset 1m');
	check('a smoothed [5m] offset 1m @ 1', 'a[5m] smoothed @ 1.000 offset 1m');
});

describe('durations that are computed', () => {
	check('a[5m+step()]', 'a[5m + step()]');
	check('a[1m*2^1.5:-(range())]', 'a[1m * 2 ^ 1.5:-(range())]');
	check('a[((5m))]', 'a[5m]');
	check('a[((5m + ((1m))))]', 'a[(5m + 1m)]');
	check('a[+(+5m)]', 'a[5m]');
	check('a[- -5m]', 'a[5m]');
	check('a[MIN_OF ( 1m , max_of(300,step()) )]', 'a[min_of(1m, max_of(300, step()))]');
	check('a offset(1h)', 'a offset 1h');
	check('a offset -(1h)', 'a offset -1h');
	check('a @ end() offset(1h*2) [5m]', 'a[5m] @ end() offset (1h * 2)');
	check('a offset +step()', 'a offset step()');
	check('a[5m] offset -max_of(1,2) @ end()', 'a[5m] @ end() offset -max_of(1, 2)');
	check('a[5m:step()] offset (-(2*3))', 'a[5m:step()] offset (-(2 * 3))');
	check('a offset 0.0004', 'a offset 0s');
	check('a offset -0.0004', 'a offset -0s');
	check('a[5m:0.0004]', 'a[5m:0s]');
});

/** The tree without positions, and with conditions in the order in which they are printed. */
function bare(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(bare);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([key]) => key !== 'span' && key !== 'opSpan');
	return Object.fromEntries(
		entries.map(([key, inside]) => [
			key,
			key === 'matchers' ? (inside as object[]).map((m) => JSON.stringify(m)).sort() : bare(inside)
		])
	);
}

const name = fc.constantFrom('a', 'b_total', 'x:y', 'sum', 'by', 'offset', 'start');
const label = fc.constantFrom('job', 'le', 'on', '"a b"', '"é"');
const text = fc
	.oneof(
		fc.string(),
		fc.string({ unit: 'grapheme' }),
		fc.constantFrom('é', '"', '\\', '\n', '\u00a0')
	)
	.filter((value) => !/[\ufffd]/.test(value))
	.map((value) => JSON.stringify(value));
const duration = fc.constantFrom('5m', '1h30m', '300', '1500ms', '1d', '90s');
const matcher = fc
	.tuple(label, fc.constantFrom('=', '!='), text)
	.map(([key, op, value]) => key + op + value);
const shift = fc.constantFrom('', ' offset 5m', ' offset -1h', ' @ 12.345', ' @ end() offset 1m');
const selector = fc
	.tuple(name, fc.array(matcher, { maxLength: 3 }))
	.map(([metric, matchers]) => (matchers.length > 0 ? `${metric}{${matchers}}` : metric));
const labels = fc.array(label, { maxLength: 2 }).map((list) => `(${list})`);
const matching = fc.oneof(
	fc.constant(''),
	labels.map((list) => ` on ${list}`),
	fc
		.tuple(labels, fc.constantFrom('left', 'right'))
		.map(([list, side]) => ` ignoring ${list} group_${side} (zone)`)
);

/** Queries that evaluate to an instant vector. */
const { vector } = fc.letrec<{ vector: string; scalar: string }>((tie) => ({
	scalar: fc.oneof(
		{ maxDepth: 4 },
		fc.constantFrom('1', '0.5', '-2', '5m', 'Inf', 'NaN', '1e300', '0x1F', 'time()'),
		tie('vector').map((inner) => `scalar(${inner})`),
		fc
			.tuple(tie('scalar'), fc.constantFrom('+', '-', '^', '> bool'), tie('scalar'))
			.map((parts) => parts.join(' '))
	),
	vector: fc.oneof(
		{ maxDepth: 4 },
		fc.tuple(selector, shift).map((parts) => parts.join('')),
		fc
			.tuple(selector, duration, shift)
			.map(([of, range, moved]) => `rate(${of}[${range}]${moved})`),
		fc
			.tuple(tie('vector'), duration, shift)
			.map(([of, range, moved]) => `rate((${of})[${range}:30s]${moved})`),
		fc
			.tuple(
				fc.constantFrom('sum', 'count'),
				fc.constantFrom('by', 'without'),
				labels,
				tie('vector')
			)
			.map(([op, how, list, of]) => `${op} ${how} ${list} (${of})`),
		fc.tuple(tie('scalar'), tie('vector')).map(([k, of]) => `topk(${k}, ${of})`),
		fc.tuple(text, tie('vector')).map(([value, of]) => `count_values(${value}, ${of})`),
		fc
			.tuple(
				tie('vector'),
				fc.constantFrom('+', '*', '^', '==', 'atan2', '!= bool'),
				matching,
				tie('vector')
			)
			.map(([l, op, how, r]) => `${l} ${op}${how} ${r}`),
		fc
			.tuple(tie('vector'), fc.constantFrom('and', 'or', 'unless'), tie('vector'))
			.map((parts) => parts.join(' ')),
		tie('vector').map((inner) => `-${inner}`),
		tie('vector').map((inner) => `(${inner})`)
	)
}));

/**
 * Prometheus writes infinity as `+Inf`, and a sign binds more loosely than a power, so `Inf ^ 2` reads back as `+(Inf ^ 2)`:
 * the same value, but not the same tree.
 */
const readable = vector.filter((query) => !/Inf \^/.test(query));

describe('printing and reading undo each other', () => {
	test('what is printed reads as the same tree, and prints the same', () => {
		fc.assert(
			fc.property(readable, (query) => {
				const expr = tree(query);
				const printed = print(expr);
				const again = tree(printed);
				expect(bare(again)).toEqual(bare(expr));
				expect(print(again)).toBe(printed);
			}),
			{ numRuns: 500 }
		);
	});
});
