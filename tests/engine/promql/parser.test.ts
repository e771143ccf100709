import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	ALL_FEATURES,
	formatParseError,
	parse,
	parseSelector,
	type Expr,
	type Features
} from '#engine/promql';

function tree(query: string): Expr {
	const result = parse(query, ALL_FEATURES);
	if (!result.ok) throw new Error(result.errors.map((e) => formatParseError(query, e)).join('\n'));
	return result.expr;
}

/** The tree with every operation in brackets, to see what binds to what. */
function shape(expr: Expr): string {
	switch (expr.kind) {
		case 'number':
			return String(expr.value);
		case 'string':
			return `'${expr.value}'`;
		case 'selector':
			return expr.name + (expr.offset ? `<${expr.offset}` : '') + (expr.at ? `@${expr.at}` : '');
		case 'matrix':
			return `${shape(expr.selector)}[${expr.range}]`;
		case 'subquery':
			return `${shape(expr.expr)}[${expr.range}:${expr.step ?? ''}]`;
		case 'call':
			return `${expr.func}(${expr.args.map(shape).join(' ')})`;
		case 'aggregation':
			return `${expr.op}${expr.without ? ' without' : ''}{${expr.grouping}}(${expr.param ? `${shape(expr.param)} ` : ''}${shape(expr.expr)})`;
		case 'binary':
			return `(${shape(expr.lhs)} ${expr.op} ${shape(expr.rhs)})`;
		case 'unary':
			return `(${expr.op}${shape(expr.expr)})`;
		case 'paren':
			return shape(expr.expr);
	}
}

function check(query: string, expected: string): void {
	test(query, () => expect(shape(tree(query))).toBe(expected));
}

/** The first error is, to the letter, what Prometheus' API says. */
function checkError(query: string, expected: string, features?: Features): void {
	test(JSON.stringify(query), () => {
		const result = parse(query, features);
		const [first] = result.ok ? [] : result.errors;
		expect(first && formatParseError(query, first)).toBe(expected);
	});
}

describe('literals', () => {
	check('1', '1');
	check('-Inf', '-Infinity');
	check('+ 1', '1');
	check('0x1f', '31');
	check('1h30m', '5400');
	check('"a\\nb"', "'a\nb'");
	check("'x'", "'x'");
	test('a duration remembers that it is one', () => {
		expect(tree('-5m')).toMatchObject({ kind: 'number', value: -300, isDuration: true });
	});
});

describe('operators bind as in Prometheus', () => {
	check('1 + 2 * 3', '(1 + (2 * 3))');
	check('1 - 2 - 3', '((1 - 2) - 3)');
	check('2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))');
	check('-2 ^ 2', '(-(2 ^ 2))');
	check('-1 * a', '(-1 * a)');
	check('2 ^ -a * 3', '((2 ^ (-a)) * 3)');
	check('a or b and c unless d', '(a or ((b and c) unless d))');
	check('a + b == c', '((a + b) == c)');
	check('a % b atan2 c', '((a % b) atan2 c)');
	check('(a + b) * c', '((a + b) * c)');
	check('--a', '(-(-a))');
	check('-a offset 5m', '(-a<300000)');
});

describe('vector matching', () => {
	const cases: [string, object | undefined][] = [
		['a + b', { cardinality: 'one-to-one', on: false, labels: [], include: [] }],
		['a and b', { cardinality: 'many-to-many', on: false, labels: [], include: [] }],
		['a + on (x, y) b', { cardinality: 'one-to-one', on: true, labels: ['x', 'y'], include: [] }],
		[
			'a * ignoring(x) group_left(y,) b',
			{ cardinality: 'many-to-one', on: false, labels: ['x'], include: ['y'] }
		],
		['a * on() group_right b', { cardinality: 'one-to-many', on: true, labels: [], include: [] }],
		['a + 1', undefined],
		['1 + on() group_left 2', undefined]
	];
	test.each(cases)('%s', (query, matching) => {
		expect((tree(query) as { matching?: object }).matching).toEqual(matching);
	});
	test('bool is kept', () => {
		expect(tree('a > bool on (x) b')).toMatchObject({ returnBool: true, matching: { on: true } });
	});
});

