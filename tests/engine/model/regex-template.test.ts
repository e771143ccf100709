import { expect, test } from 'vitest';
import { compileRegex, compileTemplate, groupNames, matchedGroups } from '#engine/model';

/** The template filled in from a match of the whole text. */
function check(template: string, expression: string, text: string, expected: string): void {
	const groups = matchedGroups(compileRegex(expression), text);
	expect(groups && compileTemplate(template, groupNames(expression))(groups)).toBe(expected);
}

test('groups are referred to by number', () => {
	check('$2-$1-$0', '(a)(b)', 'ab', 'b-a-ab');
	check('${1}1', '(a)', 'a', 'a1');
	check('[$3]', '(a)', 'a', '[]');
	check('[$2]', '(a)|(b)', 'a', '[]');
	check('$0', 'a|b', 'b', 'b');
	check('$1$0', '(.+)', 'ab', 'abab');
});

test('and by name, of which a bare one is as long as can be', () => {
	check('$x-${x}y-$xy', '(?P<x>a)', 'a', 'a-ay-');
	check('$1x', '(a)', 'a', '');
	check('$é', '(a)', 'a', '');
});

test('of several groups with one name the first counts that took part', () => {
	check('$n', '(?P<n>a)|(?P<n>b)', 'a', 'a');
	check('$n', '(?P<n>a)|(?P<n>b)', 'b', 'b');
	check('$n$2', '(?P<n>a)(?P<n>b)', 'ab', 'ab');
});

test('parentheses that are no groups are not counted', () => {
	check('$n', String.raw`\(\Q(?P<n>\E[(?P<n>](?:x)(?P<n>a)`, '((?P<n>(xa', 'a');
	check('$n', String.raw`[^]()](?i:b)([[:alpha:](])(?P<n>a)`, 'bb(a', 'a');
});

test('a number with a leading zero is a name', () => {
	check('[$01]', '(a)', 'a', '[]');
	check('[$01]', '(?P<01>a)', 'a', '[a]');
	check('[$1]', '(?P<01>a)', 'a', '[a]');
});

test('a dollar that refers to nothing stands for itself, and two are one', () => {
	check('$$1', '(a)', 'a', '$1');
	check('$', '(a)', 'a', '$');
	check('$-${}-${1-${ 1}', '(a)', 'a', '$-${}-${1-${ 1}');
});

test('a text that does not match as a whole has no groups', () => {
	expect(matchedGroups(compileRegex('a'), 'ab')).toBeUndefined();
});
