import { describe, expect, it } from 'vitest';
import {
	compileRegex,
	formatMatcher,
	labels,
	labelValue,
	literalAlternatives,
	matcherTest,
	regexTest,
	type MatchType
} from '#engine/model';

function check(type: MatchType, value: string, matching: string[], others: string[]): void {
	const test = matcherTest({ name: 'x', type, value });
	expect(matching.filter((text) => !test(text))).toEqual([]);
	expect(others.filter(test)).toEqual([]);
}

describe('a matcher', () => {
	it('compares whole values', () => {
		check('=', 'a', ['a'], ['', 'ab', 'A']);
		check('!=', 'a', ['', 'ab'], ['a']);
		check('=', '', [''], ['a']);
	});

	it('matches whole values against an expression', () => {
		check('=~', 'a', ['a'], ['ba', 'ab', 'bab', '']);
		check('=~', 'a.b', ['axb', 'a\nb'], ['ab', 'axbc']);
		check('=~', '5..|404', ['500', '404'], ['5000', '40', '']);
		check('=~', '[0-9]+', ['17'], ['', '1a']);
		check('=~', '(?i)get', ['GET', 'get'], ['post']);
		check('=~', 'a|b', ['a', 'b'], ['ab', 'a|b', '']);
		check('=~', '', [''], ['a']);
		check('=~', '|a', ['', 'a'], ['b']);
		check('=~', '.*', ['', 'a\nb'], []);
		check('=~', '.+', ['a', '\n'], ['']);
		check('!~', '4..', ['', '200'], ['404']);
		check('=~', 'é|日.', ['é', '日本'], ['日']);
	});

	it('takes a label that is not there for an empty one', () => {
		const missing = labelValue(labels({ a: '1' }), 'b');
		expect(matcherTest({ name: 'b', type: '=', value: '' })(missing)).toBe(true);
		expect(matcherTest({ name: 'b', type: '!~', value: '.+' })(missing)).toBe(true);
		expect(matcherTest({ name: 'b', type: '=~', value: '.+' })(missing)).toBe(false);
	});

	it('is written as PromQL writes it', () => {
		expect(formatMatcher({ name: 'code', type: '=~', value: '5..' })).toBe('code=~"5.."');
		expect(formatMatcher({ name: 'odd name', type: '!=', value: '"' })).toBe('"odd name"!="\\""');
	});
});

describe('literalAlternatives', () => {
	it('are the values of an expression without operators', () => {
		expect(literalAlternatives('GET|POST')).toEqual(['GET', 'POST']);
		expect(literalAlternatives('/api/v1')).toEqual(['/api/v1']);
		expect(literalAlternatives('|a')).toEqual(['', 'a']);
	});

	it.each(['a.b', 'a*', '(a|b)', '[ab]', 'a?', 'a+', '^a', 'a$', '\\d', 'a{2}'])(
		'are not there for %s',
		(expression) => expect(literalAlternatives(expression)).toBeUndefined()
	);

	it('agree with the compiled expression', () => {
		for (const expression of ['GET|POST', 'a-b/c:d,e;f', '|x', 'a b|c#d', '~!@%&"\'<=>']) {
			const compiled = compileRegex(expression);
			for (const text of [...literalAlternatives(expression)!, 'GET|POST', '', 'other']) {
				expect(regexTest(expression)(text)).toBe(compiled.matches(text));
			}
		}
	});
});

it('an invalid expression is reported as the person wrote it', () => {
	expect(() => matcherTest({ name: 'x', type: '=~', value: 'a(' })).toThrow('missing closing )');
	expect(() => matcherTest({ name: 'x', type: '=~', value: 'a)(b' })).toThrow('unexpected )');
	expect(() => matcherTest({ name: 'x', type: '=~', value: '(?=a)' })).toThrow('(?=');
});