describe('selectors', () => {
	const cases: [string, object][] = [
		[
			'a{b="c",d!="e",f=~"g|h",i!~"j.*"}',
			{
				name: 'a',
				matchers: [
					{ name: 'b', type: '=', value: 'c' },
					{ name: 'd', type: '!=', value: 'e' },
					{ name: 'f', type: '=~', value: 'g|h' },
					{ name: 'i', type: '!~', value: 'j.*' },
					{ name: '__name__', type: '=', value: 'a' }
				]
			}
		],
		[
			'{"a.b", "c d"=\'e\',}',
			{
				name: 'a.b',
				nameInBraces: true,
				matchers: [
					{ name: '__name__', type: '=', value: 'a.b' },
					{ name: 'c d', type: '=', value: 'e' }
				]
			}
		],
		['sum', { name: 'sum' }],
		['By{on="x"}', { name: 'By' }],
		['start', { name: 'start' }],
		['a:b', { name: 'a:b' }]
	];
	test.each(cases)('%s', (query, expected) => {
		expect(tree(query)).toMatchObject(expected);
	});
});

describe('ranges, subqueries, offset and @', () => {
	check('a[5m]', 'a[300000]');
	check('a[300]', 'a[300000]');
	check('a[1h/2]', 'a[1800000]');
	check('a[-5m+35m]', 'a[1800000]');
	check('a[max_of(1m, 2m) * 2]', 'a[240000]');
	check('a[1h:1m]', 'a[3600000:60000]');
	check('sum(a)[1h:]', 'sum{}(a)[3600000:]');
	check('a offset 5m', 'a<300000');
	check('a offset -(1m+30)', 'a<-90000');
	check('a offset 5m * 2', '(a<300000 * 2)');
	check('a offset (5m) * 2', 'a<600000');
	check('a @ 10', 'a@10000');
	check('a @ -0.0005', 'a@-1');
	check('a @ start() offset 1s', 'a<1000@start');
	check('a[5m] offset 1s @ end()', 'a<1000@end[300000]');
});

describe('aggregations and calls', () => {
	check('sum(a)', 'sum{}(a)');
	check('SUM BY (a, "b c", sum,) (x)', 'sum{a,b c,sum}(x)');
	check('count(x) without (a)', 'count without{a}(x)');
	check('topk(5, x) by (a)', 'topk{a}(5 x)');
	check('count_values("v", x)', "count_values{}('v' x)");
	check('rate(a[5m])', 'rate(a[300000])');
	check('time()', 'time()');
	check('label_join(a, "d", ",", "b", "c")', "label_join(a 'd' ',' 'b' 'c')");
});

describe('every node knows the text that it came from', () => {
	const cases: [string, string[]][] = [
		['a + b', ['a + b', 'a', 'b']],
		[' sum by (x) (a) ', ['sum by (x) (a)', 'a']],
		[
			'(rate(a{b="c"}[5m] offset 1h))',
			[
				'(rate(a{b="c"}[5m] offset 1h))',
				'rate(a{b="c"}[5m] offset 1h)',
				'a{b="c"}[5m] offset 1h',
				'a{b="c"}'
			]
		],
		[
			'rate(a[5m:] @ 3) > -1',
			['rate(a[5m:] @ 3) > -1', 'rate(a[5m:] @ 3)', 'a[5m:] @ 3', 'a', '-1']
		]
	];
	test.each(cases)('%s', (query, texts) => {
		const found: string[] = [];
		visit(tree(query), ({ span }) => found.push(query.slice(span.from, span.to)));
		expect(found).toEqual(texts);
	});
	test('and the operator knows its own', () => {
		expect(tree('aa  >= b')).toMatchObject({ opSpan: { from: 4, to: 6 } });
	});
});

function visit(expr: Expr, see: (expr: Expr) => void): void {
	see(expr);
	if ('args' in expr) expr.args.forEach((arg) => visit(arg, see));
	if ('expr' in expr) visit(expr.expr, see);
	if ('selector' in expr) visit(expr.selector, see);
	if ('lhs' in expr) [expr.lhs, expr.rhs].forEach((side) => visit(side, see));
}

