import { describe, expect, test } from 'vitest';
import { ALL_FEATURES, formatParseError } from '#engine/promql';
import { expressionType } from '../../../src/engine/promql/check.ts';
import type { ValueType } from '../../../src/engine/promql/ast.ts';
import type {
	FunctionDefinition,
	FunctionEvaluator,
	FunctionTable
} from '../../../src/engine/promql/function-definition.ts';
import { parseQuery } from '../../../src/engine/promql/parser.ts';

const evaluate = {} as FunctionEvaluator;

function define(
	name: string,
	args: readonly ValueType[],
	returns: ValueType,
	options: Partial<FunctionDefinition> = {}
): [string, FunctionDefinition] {
	const row = { name, args, returns, optional: 0, variadic: false, experimental: false, doc: '' };
	return [name, { ...row, evaluate, ...options }];
}

/** Signatures of every sort, so that the rules are tested apart from what can be evaluated today. */
const functions: FunctionTable = new Map([
	define('rate', ['matrix'], 'vector'),
	define('abs', ['vector'], 'vector'),
	define('vector', ['scalar'], 'vector'),
	define('scalar', ['vector'], 'scalar'),
	define('time', [], 'scalar'),
	define('hour', ['vector'], 'vector', { optional: 1 }),
	define('round', ['vector', 'scalar'], 'vector', { optional: 1 }),
	define('label_join', ['vector', 'string', 'string', 'string'], 'vector', {
		optional: 1,
		variadic: true
	}),
	define('info', ['vector', 'vector'], 'vector', { optional: 1, experimental: true }),
	define('histogram_avg', ['vector'], 'vector')
]);

function checkType(query: string, expected: ValueType): void {
	test(`${query} is a ${expected}`, () => {
		const result = parseQuery(query, functions, ALL_FEATURES);
		expect(result.ok && expressionType(result.expr, functions)).toBe(expected);
	});
}

function checkErrors(query: string, ...expected: string[]): void {
	test(query, () => {
		const result = parseQuery(query, functions, ALL_FEATURES);
		const errors = result.ok ? [] : result.errors;
		expect(errors.map((error) => formatParseError(query, error))).toEqual(
			expected.map((text) => text.replace(/^(\d+:\d+): /, '$1: parse error: '))
		);
	});
}

describe('types', () => {
	checkType('1', 'scalar');
	checkType('"a"', 'string');
	checkType('a', 'vector');
	checkType('a[5m]', 'matrix');
	checkType('a[5m:1m]', 'matrix');
	checkType('-(1 + time())', 'scalar');
	checkType('1 + a', 'vector');
	checkType('scalar(a) ^ 2', 'scalar');
	checkType('1 > bool 2', 'scalar');
	checkType('sum(a)', 'vector');
	checkType('vector(1)', 'vector');
});

describe('calls', () => {
	checkErrors(
		'rate(a)',
		'1:6: expected type range vector in call to function "rate", got instant vector'
	);
	checkErrors('rate(a[5m:])');
	checkErrors(
		'abs("a")',
		'1:5: expected type instant vector in call to function "abs", got string'
	);
	checkErrors('abs()', '1:1: expected 1 argument(s) in call to "abs", got 0');
	checkErrors('abs(a, b)', '1:1: expected 1 argument(s) in call to "abs", got 2');
	checkErrors('hour()');
	checkErrors('hour(a, b)', '1:1: expected at most 1 argument(s) in call to "hour", got 2');
	checkErrors('round()', '1:1: expected at least 1 argument(s) in call to "round", got 0');
	checkErrors(
		'round(a, b)',
		'1:10: expected type scalar in call to function "round", got instant vector'
	);
	checkErrors('label_join(a, "b", ",")');
	checkErrors('label_join(a, "b", ",", "c", "d", "e")');
	checkErrors(
		'label_join(a, "b")',
		'1:1: expected at least 3 argument(s) in call to "label_join", got 2'
	);
	checkErrors(
		'label_join(a, "b", ",", "c", 5)',
		'1:30: expected type string in call to function "label_join", got scalar'
	);
	checkErrors(
		'nope(1) + gone()',
		'1:1: unknown function with name "nope"',
		'1:11: unknown function with name "gone"'
	);
});

