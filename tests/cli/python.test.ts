import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { exportSamples } from '../../src/cli/export.ts';
import { createPythonRunners } from '../../src/cli/python.ts';
import { query } from '../../src/cli/query.ts';
import { startServing } from '../../src/cli/serve.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { missingPython, titled } from '../python/interpreter.ts';
import { request, START } from '../python/running.ts';
import { temporaryFolder } from './serve-support.ts';

const TIMEOUT = 60_000;
const SHOP = 'lessons/worlds/shop/app.py';
const ALL = 'sum by (method, endpoint, status) (http_requests_total)';

const folder = temporaryFolder();
afterAll(() => folder.remove());
afterEach(() => vi.restoreAllMocks());

/** Writes files into a folder of their own, and gives the path of the first. */
let programs = 0;
function program(files: Record<string, string>): string {
	const place = join(folder.path, String(programs++));
	mkdirSync(place);
	for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
	return join(place, Object.keys(files)[0]!);
}

/** A shop of one instance: each takes an interpreter of its own. */
const SMALL = `title: One
start: 2026-01-05T09:00:00Z
service: { job: one, instances: 1, port: 8000 }
traffic: { rate: 5, routes: [{ path: /, latency: 10ms }] }
`;

const EXPOSED = 'from prometheus_client import *\nstart_http_server(8000)\n';
const HANDLE = 'def handle(request): return 200\n';

