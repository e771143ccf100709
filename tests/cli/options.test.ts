import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/options.ts';

const expressionOf = (...args: string[]) =>
	readArguments(args, { standardInput: () => 'sum(\nup\n)' }).expression;

describe('the expression', () => {
	it.each([
		[['up'], 'up'],
		[['-up'], '-up'],
		[['--seed', '1', '-up'], '-up'],
		[['-(1 + 2)'], '-(1 + 2)'],
		[['-1'], '-1'],
		[['--', '-up'], '-up'],
		[['--', '--up'], '--up'],
		[['--seed=1', '--', '--seed'], '--seed'],
		[['-'], 'sum(\nup\n)'],
		[['--seed', '1', '-'], 'sum(\nup\n)']
	])('of %j is %j', (args, expected) => {
		expect(expressionOf(...args)).toBe(expected);
	});

	it.each([
		[['--up'], /^unknown option '--up'/],
		[
			['--seed', '-1'],
			/^what follows --seed begins with a dash: write it as --seed=-1 if that is its value; see [^\n]*$/
		],
		[['-up', '--seed', '1'], /^unknown option '-u'/],
		[['-', '-up'], /^one query at a time/]
	])('%j has none', (args, message) => {
		expect(() => expressionOf(...args)).toThrow(message);
	});
});

describe('the command', () => {
	const lab = (input: string, ...args: string[]) =>
		execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
			input,
			encoding: 'utf8',
			stdio: ['pipe', 'pipe', 'pipe']
		});

	it(
		'reads a query that is too long for an argument from standard input',
		{ timeout: 30_000 },
		() => {
			const long = `vector(1)${' '.repeat(200_000)}+ vector(1)\n`;
			expect(lab(long, 'query', '--until', '15s', '-')).toMatch(/"result":\[\{.*,"2"\]\}\]\}\}\n$/);
		}
	);
});
