import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;

const IMPORTS =
	'import asyncio, datetime, os, queue, random, secrets, sys, tempfile, threading, time, timeit, uuid\n';

describe.skipIf(missingPython !== '')(
	titled('the world of Python code'),
	{ timeout: TIMEOUT },
	() => {
		let interpreter: Interpreter;
		beforeAll(async () => {
			interpreter = await bootPython();
		}, TIMEOUT);

		/** What is printed 1.5 virtual seconds after the start. */
		const printed = async (expression: string, seed = 1) => {
			const { loaded, live } = await load(
				interpreter,
				{
					'app.py': `${IMPORTS}def handle(request):\n\ttime.sleep(1.5)\n\tprint(${expression})\n\treturn 200`
				},
				{ seed }
			);
			expect(loaded.problems).toEqual([]);
			const { output, problems } = await live([request(1, 0)], 60_000);
			expect(problems).toEqual([]);
			return output.map(({ text }) => text).join('\n');
		};

		it.each([
			['time.time()', '1001.5'],
			['time.time_ns()', '1001500000000'],
			['time.monotonic(), time.perf_counter(), timeit.default_timer()', '1.5 1.5 1.5'],
			['time.perf_counter_ns()', '1500000000'],
			['time.clock_gettime(time.CLOCK_MONOTONIC)', '1.5'],
			['time.process_time()', '0.0'],
			['time.ctime(), "|", time.strftime("%H:%M:%S")', 'Thu Jan  1 00:16:41 1970 | 00:16:41'],
			['time.localtime().tm_min, time.gmtime(0).tm_year', '16 1970'],
			['datetime.datetime.now()', '1970-01-01 00:16:41.500000'],
			[
				'datetime.datetime.now(datetime.timezone.utc).isoformat()',
				'1970-01-01T00:16:41.500000+00:00'
			],
			['repr(datetime.datetime.utcnow())', 'datetime.datetime(1970, 1, 1, 0, 16, 41, 500000)'],
			['datetime.date.today(), datetime.datetime.today().date()', '1970-01-01 1970-01-01'],
			['isinstance(datetime.datetime.now(), datetime.date)', 'True'],
			['isinstance(datetime.date.today(), datetime.datetime)', 'False'],
			['datetime.datetime.now() - datetime.datetime(1970, 1, 1)', '0:16:41.500000'],
			['asyncio.run(asyncio.sleep(2)), time.monotonic()', 'None 3.5'],
			['threading.Event().wait(0.5), time.monotonic()', 'False 2.0'],
			[
				'threading.current_thread().name, os.getcwd(), sys.argv',
				"MainThread /home/learner ['app.py']"
			],
			['__name__, __file__', '__main__ /home/learner/app.py'],
			['open("/tmp/notes", "w").write("abc"), open("/tmp/notes").read()', '3 abc'],
			['open("app.py").read()[:6]', 'import'],
			['"a\\nb", end=""', 'a\nb']
		])('print(%s) prints %s', async (expression, expected) => {
			expect(await printed(expression)).toBe(expected);
		});

		it.each([
			'random.random(), random.choice("abcdefgh"), random.Random().random()',
			'uuid.uuid4(), uuid.uuid1()',
			'secrets.token_hex(), os.urandom(8)',
			'tempfile.mkdtemp()',
			'{"a", "b", "c", "d"}, hash("a")'
		])('print(%s) prints the same for the same seed', async (expression) => {
			expect(await printed(expression)).toBe(await printed(expression));
		});

		it.each(['random.random()', 'uuid.uuid4()', 'os.urandom(8)', 'random.Random().random()'])(
			'print(%s) prints something else for another seed',
			async (expression) => {
				expect(await printed(expression, 1)).not.toBe(await printed(expression, 2));
			}
		);

		it('shows what is printed with its time, and what goes to stderr as an error', async () => {
			const { loaded, live } = await load(
				interpreter,
				`
			import sys, time, logging, traceback
			print('up'); time.sleep(0.25); print('begun', end='')
			def handle(request):
				process_request()
				print('one', 2, flush=True); print('three', file=sys.stderr); logging.warning('four')
				return 200
			`
			);
			expect(loaded.output).toEqual([
				{ at: START, level: 'log', text: 'up' },
				{ at: START + 250, level: 'log', text: 'begun' }
			]);
			expect((await live([request(1, 0)], 300)).output).toEqual([]);
			expect((await live([], 400)).output).toEqual([
				{ at: START + 350, level: 'log', text: 'one 2' },
				{ at: START + 350, level: 'error', text: 'three' },
				{ at: START + 350, level: 'error', text: 'WARNING:root:four' }
			]);
		});

		it('begins to serve when the top level is done', async () => {
			const { live } = await load(
				interpreter,
				'import time\ntime.sleep(2)\ndef handle(r): return 200'
			);
			const { responses } = await live([request(1, 500)], 5000);
			expect(responses).toMatchObject([{ started: START + 2000 }]);
		});

		it('can be spread over files', async () => {
			const { loaded, live, sample } = await load(interpreter, {
				'app.py':
					'from lib.metrics import hits\nimport config\ndef handle(request):\n\thits.inc(config.STEP)\n\treturn 200',
				'config.py': 'STEP = 3',
				'lib/metrics.py':
					"from prometheus_client import *\nstart_http_server(8000)\nhits = Counter('hits', 'h')"
			});
			expect(loaded.problems).toEqual([]);
			await live([request(1, 0)], 1);
			expect(await sample('hits_total')).toBe(3);
		});

		it('does not know of other instances in the same interpreter', async () => {
			const program = (name: string) => ({
				'app.py': `
import os, random, state, prometheus_client
from prometheus_client import Counter, start_http_server
start_http_server(8000)
hits = Counter('hits', 'h')
def handle(request):
	import prometheus_client as late
	assert late is prometheus_client and __import__('state') is state
	state.seen.append(request.user_id); hits.inc(request.user_id)
	open('/tmp/notes', 'a').write('${name}')
	os.environ['NAME'] = os.environ.get('NAME', '') + '${name}'
	print(state.seen, open('/tmp/notes').read(), os.environ['NAME'], random.random())
	return 200
`,
				'state.py': 'seen = []'
			});
			const alone = await load(interpreter, program('a'));
			const expected = [
				...(await alone.live([request(1, 0, { user: 1 })], 10)).output,
				...(await alone.live([request(2, 10, { user: 2 })], 20)).output
			];
			const a = await load(interpreter, program('a'));
			const b = await load(interpreter, program('b'));
			const seen = [...(await a.live([request(1, 0, { user: 1 })], 10)).output];
			await b.live([request(1, 0, { user: 7 })], 10);
			seen.push(...(await a.live([request(2, 10, { user: 2 })], 20)).output);
			expect(seen).toEqual(expected);
			expect(await a.sample('hits_total')).toBe(3);
			expect(await b.sample('hits_total')).toBe(7);
			b.runner.dispose();
			expect(await a.sample('hits_total')).toBe(3);
		});

		it('is the same for the same seed, to the last byte', async () => {
			const history = async () => {
				const { live, metrics } = await load(
					interpreter,
					`
				import random, time
				from prometheus_client import Counter, Histogram, start_http_server
				start_http_server(8000)
				hits = Counter('hits', 'h', ['k']); size = Histogram('size', 's', buckets=[.2, .5])
				def handle(request):
					class Cycle: pass
					cycle = Cycle(); cycle.self = cycle
					hits.labels({random.choice('abc'), random.choice('def')}).inc()
					size.observe(random.expovariate(3))
					return 200
				`
				);
				const requests = Array.from({ length: 12_000 }, (_, i) => request(i, i));
				const { responses } = await live(requests, 12_000);
				return [responses.length, await metrics(), await metrics('application/openmetrics-text')];
			};
			const [first, second] = [await history(), await history()];
			expect(first[1]).toMatch(/python_gc_objects_collected_total\{generation="2"\} [1-9]/);
			expect(second).toEqual(first);
		});
	}
);
