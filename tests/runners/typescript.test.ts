import { describe, expect, it } from 'vitest';
import type { SimRequest } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';

const START = 1_000_000;

function request(id: number, at: number, more: Partial<SimRequest> = {}): SimRequest {
	return {
		id,
		at: START + at,
		method: 'GET',
		path: '/api/orders/7',
		endpoint: '/api/orders/{id}',
		user: 3,
		work: 100,
		outcome: { status: 200 },
		...more
	};
}

async function load(source: string | Record<string, string>, workers = 4) {
	const runner = createTypeScriptRunner({ seed: 1, workers });
	const files = typeof source === 'string' ? { 'app.ts': source } : source;
	const loaded = await runner.load(files, START);
	const metrics = async () => new TextDecoder().decode((await runner.scrape('text/plain')).body);
	return { runner, loaded, metrics };
}

const COUNTING = `
import { Counter, Gauge } from 'prom-client';
import { processRequest, type Request } from 'shop';
const started = new Gauge({ name: 'started', help: 's' });
const done = new Counter({ name: 'done_total', help: 'd', labelNames: ['status'] });
export async function handle(request: Request) {
	started.inc();
	const response = await processRequest(request);
	done.labels(String(response.status)).inc();
	return response;
}`;

describe('a request', () => {
	it('is in progress from its arrival until its work is done, also for a scrape in between', async () => {
		const { runner, metrics } = await load(COUNTING);
		const during = await runner.handle([request(1, 10)], START + 60);
		expect(during.responses).toEqual([]);
		expect(await metrics()).toContain('started 1');
		expect(await metrics()).not.toContain('done_total{');
		const after = await runner.handle([], START + 110);
		expect(after.responses).toEqual([
			{ id: 1, status: 200, started: START + 10, finished: START + 110 }
		]);
		expect(await metrics()).toContain('done_total{status="200"} 1');
	});

	it('comes to a process that started when it was loaded', async () => {
		const { metrics } = await load(
			"import { collectDefaultMetrics } from 'prom-client';\ncollectDefaultMetrics();\nexport const handle = () => ({ status: 200 });"
		);
		expect(await metrics()).toContain(`\nprocess_start_time_seconds ${START / 1000}\n`);
	});

	it('waits for a free worker when all are busy', async () => {
		const { runner } = await load(COUNTING, 1);
		const { responses } = await runner.handle([request(1, 0), request(2, 10)], START + 500);
		expect(responses.map(({ started, finished }) => [started - START, finished - START])).toEqual([
			[0, 100],
			[100, 200]
		]);
	});

	it('that throws the failure of the shop is a 500 and no problem of the code', async () => {
		const { runner } = await load(COUNTING);
		const handled = await runner.handle(
			[request(1, 0, { outcome: { throws: 'card declined' } })],
			START + 500
		);
		expect(handled.responses.map(({ status }) => status)).toEqual([500]);
		expect(handled.problems).toEqual([]);
		expect(handled.output.map(({ text }) => text)).toEqual([
			'500 GET /api/orders/7: card declined'
		]);
	});

	it('of a handler that waits in parallel ends when the longest wait ends', async () => {
		const { runner } = await load(`
			import { sleep } from 'shop';
			export async function handle() {
				await Promise.all([sleep(30), sleep(70), Promise.all([sleep(50)])]);
				return { status: 204 };
			}`);
		const { responses } = await runner.handle([request(1, 0)], START + 500);
		expect(responses.map(({ status, finished }) => [status, finished - START])).toEqual([
			[204, 70]
		]);
	});
});

