import { describe, expect, test } from 'vitest';
import { compileRegex, matcherTest } from '#engine/model';

function matching(value: string): (text: string) => boolean {
	return matcherTest({ name: 'x', type: '=~', value });
}

describe('an expression that is none is refused in the words of RE2', () => {
	const errors: [expression: string, message: string][] = [
		['(', 'missing closing ): `(`'],
		['*', 'missing argument to repetition operator: `*`'],
		['a**', 'invalid nested repetition operator: `**`'],
		['[z-a]', 'invalid character class range: `z-a`'],
		['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
		['a\\', 'trailing backslash at end of expression: ``'],
		['a{1001}', 'invalid repeat count: `{1001}`'],
		['(a{1000}){1000}', 'invalid repeat count: `{1000}`'],
		['a+\udcffb', 'invalid UTF-8: `\udcffb`']
	];
	test.each(errors)('%s', (expression, message) => {
		expect(() => matching(expression)).toThrow(`error parsing regexp: ${message}`);
		expect(() => compileRegex(expression)).toThrow(`error parsing regexp: ${message}`);
	});

	test('and so is one that would take too long, whole', () => {
		const deep = '('.repeat(2000) + ')'.repeat(2000);
		expect(() => matching(deep)).toThrow(
			`error parsing regexp: expression nests too deeply: \`${deep}\``
		);
		const large = '(a)*'.repeat(30_000);
		expect(() => matching(large)).toThrow(
			`error parsing regexp: expression too large: \`${large}\``
		);
	});
});

describe('what Go compiles, compiles', () => {
	const cases: [expression: string, text: string][] = [
		['(?P<n>a)(?<n>b)', 'ab'],
		['[(?P<n>](?P<n>a)(?P<n>b)\\(', '(ab('],
		['\\Q(', '('],
		['\udcff', '\udcff'],
		['é|\udcff', '\udcff'],
		[`${'a|'.repeat(200_000)}b.`.slice(0, -1), 'b']
	];
	test.each(cases)('%.40s', (expression, text) => {
		expect(matching(expression)(text)).toBe(true);
		expect(matching(expression)(`${text}x`)).toBe(false);
	});
});

test('a matcher is compiled once', () => {
	const matcher = { name: 'x', type: '!~', value: 'a+' } as const;
	expect(matcherTest(matcher)).toBe(matcherTest(matcher));
	expect(['', 'a', 'b'].filter(matcherTest(matcher))).toEqual(['', 'b']);
});