describe('errors are worded and placed as in Prometheus', () => {
	checkError('', 'unknown position: parse error: no expression found in input');
	checkError('# only', '1:1: parse error: no expression found in input');
	checkError('a b', '1:3: parse error: unexpected identifier "b"');
	checkError('1 +', '1:4: parse error: unexpected end of input');
	checkError('a + * b', '1:5: parse error: unexpected <op:*>');
	checkError('a group_left b', '1:3: parse error: unexpected <group_left>');
	checkError('a\n  + $', "2:5: parse error: unexpected character: '$'");
	checkError('"é" "x"', '1:6: parse error: unexpected string "\\"x\\""');
	checkError('a "a long string"', '1:3: parse error: unexpected string "\\"a long st"...');
	checkError('sum a', '1:5: parse error: unexpected identifier "a"');
	checkError('sum(a b)', '1:7: parse error: unexpected identifier "b" in aggregation');
	checkError('sum(rate(a b))', '1:12: parse error: unexpected identifier "b" in aggregation');
	checkError('rate(a b)', '1:8: parse error: unexpected identifier "b"');
	checkError('sum by (a) x', '1:12: parse error: unexpected identifier "x" in aggregation');
	checkError(
		'sum by a (x)',
		'1:8: parse error: unexpected identifier "a" in grouping opts, expected "("'
	);
	checkError(
		'sum by (1) (x)',
		'1:9: parse error: unexpected number "1" in grouping opts, expected label'
	);
	checkError(
		'sum by (a b) (x)',
		'1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")"'
	);
	checkError(
		'sum by (without) (x)',
		'1:9: parse error: unexpected <without> in grouping opts, expected label'
	);
	checkError('sum by ("") (x)', '1:9: parse error: invalid label name for grouping: ""');
	checkError('sum()', '1:1: parse error: no arguments for aggregate expression provided');
	checkError(
		'topk(a)',
		'1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'
	);
	checkError('sum(a,)', '1:6: parse error: trailing commas not allowed in function call args');
	checkError('nope(a)', '1:1: parse error: unknown function with name "nope"');
	checkError('RATE(a[5m])', '1:1: parse error: unknown function with name "RATE"');
	checkError(
		'a{b}',
		'1:4: parse error: unexpected "}" in label matching, expected label matching operator'
	);
	checkError(
		'a{b=c}',
		'1:5: parse error: unexpected identifier "c" in label matching, expected string'
	);
	checkError(
		'a{,}',
		'1:3: parse error: unexpected "," in label matching, expected identifier or "}"'
	);
	checkError(
		'a{b="c" d="e"}',
		'1:9: parse error: unexpected identifier "d" in label matching, expected "," or "}"'
	);
	checkError('a{b=~"("}', '1:3: parse error: error parsing regexp: missing closing ): `(`');
	checkError(
		'a{b=~"\\\\"}',
		'1:3: parse error: error parsing regexp: trailing backslash at end of expression: ``'
	);
	checkError('a[0]', '1:3: parse error: duration must be greater than 0');
	checkError('a[5m/0]', '1:5: parse error: division by zero');
	checkError('a[300y]', '1:3: parse error: duration out of range');
	checkError('a[1m1h]', '1:3: parse error: not a valid duration string: "1m1h"');
	checkError(
		'a[5m+]',
		'1:6: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()'
	);
	checkError(
		'a[5m "x"]',
		'1:6: parse error: unexpected string "\\"x\\"" in subquery or range, expected ":" or "]"'
	);
	checkError(
		'a[5m:+]',
		'1:7: parse error: unexpected "]" in subquery selector, expected number, duration, step(), range(), or "]"'
	);
	checkError('(a)[5m]', '1:4: parse error: ranges only allowed for vector selectors');
	checkError('a offset 5m[5m]', '1:12: parse error: no offset modifiers allowed before range');
	checkError('a @ 5 [5m]', '1:7: parse error: no @ modifiers allowed before range');
	checkError(
		'a offset x',
		'1:10: parse error: unexpected identifier "x" in offset, expected number, duration, step(), or range()'
	);
	checkError('a offset 1m offset 1m', '1:1: parse error: offset may not be set multiple times');
	checkError(
		'b + sum(a) offset 1m',
		'1:5: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery'
	);
	checkError('a @ x', '1:5: parse error: unexpected identifier "x" in @, expected timestamp');
	checkError('a @ 1 @ 2', '1:1: parse error: @ <timestamp> may not be set multiple times');
	checkError('a @ inf', '1:1: parse error: timestamp out of bounds for @ modifier: +Inf');
	checkError(
		'5 @ 1',
		'1:1: parse error: @ modifier must be preceded by an instant vector selector or range vector selector or a subquery'
	);
	checkError(
		'1e400',
		'1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1e400": value out of range'
	);
});