describe('the second argument of info() chooses labels', () => {
	checkErrors('info(a, {b="c"})');
	checkErrors('info(a, {})');
	checkErrors('info(a, b)', '1:9: expected label selectors only, got vector selector instead');
	checkErrors('info(a, sum(b))', '1:9: expected label selectors only');
});

describe('aggregations', () => {
	checkErrors('sum(1)', '1:5: expected type instant vector in aggregation expression, got scalar');
	checkErrors(
		'sum(a[5m])',
		'1:5: expected type instant vector in aggregation expression, got range vector'
	);
	checkErrors('topk("a", a)', '1:6: expected type scalar in aggregation parameter, got string');
	checkErrors(
		'count_values(1, a)',
		'1:14: expected type string in aggregation parameter, got scalar'
	);
});

describe('binary operators', () => {
	checkErrors('1 == 1', '1:3: comparisons between scalars must use BOOL modifier');
	checkErrors('1 == bool 1');
	checkErrors('a + bool b', '1:3: bool modifier can only be used on comparison operators');
	checkErrors(
		'a + a[5m]',
		'1:5: binary expression must contain only scalar and instant vector types'
	);
	checkErrors(
		'"a" + 1',
		'1:1: binary expression must contain only scalar and instant vector types'
	);
	checkErrors('a and 1', '1:1: set operator "and" not allowed in binary scalar expression');
	checkErrors('a + on (b) 1', '1:1: vector matching only allowed between instant vectors');
	checkErrors('a + on () 1');
	checkErrors(
		'a + on (b) group_left (b) c',
		'1:3: label "b" must not occur in ON and GROUP clause at once'
	);
	checkErrors('a + ignoring (b) group_left (b) c');
	checkErrors(
		'a or on (b) group_right c',
		'1:1: no grouping allowed for "or" operation',
		'1:1: set operations must always be many-to-many'
	);
});

describe('fill', () => {
	checkErrors('a + fill (0) b');
	checkErrors(
		'a + fill (0) 1',
		'1:1: filling in missing series only allowed between instant vectors'
	);
	checkErrors(
		'1 * on (b) fill_left (0) c',
		'1:1: vector matching only allowed between instant vectors',
		'1:1: filling in missing series only allowed between instant vectors'
	);
	checkErrors('a and fill (0) b', '1:1: filling in missing series not allowed for set operators');
	checkErrors(
		'a or on (b) group_left () fill_right (0) c',
		'1:1: no grouping allowed for "or" operation',
		'1:1: set operations must always be many-to-many',
		'1:1: filling in missing series not allowed for set operators'
	);
});

describe('trimming', () => {
	checkType('a </ 5', 'vector');
	checkType('1 >/ 5', 'scalar');
	checkErrors('a </ bool 5', '1:3: bool modifier can only be used on comparison operators');
	checkErrors(
		'a </ "b"',
		'1:6: binary expression must contain only scalar and instant vector types'
	);
});

describe('signs and subqueries', () => {
	checkErrors(
		'-a[5m]',
		'1:1: unary expression only allowed on expressions of type scalar or instant vector, got "range vector"'
	);
	checkErrors(
		'-"a"',
		'1:1: unary expression only allowed on expressions of type scalar or instant vector, got "string"'
	);
	checkErrors('a[5m][5m:]', '1:1: subquery is only allowed on instant vector, got matrix instead');
	checkErrors('1[5m:]', '1:1: subquery is only allowed on instant vector, got scalar instead');
});

describe('selectors', () => {
	const empty = '1:1: vector selector must contain at least one non-empty matcher';
	checkErrors('{}', empty);
	checkErrors('{a=""}', empty);
	checkErrors('{a=~".*"}', empty);
	checkErrors('{a!="b"}', empty);
	checkErrors('{a=~".+"}');
	checkErrors('{a!=""}');
	checkErrors('{a!~"|b"}');
	checkErrors('a{b=""}');
	checkErrors('{"a"}');
	checkErrors('a{__name__="b"}', '1:1: metric name must not be set twice: "a" or "b"');
	checkErrors('a{"b"}', '1:1: metric name must not be set twice: "a" or "b"');
	checkErrors('{"a", "b"}');
});

test('every type error is reported, in the order in which Prometheus finds them', () => {
	const result = parseQuery('rate(a) + "b"', functions);
	expect(result.ok ? [] : result.errors.map((error) => error.span)).toEqual([
		{ from: 5, to: 6 },
		{ from: 10, to: 13 }
	]);
});