describe.skipIf(missingPython !== '')(titled('--app of Python'), { timeout: TIMEOUT }, () => {
	/** Asks a small world that runs this code. */
	const asking = (app: string, ...more: string[]) => [
		...['--world', join(app, '../world.yaml'), '--app', app, '--until', '1m', ...more]
	];
	const small = (files: Record<string, string>) => program({ ...files, 'world.yaml': SMALL });

	it('gives the numbers of the same program in TypeScript, and others for another seed', async () => {
		const shop = (...args: string[]) => query(['--until', '30s', ...args, ALL]);
		const python = await shop('--app', SHOP);
		expect(python.text).toContain('"status":"201"');
		expect(python).toEqual(await shop());
		expect(await shop('--app', SHOP, '--seed', '2')).not.toEqual(python);
	});

	it('is explained, exported and served', async () => {
		const app = small({ 'shop.py': `${EXPOSED}Counter('hits', 'h')\n${HANDLE}` });
		const about = await explain(asking(app, 'count(hits_total)'));
		expect(about.text).toContain('{} = 1');
		let exported = '';
		await exportSamples(asking(app), (piece) => void (exported += piece));
		// Only Python tells when a series was made.
		expect(exported).toMatch(/^hits_created\{instance="one-1:8000"/m);
		const live = await startServing(asking(app, '--port', '0'));
		try {
			const answer = await fetch(`${live.url}/api/v1/query?query=hits_total`);
			expect(await answer.text()).toContain('"one-1:8000"');
		} finally {
			await live.close();
		}
	});

	it('runs with the files beside it, gunicorn.conf.py among them', async () => {
		const files = {
			'shop.py': `import os, names\nfrom prometheus_client import *\nGauge(names.NAME, '').set(os.getpid())\nmetrics_app = make_wsgi_app()\n${HANDLE}`,
			'names.py': 'NAME = "answers"',
			'app.py': 'this is not what runs',
			'gunicorn.conf.py': 'workers = 2'
		};
		const changes = 'changes(answers{job="one"}[1m])';
		// Four scrapes, answered by the two workers in turn.
		expect((await query(asking(small(files), changes))).text).toContain('"3"]');
	});

	it('is what a world has that has no TypeScript', async () => {
		const app = small({ 'app.py': EXPOSED + HANDLE });
		const { text } = await query(['--world', join(app, '../world.yaml'), 'python_info']);
		expect(text).toContain('"version":"3.14.2"');
	});

	it.each([
		['def f(:\n', /shop\.py:1:7: SyntaxError: invalid syntax$/],
		['import numpy\n', /shop\.py:1:1: ModuleNotFoundError: No module named 'numpy': here you can/],
		['x = 1\n', /shop\.py:1:1: nothing in app.py answers requests: write a function/]
	])('that does not start is told with its place: %j', async (text, message) => {
		const failure = query(asking(small({ 'shop.py': text }), 'up'));
		await expect(failure).rejects.toThrow(UsageError);
		await expect(failure).rejects.toThrow(message);
	});

	it('with a gunicorn.conf.py that is wrong is told so', async () => {
		const app = small({ 'shop.py': EXPOSED + HANDLE, 'gunicorn.conf.py': '\nworkers = 0' });
		await expect(query(asking(app, 'up'))).rejects.toThrow(
			/^gunicorn\.conf\.py:2:1: workers = 0 starts none/
		);
	});

	it('tells what went wrong in it meanwhile on standard error', async () => {
		const told = vi.spyOn(console, 'error').mockReturnValue();
		const app = small({ 'shop.py': `${EXPOSED}def handle(request):\n    return null\n` });
		expect((await query(asking(app, 'sum(up)'))).text).toContain('"1"');
		expect(told.mock.calls.map(([line]) => line as string)).toContainEqual(
			expect.stringMatching(/^lab: .*shop\.py:4:12: NameError: name 'null' is not defined/)
		);
	});

	it('that never ends ends the command with code 2 and its line', () => {
		const app = small({
			'shop.py': `${EXPOSED}def handle(request):\n    while True:\n        pass\n`
		});
		const { status, stderr } = spawnSync(
			process.execPath,
			['--import', 'tsx', 'src/cli/main.ts', 'query', ...asking(app, 'up')],
			{ encoding: 'utf8' }
		);
		expect(stderr).toMatch(/^lab: .*shop\.py:5:9: handle\(\) took longer than 3 seconds and was/);
		expect(status).toBe(2);
	});
});

describe.skipIf(missingPython !== '')(titled('an interpreter'), { timeout: TIMEOUT }, () => {
	const settings = { seed: 1, workers: 1 };
	const stopped: string[] = [];
	const onStopped = ({ message }: Error) => void stopped.push(message);
	const run = (text: string) =>
		createPythonRunners({ deadline: 500, onStopped })(settings).load({ 'app.py': text }, START);

	it('is one for each instance, and the end of one is not the end of another', async () => {
		// Pyodide prints what happened to it.
		const printed = vi.spyOn(console, 'error').mockReturnValue();
		const createRunner = createPythonRunners({ deadline: 5000, onStopped });
		const [doomed, other] = [createRunner(settings), createRunner(settings)];
		const endless = `class Endless:
	def __getattr__(self, name): return getattr(self, name)
def handle(request): return Endless().status`;
		await doomed.load({ 'app.py': endless }, START);
		await other.load({ 'app.py': EXPOSED + HANDLE }, START);
		await expect(doomed.handle([request(1, 0)], START + 1)).rejects.toThrow(/^Python crashed/);
		expect(doomed.targets?.()).toEqual([]);
		doomed.dispose();
		expect((await other.handle([request(1, 0)], START + 1)).responses).toHaveLength(1);
		other.dispose();
		expect(printed).toHaveBeenCalled();
		// The one that is still well is used again, as if nothing had ever run in it.
		const next = createRunner(settings);
		expect((await next.load({ 'app.py': EXPOSED + HANDLE }, START)).problems).toEqual([]);
		next.dispose();
	});

	it('that comes when its instance is gone is kept for the next one', async () => {
		const { stamp } = JSON.parse(readFileSync('static/python/manifest.json', 'utf8'));
		const installed = join(
			program({ 'manifest.json': JSON.stringify({ installed: true, stamp }) }),
			'..'
		);
		symlinkSync(resolve('static/python', stamp), join(installed, stamp));
		const createRunner = createPythonRunners({ deadline: 5000, onStopped, installed });
		const gone = createRunner(settings);
		const loading = gone.load({ 'app.py': EXPOSED + HANDLE }, START);
		gone.dispose();
		await expect(loading).rejects.toThrow('loading the code: the runner was disposed of');
		// No other one can be booted from here.
		unlinkSync(join(installed, stamp));
		const next = createRunner(settings);
		expect((await next.load({ 'app.py': EXPOSED + HANDLE }, START)).problems).toEqual([]);
		next.dispose();
	});

	it('is stopped when it works for too long, which is told of a program that was loaded', async () => {
		await expect(run('while True: pass')).rejects.toMatchObject({
			reason: 'deadline',
			place: { line: 1 }
		});
		expect(stopped).toEqual([]);
		const runner = createPythonRunners({ deadline: 500, onStopped })(settings);
		await runner.load({ 'app.py': 'def handle(request):\n\twhile True: pass' }, START);
		await expect(runner.handle([request(1, 0)], START + 1)).rejects.toThrow();
		expect(stopped).toEqual([expect.stringMatching(/^handle\(\) took longer than 0\.5 seconds/)]);
		runner.dispose();
	});
});

describe('without Python', () => {
	const options = { deadline: 1, onStopped: () => {} };

	it('one line says so, and what to do', () => {
		const installed = join(folder.path, 'nothing');
		expect(() => createPythonRunners({ ...options, installed })).toThrow(
			new UsageError(
				'Python is not installed (it was never brought here): bring it with npm run python, or give --app a .ts file'
			)
		);
		const manifest = program({
			'manifest.json': '{"installed": false, "reason": "there is no python3"}'
		});
		expect(() => createPythonRunners({ ...options, installed: join(manifest, '..') })).toThrow(
			/^Python is not installed \(there is no python3\): bring it/
		);
	});

	it('or with half of it, too', async () => {
		const manifest = program({ 'manifest.json': '{"installed": true, "stamp": "gone"}' });
		const installed = join(manifest, '..');
		const runner = createPythonRunners({ ...options, installed })({ seed: 1, workers: 1 });
		await expect(runner.load({ 'app.py': '' }, START)).rejects.toThrow(
			/^Python does not start \(.*\): bring it with npm run python/
		);
	});
});
