import { beforeAll, describe, expect, it, vi } from 'vitest';
import { RunnerFailure } from '#engine/sim';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;

const IN_HANDLE = ' (in handle, for GET /api/orders/{id}; the user got a 500)';

describe.skipIf(missingPython !== '')(titled('a mistake in Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	const problemsOf = async (source: string) => {
		const { loaded, live, runner } = await load(interpreter, { 'app.py': source });
		if (loaded.problems.length > 0) return loaded.problems;
		const { problems } = await live([request(1, 0), request(2, 1)], 5000);
		if (problems.length > 0) return problems;
		return (await runner.scrape('text/plain')).problems;
	};

	it.each([
		['x = (1 +\n', "SyntaxError: '(' was never closed", 1, 5],
		['def f():\nreturn 1', /^IndentationError: expected an indented block/, 2, 1],
		["é = 'ü'; raise TypeError('boom')", 'TypeError: boom', 1, 10],
		['def f():\n\t1 / 0\nf()', 'ZeroDivisionError: division by zero', 2, 2],
		['import numpy', /^ModuleNotFoundError: No module named 'numpy': here you can import /, 1, 1],
		['from prometheus_client import Conter', /cannot import name 'Conter'/, 1, 1],
		['pritn(1)', "NameError: name 'pritn' is not defined. Did you mean: 'print'?", 1, 1],
		[
			"from prometheus_client import Counter\nCounter('a', 'b')\nCounter('a', 'c')",
			"prometheus_client.registry.DuplicateTimeseries: Duplicated timeseries in CollectorRegistry: {'a', 'a_created', 'a_total'}. Make each metric once, where the program starts",
			3,
			1
		],
		['x = 1', /^nothing in app.py answers requests: write a function "def handle/, 1, 1],
		['import sys\nsys.exit(1)', /^SystemExit: the program ended itself, and a service/, 2, 1],
		['exit()', /^SystemExit/, 1, 1],
		['import os\nos._exit(1)', /os._exit\(\) would end the program, and a service stays up/, 2, 1],
		["input('name? ')", /^RuntimeError: input\(\) has nobody to ask/, 1, 1],
		['import threading\nthreading.Thread(target=print).start()', /there are no threads/, 2, 1],
		['import socket\nsocket.socket()', /^OSError: there is no network here/, 2, 1],
		["import subprocess\nsubprocess.run(['ls'])", /there are no other programs/, 2, 1],
		['import multiprocessing as m\nm.Process(target=print).start()', /no other processes/, 2, 1],
		['import multiprocessing as m\nm.Pool(2)', /no other processes/, 2, 1],
		["open('/etc/passwd')", /^PermissionError: a program has no files here but its own/, 1, 1],
		['import signal\nsignal.signal(15, print)', /no signals reach a service/, 2, 1],
		['import js', /^ImportError: js cannot be imported: there is no way from here/, 1, 1],
		['import pyodide_js', /^ImportError: pyodide_js cannot be imported/, 1, 1],
		['from pyodide.code import run_js', /^ImportError: pyodide cannot be imported/, 1, 1],
		['import ctypes', /there are no native libraries here/, 1, 1],
		[
			'import asyncio\nasyncio.run(asyncio.Event().wait())',
			/awaits something that never comes/,
			2,
			1
		],
		['import threading\nthreading.Event().wait()', /waits for another thread/, 2, 1],
		[
			"from prometheus_client import start_http_server\nfor _ in 'ab': start_http_server(8000)",
			'OSError: [Errno 98] Address already in use',
			2,
			16
		],
		[
			'def handle(request):\n\tnull.foo()',
			`NameError: name 'null' is not defined${IN_HANDLE}`,
			2,
			2
		],
		['def handle():\n\treturn 200', /^TypeError: handle\(\) takes 0 positional.*the user got/, 1],
		['def handle(request): pass', /^handle\(\) must return a status such as 200/, 1],
		[
			'def f(): f()\ndef handle(r): f()',
			/^RecursionError: maximum recursion depth.*give it a case in which it returns$/,
			1,
			10
		],
		[
			'def handle(request): x = [0] * 10**9',
			/^MemoryError.*the user got a 500\): the program wants more memory than there is/,
			1,
			26
		],
		['def handle(request): exit()', /^SystemExit.*the user got a 500/, 1, 22],
		[
			'def handle(request): return 200',
			/^nothing answers GET \/metrics: add start_http_server\(8000\)/
		],
		[
			`import time
from prometheus_client import start_http_server, Gauge
start_http_server(8000)
Gauge('g', 'g').set_function(lambda: time.sleep(1))
def handle(request): return 200`,
			'RuntimeError: time stands still while /metrics is made: wait in handle instead (while /metrics was made)',
			4,
			38
		],
		[
			`from prometheus_client import Counter
c = Counter('c', 'c', ['l'])
def handle(request):
	c.labels('x' * 10**7).inc()`,
			/the label "l" of c was given a value of 10,000,000 characters/,
			4,
			2
		],
		[
			"from prometheus_client import Gauge\ng = Gauge('g', 'g')\ndef handle(request):\n\tg.inc('1')",
			/^TypeError: unsupported operand type\(s\) for \+=/,
			4,
			2
		]
	] as const)('%j is said at its place', async (source, message, line?, column?) => {
		const [problem, ...more] = await problemsOf(source);
		if (typeof message === 'string') expect(problem?.message).toBe(message);
		else expect(problem?.message).toMatch(message);
		expect(more).toEqual([]);
		if (line !== undefined) expect([problem?.file, problem?.line]).toEqual(['app.py', line]);
		expect(problem?.column).toBe(column);
	});

	it('in a module is said in its file', async () => {
		const { loaded } = await load(interpreter, {
			'app.py': 'import lib.metrics\ndef handle(request): return 200',
			'lib/metrics.py': 'x = 1\ny = )\n'
		});
		expect(loaded.problems).toMatchObject([
			{ message: "SyntaxError: unmatched ')'", file: 'lib/metrics.py', line: 2, column: 5 }
		]);
	});

	it('in a file that nothing imports does not matter', async () => {
		const { loaded } = await load(interpreter, {
			'app.py': 'def handle(request): return 200',
			'broken.py': 'const ('
		});
		expect(loaded.problems).toEqual([]);
	});

	it('of a top level that waits for ever is left out, with a warning', async () => {
		const { loaded, live } = await load(
			interpreter,
			'import time\ndef handle(request): return 200\nwhile True:\n    time.sleep(1)'
		);
		expect(loaded.problems).toMatchObject([{ severity: 'warning', line: 4 }]);
		expect(loaded.problems[0]?.message).toMatch(
			/a loop that keeps the program alive is not needed/
		);
		const { responses } = await live([request(1, 0)], 10);
		expect(responses.map(({ status }) => status)).toEqual([200]);
	});

	it('of a missing file is said', async () => {
		const { loaded } = await load(interpreter, { 'main.py': '' });
		expect(loaded.problems).toEqual([{ message: 'there is no file app.py', severity: 'error' }]);
	});

	it('that is made ten thousand times is said once, with little ado', async () => {
		const { live } = await load(interpreter, 'def handle(request):\n\treturn undefined_name');
		const many = Array.from({ length: 10_000 }, (_, i) => request(i, i));
		const { responses, problems } = await live(many, 10_000);
		expect(responses).toHaveLength(10_000);
		expect(problems).toHaveLength(1);
	});

	it('does not outlive its program', async () => {
		const vandal = `
			import builtins, sys, time, prometheus_client, prometheus_client.registry, asyncio, threading
			builtins.print = None
			del builtins.open
			time.time = None
			time.sleep = lambda seconds: None
			asyncio.run = threading.Lock = None
			sys.meta_path.clear()
			sys.settrace(lambda *event: None)
			del prometheus_client.REGISTRY, prometheus_client.registry.REGISTRY
			def handle(request): return 200
		`;
		expect((await load(interpreter, vandal)).loaded.problems).toEqual([]);
		const { loaded, live, sample } = await load(
			interpreter,
			`
			import time
			from prometheus_client import Counter, start_http_server
			start_http_server(8000)
			c = Counter('c', 'c')
			def handle(request):
				time.sleep(0.5); print(time.time()); c.inc()
				return 200
			`
		);
		expect(loaded.problems).toEqual([]);
		const { output } = await live([request(1, 0)], 1000);
		expect(output.map(({ text }) => text)).toEqual(['1000.5']);
		expect(await sample('c_total')).toBe(1);
	});

	describe('that never ends', () => {
		const watched = (source: string) => {
			let wall = 0;
			const watch = { now: () => (wall += 10), deadline: 3000 };
			const runner = createPythonRunner({ interpreter, seed: 1, workers: 1, watch });
			return { runner, loading: runner.load({ 'app.py': source }, START) };
		};

		it('while it is loaded is stopped in its line', async () => {
			const { loading } = watched('n = 0\n\nwhile True:\n\tn += 1');
			const failure = await loading.catch((error: unknown) => error);
			expect(failure).toBeInstanceOf(RunnerFailure);
			expect(failure).toMatchObject({
				reason: 'deadline',
				message:
					'loading the code took longer than 3 seconds and was stopped: it was still in this line. Make sure that the loop comes to an end',
				place: { file: 'app.py', line: 4 }
			});
		});

		it.each([
			['def handle(request):\n\twhile True: pass', 2],
			['import time\ndef handle(request):\n\twhile True:\n\t\ttime.sleep(1)', 4],
			['async def handle(r):\n\twhile True:\n\t\tpass', 3]
		])('%j is stopped in its line', async (source, line) => {
			const { runner, loading } = watched(source);
			expect((await loading).problems).toEqual([]);
			const failure = await runner
				.handle([request(1, 0)], START + 100)
				.catch((error: unknown) => error);
			expect(failure).toMatchObject({ reason: 'deadline', place: { file: 'app.py', line } });
			runner.dispose();
			const next = await load(interpreter, 'def handle(request): return 200');
			const { responses } = await next.live([request(1, 0)], 10);
			expect(responses.map(({ status }) => status)).toEqual([200]);
		});

		it('leaves what it has printed', async () => {
			const { loading } = watched('print("here")\nwhile True: print("again", end="")');
			const failure = (await loading.catch((error: unknown) => error)) as RunnerFailure;
			expect(failure.output.map(({ text }) => text.slice(0, 10))).toEqual(['here', 'againagain']);

			const handling = watched('def handle(request):\n\tprint("served")\n\twhile True: pass');
			await handling.loading;
			const stopped = (await handling.runner
				.handle([request(1, 20)], START + 100)
				.catch((error: unknown) => error)) as RunnerFailure;
			expect(stopped.output).toEqual([{ at: START + 20, level: 'log', text: 'served' }]);
		});

		it('while /metrics is made is stopped too', async () => {
			const { runner, loading } = watched(
				"from prometheus_client import *\nstart_http_server(1)\ndef f():\n\twhile True: pass\nGauge('g', 'g').set_function(f)\ndef handle(r): return 200"
			);
			expect((await loading).problems).toEqual([]);
			const failure = await runner.scrape('').catch((error: unknown) => error);
			expect(failure).toMatchObject({ reason: 'deadline', place: { line: 4 } });
		});
	});

	it('that takes the interpreter down is the end of the instance, and says so', async () => {
		// Pyodide prints what happened to it.
		const printing = vi.spyOn(console, 'error').mockImplementation(() => {});
		const doomed = await bootPython();
		const { live, runner } = await load(
			doomed,
			`
			class Endless:
				def __getattr__(self, name): return getattr(self, name)
			def handle(request): return Endless().status
			`
		);
		const failure = await live([request(1, 0)], 10).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(RunnerFailure);
		expect(failure).toMatchObject({
			reason: 'crashed',
			message:
				'Python crashed in handle() (Maximum call stack size exceeded): look for very much memory, or for a recursion without an end'
		});
		await expect(live([], 20)).rejects.toThrow('this interpreter has crashed before');
		runner.dispose();
		printing.mockRestore();
	});
});
