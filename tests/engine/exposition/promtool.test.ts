import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createPromClient } from '#engine/registry';
import { findPromtool } from '../../promtool.ts';
import { programs } from '../registry/programs.ts';

const promtool = findPromtool();

/** What `promtool check metrics` finds in a page; nothing for a clean one. Fails the test when it cannot read the page. */
function lint(page: string): string[] {
	const { status, stdout, stderr } = spawnSync(promtool as string, ['check', 'metrics'], {
		input: page,
		encoding: 'utf8'
	});
	const found = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
	expect(status, found.join('\n')).toBe(found.length === 0 ? 0 : 3);
	return found.sort();
}

describe.skipIf(!promtool)('promtool reads the page of every program', () => {
	test.each(programs)('$name', async ({ run, lint: expected = [] }) => {
		let now = Date.UTC(2026, 0, 1);
		const client = createPromClient({ now: () => now });
		await run(client, { advance: (milliseconds) => void (now += milliseconds) });
		expect(lint(await client.register.metrics())).toEqual([...expected].sort());
	});
});