describe('the world of learner code', () => {
	const answerOf = async (expression: string) => {
		const { runner, loaded } = await load(
			`import { sleep } from 'shop';
			export async function handle() { await sleep(1500); console.log(${expression}); return { status: 200 }; }`
		);
		expect(loaded.problems).toEqual([]);
		const { output, problems } = await runner.handle([request(1, 0)], START + 5000);
		return output[0]?.text ?? problems[0]?.message;
	};

	it.each([
		['Date.now()', String(START + 1500)],
		['new Date().getTime()', String(START + 1500)],
		['new Date(5).getTime()', '5'],
		['performance.now()', '1500'],
		['process.hrtime()', '[1,500000000]'],
		['typeof fetch', 'undefined'],
		['typeof globalThis', 'undefined'],
		['typeof indexedDB', 'undefined'],
		['Math.max(1, 2)', '2'],
		['Date().length > 10 && !Number.isNaN(Date.parse(Date()))', 'true'],
		['Date.parse(Date()) - Date.now() <= 0', 'true'],
		['Object.getPrototypeOf(Date) === Function.prototype', 'true'],
		['new Date() instanceof Date', 'true'],
		["new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format()", '1/1/1970'],
		['crypto.getRandomValues(new Uint8Array(8)).some((byte) => byte > 0)', 'true'],
		['crypto.randomUUID().length', '36'],
		['{ a: [1, null] }', '{"a":[1,null]}']
	])('%s is %s', async (expression, expected) => {
		expect(await answerOf(expression)).toBe(expected);
	});

	it('gives parallel branches the same moment, whatever the others wait for', async () => {
		const { runner } = await load(`
			import { sleep } from 'shop';
			async function slowly() {
				for (let i = 0; i < 40; i++) await null;
				console.log(Date.now() - ${START});
			}
			export async function handle() {
				await Promise.all([sleep(100), slowly()]);
				return { status: 200 };
			}`);
		const requests = [10, 30, 50, 70].map((at, id) => request(id, at));
		const { output } = await runner.handle(requests, START + 500);
		expect(output.map(({ text }) => text)).toEqual(['10', '30', '50', '70']);
	});

	it.each(['location', 'window', 'process', 'document', 'module', 'exports', 'console', '$loop'])(
		'lets code call something of its own "%s"',
		async (name) => {
			const { loaded } = await load(
				`const ${name} = 'mine';\nfor (const letter of ${name}) void letter;\nexport const handle = () => ({ status: 200 });`
			);
			// Only \`exports\` is taken: it is what the file exports through.
			expect(loaded.problems.length).toBe(name === 'exports' ? 1 : 0);
		}
	);

	it('draws the same chances from the same seed', async () => {
		const [a, b] = [await answerOf('Math.random()'), await answerOf('Math.random()')];
		expect(a).toBe(b);
		expect(Number(a)).toBeGreaterThan(0);
	});

	it('runs timers on the virtual clock', async () => {
		const { runner, metrics } = await load(`
			import { Counter } from 'prom-client';
			const ticks = new Counter({ name: 'ticks_total', help: 't' });
			const timer = setInterval(() => ticks.inc(), 1000);
			setTimeout(() => clearInterval(timer), 3500);
			export const handle = () => ({ status: 200 });`);
		await runner.handle([], START + 10_000);
		expect(await metrics()).toContain('ticks_total 3');
	});

	it('has as many registries as instances', async () => {
		const [first, second] = [await load(COUNTING), await load(COUNTING)];
		await first.runner.handle([request(1, 0)], START + 500);
		expect(await first.metrics()).toContain('started 1');
		expect(await second.metrics()).toContain('started 0');
	});

	it('can be spread over files', async () => {
		const { runner, loaded, metrics } = await load({
			'app.ts': `import { hits } from './lib/metrics'; export const handle = () => { hits.inc(); return { status: 200 }; };`,
			'lib/metrics.ts': `import { Counter } from 'prom-client'; export const hits = new Counter({ name: 'hits_total', help: 'h' });`
		});
		expect(loaded.problems).toEqual([]);
		await runner.handle([request(1, 0)], START + 1);
		expect(await metrics()).toContain('hits_total 1');
	});
});

