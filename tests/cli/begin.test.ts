import { describe, expect, it } from 'vitest';
import { exportSamples } from '../../src/cli/export.ts';
import { query } from '../../src/cli/query.ts';
import { startServing } from '../../src/cli/serve.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

/** The moment that an answer with a scalar is of, in seconds. */
function timeOf(answer: string): number {
	return Number(/"result":\[([^,]+),/.exec(answer)?.[1]);
}

describe('--begin', () => {
	it('says when the world begins', async () => {
		const begun = ['--begin', '2030-02-01T00:00:00Z', '--until', '1m'];
		const { text } = await query([...begun, 'min(timestamp(min_over_time(up[1m])))']);
		expect(text).toContain('[1896134460,');
		let exported = '';
		await exportSamples(begun, (piece) => void (exported += piece));
		expect(exported).toMatch(/^up\{.*\} 1 18961344\d\d\.\d{3}$/m);
		expect(exported).not.toMatch(/ 1767\d{6}\.\d{3}$/m);
	});

	it('of now has the world end now', async () => {
		const before = Date.now() / 1000;
		const { text } = await query(['--begin', 'now', '--until', '2m', 'time()']);
		const after = Date.now() / 1000;
		expect(timeOf(text)).toBeGreaterThanOrEqual(before);
		expect(timeOf(text)).toBeLessThanOrEqual(after);
	});

	it('of now has a world that goes on begin now', async () => {
		const before = Date.now() / 1000;
		const live = await startServing(['--begin', 'now', '--port', '0']);
		try {
			const answer = await fetch(`${live.url}/api/v1/query?query=time()`);
			const time = timeOf(await answer.text());
			expect(time).toBeGreaterThanOrEqual(before);
			expect(time).toBeLessThanOrEqual(Date.now() / 1000);
		} finally {
			await live.close();
		}
	});

	it.each(['x', 'NaN', '-1', '1e10', '10m', ''])('of %j is refused', async (text) => {
		const failure = query([`--begin=${text}`, 'up']);
		await expect(failure).rejects.toThrow(UsageError);
		await expect(failure).rejects.toThrow(/^--begin must be now or a time such as .*, from 1970/);
	});
});

it('a life longer than a month is refused', async () => {
	const failure = query(['--until', '100000d', 'up']);
	await expect(failure).rejects.toThrow(UsageError);
	await expect(failure).rejects.toThrow(/^--until is at most 31d, not "100000d"/);
});
