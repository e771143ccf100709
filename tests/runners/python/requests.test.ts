import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load as loadWith, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;

const COUNTING = `
from prometheus_client import Counter, Gauge, start_http_server
start_http_server(8000)
started = Gauge('started', 's')
done = Counter('done_total', 'd', ['status'])
def handle(request):
    started.inc()
    status = process_request()
    done.labels(status).inc()
    return status
`;

describe.skipIf(missingPython !== '')(titled('a request to Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);
	const load: typeof loadWith extends (first: Interpreter, ...rest: infer Rest) => infer Result
		? (...rest: Rest) => Result
		: never = (...rest) => loadWith(interpreter, ...rest);

	it('is in progress from its arrival until its work is done, also for a scrape in between', async () => {
		const { live, metrics, sample } = await load(COUNTING);
		const during = await live([request(1, 10)], 60);
		expect(during.responses).toEqual([]);
		expect(await sample('started')).toBe(1);
		expect(await metrics()).not.toContain('done_total{');
		const after = await live([], 110);
		expect(after.responses).toEqual([
			{ id: 1, status: 200, started: START + 10, finished: START + 110 }
		]);
		expect(await sample('done_total{status="200"}')).toBe(1);
	});

	it('waits for a free worker when all are busy', async () => {
		const { live } = await load(COUNTING, { workers: 1 });
		const { responses } = await live([request(1, 0), request(2, 10)], 500);
		expect(responses.map(({ started, finished }) => [started - START, finished - START])).toEqual([
			[0, 100],
			[100, 200]
		]);
	});

	it('that throws the failure of the shop is a 500 and no problem of the code', async () => {
		const { live } = await load(COUNTING);
		const failing = request(1, 0, { outcome: { throws: 'card declined' } });
		const handled = await live([failing], 500);
		expect(handled.responses.map(({ status }) => status)).toEqual([500]);
		expect(handled.problems).toEqual([]);
		expect(handled.output).toEqual([
			{ at: START + 100, level: 'error', text: '500 GET /api/orders/7: card declined' }
		]);
	});

	it('can be answered by a coroutine, in which waits run side by side', async () => {
		const { live } = await load(`
			import asyncio
			async def handle(request):
				await asyncio.gather(asyncio.sleep(0.03), asyncio.sleep(0.07), asyncio.sleep(0.05))
				return 204
		`);
		const { responses } = await live([request(1, 0)], 500);
		expect(responses.map(({ status, finished }) => [status, finished - START])).toEqual([
			[204, 70]
		]);
	});

	it.each([
		['return 201', 201],
		['return {"status": 404}', 404],
		['return "made", 201', 201],
		['return 503, "later"', 503],
		['from types import SimpleNamespace as S; return S(status_code=302)', 302],
		['from http import HTTPStatus; return HTTPStatus.GONE', 410],
		['import asyncio; return asyncio.run(asyncio.sleep(1, 202))', 202]
	])('that is answered with %s has the status %i', async (line, status) => {
		const { live } = await load(`def handle(request):\n\t${line}`);
		const { responses, problems } = await live([request(1, 0)], 5000);
		expect(responses.map((response) => response.status)).toEqual([status]);
		expect(problems).toEqual([]);
	});

	it('reaches the handler as it was typed', async () => {
		const { live } = await load(`
			def handle(request):
				print(request.method, request.path, request.endpoint, request.user_id)
				return 200
		`);
		const { output } = await live([request(1, 0, { path: '/api/orders/17?ü' })], 1);
		expect(output.map(({ text }) => text)).toEqual(['GET /api/orders/17?ü /api/orders/{id} 3']);
	});

	it('is seen in progress as often as it is: 5 a second for 2 seconds are 10 at a time', async () => {
		const { live, sample } = await load(
			`
			from prometheus_client import Gauge, start_http_server
			start_http_server(8000)
			in_progress = Gauge('in_progress', 'i')
			@in_progress.track_inprogress()
			def handle(request):
				return process_request()
			`,
			{ workers: 100 }
		);
		const seen: number[] = [];
		for (let minute = 0; minute < 16; minute++) {
			// One every 200 ms, at no round moment.
			const requests = Array.from({ length: 75 }, (_, i) =>
				request(minute * 75 + i, minute * 15_000 + i * 200 + ((i * 37) % 101), { work: 2000 })
			);
			await live(requests, (minute + 1) * 15_000);
			seen.push((await sample('in_progress'))!);
		}
		const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
		expect(Math.abs(mean - 10)).toBeLessThan(1);
	});

	it('is timed in virtual time', async () => {
		const { live, sample } = await load(
			`
			from prometheus_client import Histogram, Summary, Gauge, start_http_server
			start_http_server(8000)
			H = Histogram('h', 'h'); S = Summary('s', 's'); G = Gauge('g', 'g')
			@S.time()
			@G.time()
			def handle(request):
				with H.time():
					return process_request()
			`,
			{ workers: 100 }
		);
		const works = Array.from({ length: 50 }, (_, i) => 20 + i * 13.7);
		await live(
			works.map((work, i) => request(i, i * 50, { work })),
			60_000
		);
		const truth = works.reduce((sum, work) => sum + work, 0) / 1000;
		expect(Math.abs((await sample('h_sum'))! / truth - 1)).toBeLessThan(1e-9);
		expect(Math.abs((await sample('s_sum'))! / truth - 1)).toBeLessThan(1e-9);
		expect(await sample('s_count')).toBe(50);
		expect(await sample('g')).toBeCloseTo(works.at(-1)! / 1000, 9);
		const fast = works.filter((work) => work <= 100).length;
		expect(await sample('h_bucket{le="0.1"}')).toBe(fast);
	});

	it('changes metrics of every kind at the moments of its writes', async () => {
		const { live, metrics } = await load(`
			import time
			from prometheus_client import Counter, Enum, Gauge, Histogram, Info, start_http_server
			start_http_server(8000)
			G = Gauge('g', 'g'); E = Enum('e', 'e', states=['idle', 'busy']); I = Info('i', 'i')
			L = Gauge('l', 'l', ['k']); H = Histogram('h', 'h', buckets=[1]); C = Counter('c', 'c')
			L.labels('old').set(1)
			def handle(request):
				G.set(request.user_id); E.state('busy'); I.info({'user': str(request.user_id)})
				process_request()
				G.inc(100); E.state('idle'); I.info({'user': 'none'}); L.remove('old'); L.labels('new').set(2)
				H.observe(0.5, {'trace': 'a'}); C.inc(2, {'trace': 'b'}); C.reset()
				return 200
		`);
		const lines = async () =>
			(await metrics('application/openmetrics-text; version=1.0.0'))
				.split('\n')
				.filter((line) => /^(g|e|i_info|l|h_bucket|c_total|h_count)[ {]/.test(line));
		const common = ['e{e="idle"} 0.0', 'e{e="busy"} 1.0'];
		const nothing = ['h_bucket{le="1.0"} 0.0', 'h_bucket{le="+Inf"} 0.0', 'h_count 0.0'];
		await live([request(1, 0, { user: 5 }), request(2, 50, { user: 7 })], 20);
		expect(await lines()).toEqual([
			'g 5.0',
			...common,
			'i_info{user="5"} 1.0',
			'l{k="old"} 1.0',
			...nothing,
			'c_total 0.0'
		]);
		await live([], 60);
		expect(await lines()).toEqual([
			'g 7.0',
			...common,
			'i_info{user="7"} 1.0',
			'l{k="old"} 1.0',
			...nothing,
			'c_total 0.0'
		]);
		await live([], 120);
		// The first request added 100 to what the second one had set meanwhile.
		expect(await lines()).toEqual([
			'g 107.0',
			'e{e="idle"} 1.0',
			'e{e="busy"} 0.0',
			'i_info{user="none"} 1.0',
			'l{k="new"} 2.0',
			'h_bucket{le="1.0"} 1.0 # {trace="a"} 0.5 1000.1',
			'h_bucket{le="+Inf"} 1.0',
			'h_count 1.0',
			'c_total 0.0 # {trace="b"} 2.0 1000.1'
		]);
	});

	it('writes to a child from its own moment on, also when another request made it at a later one', async () => {
		const { live, sample } = await load(`
			from prometheus_client import Counter, start_http_server
			start_http_server(8000)
			C = Counter('c', 'c', ['k'])
			def handle(request):
				process_request()
				C.labels('a').inc()
				return 200
		`);
		// The first one is run first, and is done last.
		await live([request(1, 0, { work: 100 }), request(2, 10, { work: 20 })], 20);
		expect(await sample('c_total{k="a"}')).toBeUndefined();
		await live([], 30);
		expect(await sample('c_total{k="a"}')).toBe(1);
		await live([], 100);
		expect(await sample('c_total{k="a"}')).toBe(2);
	});

	it('sees in the registry what was written until its own moment, and no more', async () => {
		const { live } = await load(`
			from prometheus_client import Counter, Gauge, REGISTRY
			C = Counter('c', 'c'); G = Gauge('g', 'g')
			def handle(request):
				C.inc(); G.set(request.user_id)
				process_request()
				C.inc()
				print(REGISTRY.get_sample_value('c_total'), REGISTRY.get_sample_value('g'))
				return 200
		`);
		const { output } = await live(
			[request(1, 0, { user: 1, work: 50 }), request(2, 20, { user: 2, work: 50 })],
			500
		);
		// The second one has started when the first one looks; it runs later, and is not seen.
		expect(output.map(({ text }) => text)).toEqual(['2.0 1.0', '4.0 2.0']);
	});

	it('leaves the same history however time is cut into slices', async () => {
		const history = async (slice: number) => {
			const { runner, metrics } = await load(`
				import random
				from prometheus_client import Counter, Gauge, Histogram, start_http_server
				start_http_server(8000)
				C = Counter('c', 'c', ['k']); G = Gauge('g', 'g'); H = Histogram('h', 'h')
				def handle(request):
					G.set(random.random()); C.labels(request.user_id).inc(0.1)
					with H.time():
						process_request()
					C.labels(request.user_id).inc(0.2); G.inc(0.3)
					print(request.user_id)
					return 200
			`);
			const requests = Array.from({ length: 60 }, (_, i) =>
				request(i, i * 31, { user: i % 3, work: 40 + ((i * 53) % 97) })
			);
			const seen: unknown[] = [];
			for (let at = 0; at < 3000; at += slice) {
				const due = requests.filter((r) => r.at >= START + at && r.at < START + at + slice);
				const { responses, output } = await runner.handle(due, START + at + slice);
				seen.push(...responses.map((response) => JSON.stringify(response)), ...output);
			}
			return [
				seen.filter((entry) => typeof entry === 'string'),
				seen.filter((entry) => typeof entry !== 'string'),
				await metrics()
			];
		};
		const whole = await history(3000);
		expect(await history(100)).toEqual(whole);
		expect(await history(7.5)).toEqual(whole);
	});

	describe('that is handled by a coroutine', () => {
		const finished = (handled: { responses: readonly { id: number; finished: number }[] }) =>
			handled.responses.map(({ id, finished }) => [id, finished - START]);

		it('shares variables, locks and the loop with the others', async () => {
			const { live, sample } = await load(`
				import asyncio
				from prometheus_client import Gauge, start_http_server
				start_http_server(8000)
				G = Gauge('in_flight', 'i'); in_flight = 0; lock = asyncio.Lock()
				async def handle(request):
					global in_flight
					in_flight += 1; G.set(in_flight)
					async with lock:
						status = await process_request()
					in_flight -= 1; G.set(in_flight)
					return status
			`);
			expect(
				finished(
					await live(
						[1, 2, 3].map((id) => request(id, id)),
						50
					)
				)
			).toEqual([]);
			expect(await sample('in_flight')).toBe(3);
			expect(finished(await live([], 250))).toEqual([
				[1, 101],
				[2, 201]
			]);
			expect(await sample('in_flight')).toBe(1);
			expect(finished(await live([], 500))).toEqual([[3, 301]]);
		});

		it('waits for a free worker', async () => {
			const { live } = await load('async def handle(request):\n\treturn await process_request()', {
				workers: 2
			});
			const handled = await live(
				[1, 2, 3].map((id) => request(id, id)),
				500
			);
			expect(handled.responses).toEqual([
				{ id: 1, status: 200, started: START + 1, finished: START + 101 },
				{ id: 2, status: 200, started: START + 2, finished: START + 102 },
				{ id: 3, status: 200, started: START + 101, finished: START + 201 }
			]);
		});

		it('keeps all others waiting when it blocks', async () => {
			const { live } = await load(`
				import asyncio, time
				async def handle(request):
					if request.user_id == 0: time.sleep(0.3)
					else: await asyncio.sleep(0.1)
					return 200
			`);
			const handled = await live(
				[request(1, 0, { user: 1 }), request(2, 50, { user: 0 }), request(3, 60, { user: 2 })],
				2000
			);
			expect(finished(handled)).toEqual([
				[2, 350],
				[1, 350],
				[3, 450]
			]);
		});

		it('goes on with a task of its own after it was answered', async () => {
			const { live, sample } = await load(`
				import asyncio
				from prometheus_client import Counter, start_http_server
				start_http_server(8000)
				mails = Counter('mails', 'm')
				async def mail():
					await asyncio.sleep(1)
					mails.inc()
					raise ValueError('no address')
				async def handle(request):
					asyncio.create_task(mail())
					return 202
			`);
			expect(finished(await live([request(1, 0)], 500))).toEqual([[1, 0]]);
			expect(await sample('mails_total')).toBe(0);
			const { problems } = await live([], 1500);
			expect(await sample('mails_total')).toBe(1);
			expect(problems).toMatchObject([
				{ message: 'ValueError: no address (outside of any request)', line: 8 }
			]);
		});

		it('is told when it does not await its work', async () => {
			const { live } = await load('async def handle(request):\n\treturn process_request()');
			const { responses, problems } = await live([request(1, 0)], 500);
			expect(responses).toMatchObject([{ status: 500, finished: START }]);
			expect(problems).toEqual([
				{
					message:
						'process_request() was not awaited, so its work was not done: write await process_request()',
					severity: 'warning',
					file: 'app.py',
					line: 2
				}
			]);
		});

		it.each([
			[
				'raise ValueError("x")',
				'ValueError: x (in handle, for GET /api/orders/{id}; the user got a 500)'
			],
			['exit()', /^SystemExit: .*the user got a 500/],
			['await asyncio.wait_for(asyncio.sleep(5), 1)', /^TimeoutError.*the user got a 500/]
		])('and ends in %s is a 500', async (line, message) => {
			const { live } = await load(`import asyncio\nasync def handle(request):\n\t${line}`);
			const { responses, problems } = await live([request(1, 0), request(2, 1)], 9000);
			expect(responses.map(({ status }) => status)).toEqual([500, 500]);
			expect(problems).toHaveLength(1);
			expect(problems[0]).toMatchObject({ line: 3 });
			expect(problems[0]?.message).toMatch(message);
		});

		it('leaves the same history however time is cut into slices', async () => {
			const history = async (slice: number) => {
				const { live, metrics } = await load(`
					import asyncio, random
					from prometheus_client import Histogram, start_http_server
					start_http_server(8000)
					H = Histogram('h', 'h'); places = asyncio.Semaphore(2)
					async def handle(request):
						with H.time():
							async with places:
								await asyncio.sleep(random.random() / 10)
							await process_request()
						return 200
				`);
				const requests = Array.from({ length: 60 }, (_, i) => request(i, i * 31, { work: 40 }));
				const seen: unknown[] = [];
				for (let at = 0; at < 4000; at += slice) {
					const due = requests.filter((r) => r.at >= START + at && r.at < START + at + slice);
					seen.push(...(await live(due, at + slice)).responses);
				}
				return [seen, await metrics()];
			};
			const whole = await history(4000);
			expect(whole[0]).toHaveLength(60);
			expect(await history(100)).toEqual(whole);
			expect(await history(12.5)).toEqual(whole);
		});
	});
});