describe('a mistake in the code', () => {
	const problemsOf = async (source: string) => {
		const { runner, loaded } = await load(source);
		if (loaded.problems.length > 0) return loaded.problems;
		const { problems } = await runner.handle([request(1, 0), request(2, 1)], START + 500);
		if (problems.length > 0) return problems;
		return (await runner.scrape('text/plain')).problems;
	};

	it.each([
		['a syntax error', 'const x = (1 + ;\n', /^Syntax error: unexpected token$/, 1, 16],
		['broken syntax that strips well', 'let a = 1;\nlet a = 2;', /^Syntax error: .*'a'/, 2, 5],
		['await at the top level', 'await null;', /await is not available at the top level/, 1, 1],
		[
			'an unknown import',
			"import chalk from 'chalk';\nchalk();",
			/^Cannot find module 'chalk': here you can import 'prom-client' and 'shop'/,
			1,
			19
		],
		[
			'an unknown import that nothing uses',
			"import express from 'express';\nexport const handle = () => ({ status: 200 });",
			/^Cannot find module 'express'/,
			1,
			21
		],
		['a missing file', "import { a } from './a';\na();", /^Cannot find module '.\/a'/, 1],
		['an exception at load', "\n\nthrow new TypeError('boom');", /^TypeError: boom$/, 3],
		['no handler', 'export const x = 1;', /does not export a function handle/, 1],
		[
			'an exception in a handler',
			'export function handle() {\n\tnull.foo();\n}',
			/^TypeError: .*\(in handle, for GET \/api\/orders\/\{id\}; the user got a 500\)$/,
			2
		],
		['an answer without a status', 'export const handle = () => {};', /must return a response/],
		[
			'a huge label value',
			`import { Counter } from 'prom-client';
const c = new Counter({ name: 'c_total', help: 'c', labelNames: ['l'] });
export function handle() {
	c.labels('x'.repeat(1e8)).inc();
}`,
			/the label "l" of c_total was given a value of 100,000,000 characters/,
			4
		],
		[
			'a metric name that is taken',
			`import { Counter } from 'prom-client';
new Counter({ name: 'c_total', help: 'c' });
new Counter({ name: 'c_total', help: 'c' });
export const handle = () => ({ status: 200 });`,
			/A metric with the name c_total has already been registered/,
			3
		],
		[
			'a help that is no text',
			`import { Counter } from 'prom-client';
new Counter({ name: 'c_total', help: 5 as never });
export const handle = () => ({ status: 200 });`,
			/^TypeError: The help of c_total must be a text$/,
			2
		],
		[
			'an exception while /metrics is made',
			`import { Gauge } from 'prom-client';
new Gauge({
	name: 'g', help: 'g',
	collect() {
		throw new Error('no connection');
	}
});
export const handle = () => ({ status: 200 });`,
			/^Error: no connection \(while \/metrics was made\)$/,
			5
		]
	] as const)('%s is said at its place', async (_, source, message, line?, column?) => {
		const [problem, ...more] = await problemsOf(source);
		expect(problem?.message).toMatch(message);
		expect(more).toEqual([]);
		if (line !== undefined) expect([problem?.file, problem?.line]).toEqual(['app.ts', line]);
		if (column !== undefined) expect(problem?.column).toBe(column);
	});

	it.each([
		['// once: const express = require("express")', []],
		['const advice = "require(\'zzz\')"; void advice;', []],
		["await import('./x');", [/^await is not available/]],
		["export const f = () => import('https://example.com/x.js');", [/^Cannot find module 'https:/]]
	])('%s is an import only when it is one', async (line, messages) => {
		const { loaded } = await load(`${line}\nexport const handle = () => ({ status: 200 });`);
		expect(loaded.problems.map(({ message }) => message)).toEqual(
			messages.map((message) => expect.stringMatching(message))
		);
	});

	it('in a file that nothing imports does not matter', async () => {
		const { loaded } = await load({
			'app.ts': 'export const handle = () => ({ status: 200 });',
			'broken.ts': 'const ('
		});
		expect(loaded.problems).toEqual([]);
	});

	it.each([
		[
			"setInterval(() => { throw new Error('tick'); }, 10);",
			/^Error: tick \(outside of any request\)$/
		],
		["setTimeout(async () => { throw new Error('late'); }, 10);", /^Error: late \(outside/],
		["setTimeout('text', 10);", /^TypeError: setTimeout wants a function/]
	])('in a timer is said, and time goes on: %s', async (line, message) => {
		const { runner, loaded } = await load(
			`${line}\nexport const handle = () => ({ status: 200 });`
		);
		if (loaded.problems.length > 0) {
			expect(loaded.problems.map((problem) => problem.message)).toEqual([
				expect.stringMatching(message)
			]);
			return;
		}
		const { problems } = await runner.handle([request(1, 0)], START + 500);
		expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
	});

	it.each([
		['throw Object.create(null);', /something was thrown that has no text/],
		["return { get status() { throw new Error('lazy'); } };", /^Error: lazy/],
		['return { status: Symbol() };', /TypeError/]
	])('that is as odd as %s is a 500 like any other', async (line, message) => {
		for (const kind of ['', 'async ']) {
			const { runner } = await load(`export ${kind}function handle() { ${line} }`);
			const { responses, problems } = await runner.handle([request(1, 0)], START + 500);
			expect(responses.map(({ status }) => status)).toEqual([500]);
			expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
		}
	});

	it('of waiting while /metrics is made is said in words that help', async () => {
		const { runner } = await load(`
			import { sleep } from 'shop';
			export const metrics = async () => { await sleep(10); return ''; };
			export const handle = () => ({ status: 200 });`);
		const { status, problems } = await runner.scrape('');
		expect(status).toBe(500);
		expect(problems[0]?.message).toContain('time stands still while /metrics is made');
	});

	it('is said once, however many requests it meets', async () => {
		const problems = await problemsOf("export function handle() { throw new Error('again'); }");
		expect(problems).toHaveLength(1);
	});

	it('in a loop that does not end can be seen while it runs', async () => {
		const places: unknown[] = [];
		let wall = 0;
		const runner = createTypeScriptRunner({
			seed: 1,
			workers: 1,
			watch: {
				now: () => (wall += 10),
				busyAfter: 1000,
				onBusy: (place) => places.push(place)
			}
		});
		await runner.load(
			{
				'app.ts':
					'let n = 0;\n\nfor (;;) {\n\tif (++n > 1e6) break;\n}\nexport const handle = () => {};'
			},
			START
		);
		expect(places).toEqual([{ file: 'app.ts', line: 3, column: 1 }]);
	});
});