describe('the error of what is complete comes before the error of what follows', () => {
	checkError('nope(a) $', '1:1: parse error: unknown function with name "nope"');
	checkError('sum() $', "1:7: parse error: unexpected character: '$'");
	checkError('a[0] b', '1:3: parse error: duration must be greater than 0');
	checkError('a[5m-5m] b', '1:10: parse error: unexpected identifier "b"');
});

describe('what is experimental needs its switch', () => {
	checkError('1 + step()', '1:5: parse error: function "step" is not enabled');
	checkError(
		'limitk (1, a)',
		'1:1: parse error: limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions'
	);
	checkError('limit_ratio ()', '1:1: parse error: no arguments for aggregate expression provided');
	checkError(
		'b + fill (0) c',
		'1:1: parse error: binop fill modifiers are experimental and not enabled'
	);
	checkError(
		'rate(a[5m] anchored)',
		'1:6: parse error: anchored modifier is experimental and not enabled'
	);
	checkError('5 smoothed', '1:1: parse error: smoothed modifier is experimental and not enabled');
	const others: Features = { ...ALL_FEATURES, extendedRangeSelectors: false };
	checkError(
		'a anchored',
		'1:1: parse error: anchored modifier is experimental and not enabled',
		others
	);
	test('and is read with it', () => {
		expect(shape(tree('limitk(1, a + fill (0) b smoothed)'))).toBe('limitk{}(1 (a + b))');
	});
});

describe('fill', () => {
	function checkFill(query: string, fill: { left?: number; right?: number } | undefined): void {
		test(query, () => {
			const expr = tree(query);
			expect(expr.kind === 'binary' && expr.matching?.fill).toEqual(fill);
		});
	}
	checkFill('a + b', undefined);
	checkFill('a + fill(1) b', { left: 1, right: 1 });
	checkFill('a == bool on (l) group_left fill_left ( -2 ) b', { left: -2 });
	checkFill('a + fill_right (1m) b', { right: 60 });
	checkFill('a + fill_right (1) fill_left (+inf) b', { left: Infinity, right: 1 });
	checkFill('fill + Fill_Left (0) fill', { left: 0 });
	checkError('a + fill (b) c', '1:11: parse error: unexpected identifier "b"', ALL_FEATURES);
	checkError('a + fill (1) fill (2) c', '1:19: parse error: unexpected "("', ALL_FEATURES);
	checkError(
		'sum(a + fill (1 c)',
		'1:17: parse error: unexpected identifier "c" in aggregation',
		ALL_FEATURES
	);
	checkError('fill (1)', '1:6: parse error: unexpected "("', ALL_FEATURES);
});

describe('anchored and smoothed', () => {
	test('belong to the selector', () => {
		expect(tree('a anchored')).toMatchObject({ extension: 'anchored', span: { from: 0, to: 1 } });
		expect(tree('a[5m] smoothed offset 1m')).toMatchObject({
			selector: { extension: 'smoothed', offset: 60_000 }
		});
		expect(tree('a smoothed [5m]')).toMatchObject({ selector: { extension: 'smoothed' } });
	});
	const errors: [string, string][] = [
		[
			'1 + anchored anchored smoothed',
			'1:5: parse error: anchored and smoothed modifiers cannot be used together'
		],
		['a[5m:] anchored', '1:1: parse error: anchored modifier is not supported for subqueries'],
		['sum(a) smoothed', '1:1: parse error: smoothed modifier not implemented'],
		['a anchored bool', '1:12: parse error: unexpected <bool>']
	];
	for (const [query, expected] of errors) checkError(query, expected, ALL_FEATURES);
});

