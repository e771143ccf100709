import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const isThere = spawnSync('promtool', ['--version']).status === 0;

/** What a test's name ends with where promtool is missing. */
const REASON = isThere
	? ''
	: ' (skipped: no promtool on the PATH; it is in Debian’s package prometheus)';

/** Each call is a process, and a test makes many, ms. */
const PATIENCE = 60_000;

/** A test that needs promtool. Without it the test is skipped, and its name says why. */
export function testWithPromtool(name: string, run: () => Promise<void>): void {
	test.skipIf(!isThere)(name + REASON, run, PATIENCE);
}

/**
 * What the linter of `promtool check metrics` finds in a page, in order of the alphabet; nothing for a clean one. Fails the
 * test when promtool cannot read the page.
 */
export function lint(page: string): string[] {
	const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
		input: page,
		encoding: 'utf8'
	});
	const found = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
	expect(status, found.join('\n')).toBe(found.length === 0 ? 0 : 3);
	return found.sort();
}
