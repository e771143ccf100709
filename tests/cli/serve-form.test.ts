import { expect, it } from 'vitest';
import { readForm } from '../../src/cli/serve/form.ts';

it.each([
	['a=1&a=2', ['1', '2']],
	['a', ['']],
	['a=b=c', ['b=c']],
	['a=x+y%2Bz%26', ['x y+z&']],
	['%61=1', ['1']],
	['a=%C3%A9', ['é']],
	['a=%ff', ['\ufffd']],
	['&&a=1&', ['1']],
	['b=1', []]
])('in %j the values of a are %j', (text, values) => {
	const form = readForm(text);
	expect(form.all('a')).toEqual(values);
	expect(form.first('a')).toBe(values[0] ?? '');
	expect(form.problem).toBeUndefined();
});

it('has what the body says before what the address says', () => {
	expect(readForm('a=1', 'a=2').all('a')).toEqual(['2', '1']);
});

it.each([
	['a=1&b=%zz&c=%', 'invalid URL escape "%zz"'],
	['a=1&c=%4', 'invalid URL escape "%4"'],
	['b;c&a=1', 'invalid semicolon separator in query']
])('leaves out of %j what cannot be read, and says why', (text, problem) => {
	const form = readForm(text);
	expect(form.all('a')).toEqual(['1']);
	expect(form.all('c')).toEqual([]);
	expect(form.problem).toBe(problem);
});