describe('trimming binds like a comparison', () => {
	check('a + 1 </ 2 * b', '((a + 1) </ (2 * b))');
	check('a >/ 1 == 2', '((a >/ 1) == 2)');
	check('a</b', '(a </ b)');
});

describe('arithmetic of durations', () => {
	check('a[1h - 5m]', 'a[3300000]');
	check('a[2 ^ 3 ^ 2 % 7 * 10 / 4 - -1]', 'a[3500]');
	check('a[-(-(2))]', 'a[2000]');
	check('a[min_of(1m, max_of(30, 20s)):1m/4]', 'a[30000:15000]');
	check('a offset (5m * 2)', 'a<600000');
	check('a offset 5m * 2', '(a<300000 * 2)');
	check('a offset -(5m) ^ 2', '(a<-300000 ^ 2)');
	check('a offset - -5m * 2', 'a<600000');
	check('a[4.35 * 100]', 'a[434999]');
	test('what depends on the query, or is no duration, has no number yet', () => {
		expect(tree('a[step() * 2]')).toMatchObject({ range: 0, rangeExpr: { op: '*' } });
		expect(tree('a[1m - 2m]')).toMatchObject({ range: 0, rangeExpr: { op: '-' } });
		expect(tree('a offset range()')).toMatchObject({ offset: 0, offsetExpr: { kind: 'range' } });
	});
	test('an offset is one even if it is too small or not known yet', () => {
		for (const offset of ['0.0001', 'step()', '(0 * 1)']) {
			expect(parse(`a offset ${offset}`).ok).toBe(true);
			expect(parse(`a offset ${offset} offset 1m`).ok).toBe(false);
		}
		expect(parse('a offset (0) offset 1m').ok).toBe(true);
	});
	test('before a range it is overlooked as long as it is no number', () => {
		for (const modifier of ['offset step()', 'offset (1m * 2)', '@ start()', 'offset 0']) {
			expect(parse(`a ${modifier} [5m]`).ok).toBe(true);
		}
		for (const modifier of ['offset (1m)', 'offset 0.0001', '@ 0']) {
			expect(parse(`a ${modifier} [5m]`).ok).toBe(false);
		}
	});
	checkError('a[(0)]', '1:4: parse error: duration must be greater than 0');
	checkError('a[5m % 0]', '1:6: parse error: modulo by zero');
	checkError('a[5m / (1 / -0)]', '1:11: parse error: division by zero');
	checkError(
		'a[step]',
		'1:7: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()'
	);
	checkError(
		'a offset min_of(1)',
		'1:18: parse error: unexpected ")" in offset, expected number, duration, step(), or range()'
	);
});

describe('a bare selector', () => {
	test('reads as one', () => {
		expect(parseSelector('up{job="a"}')).toMatchObject({ ok: true, selector: { name: 'up' } });
	});
	test('and nothing else does', () => {
		for (const text of ['up[5m]', 'up offset 5m', 'rate(up[5m])', '1', '', 'up up']) {
			expect(parseSelector(text).ok, text).toBe(false);
		}
	});
});

describe('no text makes the parser throw', () => {
	test('nesting without end is an error', () => {
		for (const text of ['(', '-', 'sum(', 'a[(', '1^', '1+', 'a offset -', 'a[5m:]']) {
			const result = parse(text.repeat(20_000));
			expect(result.ok, text).toBe(false);
		}
		expect(parse(`${'('.repeat(100)}a${')'.repeat(100)}`).ok).toBe(true);
		expect(parse(`a${' or a'.repeat(400)}`).ok).toBe(true);
	});

	test('pieces of PromQL in any order', () => {
		const piece = fc.constantFrom(
			...'a|sum|by|rate|(|)|[|]|{|}|,|:|=|=~|"x"|5m|1|+|-|^|offset|@|start|bool|on|group_left|and|#|\n|$|é|"\\'.split(
				'|'
			)
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const query = pieces.join(' ');
				const result = parse(query);
				if (result.ok) return;
				expect(result.errors.length).toBeGreaterThan(0);
				expect(formatParseError(query, result.errors[0]!)).toMatch(/: parse error: ./);
			}),
			{ numRuns: 1000 }
		);
	});

	test('any text at all', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
	});
});
