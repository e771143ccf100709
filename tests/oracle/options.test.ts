import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.ts';

it('runs queries when nothing is said, and what a name says otherwise', () => {
	expect(readOptions([])).toMatchObject({ mode: 'queries', runs: 2_000, seed: 1 });
	expect(readOptions(['parse', '--runs', '5'])).toMatchObject({ mode: 'parse', runs: 5 });
});

it('is asked for its usage', () => {
	expect(readOptions(['--help'])).toBeUndefined();
	expect(readOptions(['parse', '--help'])).toBeUndefined();
});

it.each([
	[['nonsense'], /^unknown argument: nonsense; usage: npm run oracle -- \[queries \| parse/],
	[['--runs'], /^--runs needs a value; usage/],
	[['--runs', 'x'], /^--runs must be a whole number, not "x"; usage/],
	[['--seed', '-1'], /^--seed must be a whole number, not "-1"; usage/],
	[['--without', 'x'], /^--without: there is no "x": known are /]
])('refuses %j in one line', (args, message) => {
	const failure = (() => {
		try {
			readOptions(args);
		} catch (error) {
			return error;
		}
		return undefined;
	})();
	expect(failure).toBeInstanceOf(UsageError);
	expect((failure as UsageError).message).toMatch(message);
	expect((failure as UsageError).message).not.toContain('\n');
});
