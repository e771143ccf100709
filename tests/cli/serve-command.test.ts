import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServing, type Serving } from '../../src/cli/serve.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { end, samplesFile, temporaryFolder } from './serve-support.ts';

const folder = temporaryFolder();
let lab: Serving;
beforeAll(async () => {
	lab = await startServing(['--openmetrics', samplesFile(folder.path), '--port', '0']);
});
afterAll(async () => {
	await lab.close();
	folder.remove();
});

describe('a world', () => {
	it('goes on while it is served', { timeout: 20_000 }, async () => {
		const live = await startServing(['--speed', '600', '--port', '0']);
		try {
			const scrapes = async () => {
				const response = await fetch(`${live.url}/api/v1/query?query=max(count_over_time(up[1h]))`);
				const { data } = (await response.json()) as {
					data: { result: { value: [number, string] }[] };
				};
				return Number(data.result[0]?.value[1] ?? 0);
			};
			while ((await scrapes()) < 2);
			const { data } = (await (await fetch(`${live.url}/api/v1/targets`)).json()) as {
				data: { activeTargets: { health: string }[] };
			};
			expect(data.activeTargets.map(({ health }) => health)).toContain('up');
		} finally {
			await live.close();
		}
	});

	it('stands still where it was told to', async () => {
		const still = await startServing(['--until', '1m', '--port', '0']);
		try {
			const time = async () => (await fetch(`${still.url}/api/v1/query?query=time()`)).text();
			expect(await time()).toBe(await time());
			expect(still.about).toMatch(/^the world shop from \S+Z for 1m$/);
		} finally {
			await still.close();
		}
	});
});

describe('the command', () => {
	it('prints its address first and ends when it is told to', { timeout: 30_000 }, async () => {
		const args = ['serve', '--openmetrics', samplesFile(folder.path), '--port', '0'];
		const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args]);
		try {
			const [line] = (await once(child.stdout, 'data')) as [Buffer];
			const url = line.toString().trim();
			expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
			expect((await fetch(`${url}/-/ready`)).status).toBe(200);
		} finally {
			expect(await end(child)).toBe(0);
		}
	});
});

describe('a wrong call', () => {
	it.each([
		['up', /^serve takes no query: "up" is left over/],
		['--prot 1', /^unknown option '--prot'; see/],
		['--port 65536', /^--port must be a whole number from 0 to 65535, not "65536"$/],
		['--speed 0', /^--speed must be a number above 0, at most 3600, not "0"$/],
		['--seed x', /^--seed must be a whole number, not "x"$/],
		['--until x', /^--until must be a duration such as 15m, not "x"$/],
		['--until 1m --speed 2', /^with --until the world stands still .*: choose one$/],
		['--openmetrics FILE --speed 2', /^--speed belongs to a world/],
		['--openmetrics FILE --port TAKEN', /^cannot listen on 127\.0\.0\.1:\d+: something else does/],
		[
			'--openmetrics FILE --listen 192.0.2.1 --port 0',
			/^cannot listen on 192\.0\.2\.1:0: this machine has no such address$/
		]
	])('%s is answered with one clear line', async (line, message) => {
		const meant = new Map([
			['FILE', samplesFile(folder.path)],
			['TAKEN', new URL(lab.url).port]
		]);
		const args = line.split(' ').map((word) => meant.get(word) ?? word);
		const failure = await startServing(args).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(UsageError);
		expect((failure as UsageError).message).toMatch(message);
	});
});
