import { describe, expect, it } from 'vitest';
import { createPythonRunner } from '#runners/python';
import { missingPython, titled } from '../../python/interpreter.ts';
import { dedent, START } from '../../python/running.ts';
import { APP, requests, SHARING, TIMEOUT, underGunicorn, WHEN_READY } from './gunicorn-support.ts';

describe.skipIf(missingPython !== '')(titled('gunicorn.conf.py'), { timeout: TIMEOUT }, () => {
	const { under, problemsOf, printed, pagesOf, running, interpreter } = underGunicorn();

	it.each([
		['workers = (', "SyntaxError: '(' was never closed", 1, 11],
		['x = 1\ny = 1 / 0', 'ZeroDivisionError: division by zero', 2, 5],
		['import gunicorn.glogging', /^ModuleNotFoundError: No module named 'gunicorn'/, 1, 1],
		['import sys\nsys.exit(1)', /^SystemExit: the program ended itself/, 2, 1],
		[
			'import time\nwhile True: time.sleep(1)',
			/^gunicorn.conf.py waits for ever here, so gunicorn never starts/,
			2,
			13
		],
		[
			"workers = 'four'",
			"Invalid value for workers: four: invalid literal for int() with base 0: 'four'; write a whole number, such as workers = 4",
			1,
			1
		],
		['# é\nworkers = -1', /^Invalid value for workers: -1: Value must be positive: -1; /, 2, 1],
		[
			'workers = 2.5',
			/^Invalid value for workers: 2\.5: int\(\) can't convert non-string with/,
			1,
			1
		],
		['workers = 1\nif 1:\n\tworkers = None', /^Invalid value for workers: None: int\(\) /, 3, 2],
		['workers = 0', /^workers = 0 starts none, so nobody answers/, 1, 1],
		['workers = 17', /^workers = 17 are more than fit into a tab: write at most 16/, 1, 1],
		[
			"raw_env = ['A']",
			'environment setting \'A\' invalid: write a list of texts, such as raw_env = ["KEY=VALUE"]',
			1,
			1
		],
		["raw_env = ['A=1', '=x']", /^environment setting '=x' invalid: write a list of texts/, 1, 1],
		["raw_env = ['A\\0=1']", /^environment setting 'A\\x00=1' invalid: write a list/, 1, 1],
		[
			"bind = 'localhost:http'",
			/^Invalid value for bind: .*: 'http' is not a valid port number/,
			1,
			1
		],
		[
			'bind = 8000',
			/^Invalid value for bind: 8000: .*; write an address and a port, such as/,
			1,
			1
		],
		["raw_env = {'A': '1'}", /^environment setting 'A' invalid/, 1, 1],
		['raw_env = [5]', /^Invalid value for raw_env: \[5\]: Not a string: 5; write a list/, 1, 1],
		['preload_app = "yes"', /^Invalid value for preload_app: yes: Invalid boolean: yes;/, 1, 1],
		[
			'def post_fork(server): pass',
			'Invalid value for post_fork: Value must have an arity of: 2; write def post_fork(server, worker):',
			1,
			1
		],
		['child_exit = 5', /^Invalid value for child_exit: 5: Value is not callable: 5;/, 1, 1],
		[
			'def post_request(worker): pass',
			/arity of: 4; write def post_request\(worker, req, environ, resp\):$/,
			1,
			1
		],
		['def ssl_context(config): pass', /^Invalid value for ssl_context: .*arity of: 2;/, 1, 1],
		[
			'on_starting = "start"',
			/^Invalid value for on_starting: start: .* is not import string/,
			1,
			1
		],
		['on_starting = "os.nothing"', /: Can not load 'nothing' from 'os'; write def on_start/, 1, 1],
		['on_starting = "none.x"', /^Invalid value for on_starting: none.x: No module named/, 1, 1],
		['def child_exit(*args): pass', /^Invalid value for child_exit: .*arity of: 2/, 1, 1],
		[
			'def when_ready(server):\n\t1 / 0',
			'ZeroDivisionError: division by zero (in when_ready)',
			2,
			2
		],
		[
			'def post_fork(server, worker):\n\tworker.nothing',
			/has no attribute 'nothing' \(in post_fork\)$/,
			2,
			2
		],
		[
			WHEN_READY,
			/^ValueError: env PROMETHEUS_MULTIPROC_DIR is not set or not a directory \(in when_ready\)$/,
			4,
			2
		]
	] as const)('%j is refused', async (config, message, line, column) => {
		const [problem, ...more] = await problemsOf(config);
		if (typeof message === 'string') expect(problem?.message).toBe(message);
		else expect(problem?.message).toMatch(message);
		expect(more).toEqual([]);
		expect(problem).toMatchObject({ severity: 'error', file: 'gunicorn.conf.py', line, column });
	});

	it.each([
		'',
		'bind = "0.0.0.0:8000"\nthreads = 8\ntimeout = "soon"\nworker_class = "gthread"\nmy_own = 5',
		'bind = ["unix:/tmp/app.sock", "tcp://[::1]:8000"]\nwsgi_app = "app:app"',
		'workers = "0x1"\nraw_env = "A=1=2"\npreload_app = "False"',
		'def child_exit(server, worker): print("gone")\nbind = "localhost"',
		'def post_request(worker, req): pass',
		'import multiprocessing\nworkers = multiprocessing.cpu_count()'
	])('%j changes nothing', async (config) => {
		expect(await pagesOf(await under(config, `${APP}\tmetrics_app = make_wsgi_app()`))).toEqual([
			['hits_total 10.0', 'early_total 5.0', 'each 1.0']
		]);
	});

	it.each([
		['worker_class = "gevent"', /^worker_class = 'gevent' changes nothing here/],
		['bind = "0.0.0.0:5000"', /^bind = '0.0.0.0:5000' changes nothing here while .* at port 8000$/],
		['bind = "unix:/run/app.sock"', /^bind = .* while there is one worker/],
		['bind = "unix:/run/app.sock"\nworkers = 2', /^bind = 'unix:.* has no port: .*cannot scrape/],
		['wsgi_app = "main:app"', /^wsgi_app = 'main:app' changes nothing here: app.py is what runs/]
	])('%j is worth a warning', async (config, message) => {
		expect(await problemsOf(config)).toMatchObject([
			{ severity: 'warning', message: expect.stringMatching(message), line: 1 }
		]);
	});

	it('runs the program as itself with one worker, and as a module with more', async () => {
		const app = 'print(__name__, "app" in __import__("sys").modules)\ndef handle(r): return 200';
		expect(await printed('workers = 1', app)).toEqual(['__main__ False']);
		expect(await printed('workers = 2', app)).toEqual(['app True', 'app True']);
	});

	it('calls the hooks of a start, each in its process', async () => {
		const config = `
			import os
			workers = 2
			raw_env = ['A=1']
			def say(name, *more): print(os.getpid(), os.environ.get('A'), name, *more)
			def on_starting(server): say('on_starting', server.cfg.workers)
			def nworkers_changed(server, new, old): say('nworkers_changed', new, old)
			def when_ready(server): server.log.info('%s is ready', 'it')
			def pre_fork(server, worker): say('pre_fork', worker.age, worker.pid)
			def post_fork(server, worker): say('post_fork', worker.pid)
			def post_worker_init(worker): say('post_worker_init', worker)
			def child_exit(server, worker): say('never')
		`;
		expect(await printed(config, 'print("app")\ndef handle(r): return 200')).toEqual([
			'1 None nworkers_changed 2 None',
			'1 1 on_starting 2',
			'[1970-01-01 00:16:40 +0000] [1] [INFO] it is ready',
			'1 1 pre_fork 1 [booting]',
			'1 1 pre_fork 2 [booting]',
			'7 1 post_fork 7',
			'app',
			'7 1 post_worker_init <Worker 7>',
			'8 1 post_fork 8',
			'app',
			'8 1 post_worker_init <Worker 8>'
		]);
	});

	// What follows is how it went with gunicorn 27.0.1 on Linux.

	it('lets workers and master share sums through files', async () => {
		const config = `${SHARING}\tworkers = 4\n${WHEN_READY}`;
		expect(await pagesOf(await under(config), 2)).toEqual(
			Array(2).fill([
				'hits_total 10.0',
				'early_total 20.0',
				'each{pid="7"} 1.0',
				'each{pid="8"} 1.0',
				'each{pid="9"} 1.0',
				'each{pid="10"} 1.0'
			])
		);
	});

	it('may set the environment and empty the folder itself', async () => {
		const config = `
	import os, shutil
	os.environ['PROMETHEUS_MULTIPROC_DIR'] = '/tmp/mine'
	shutil.rmtree('/tmp/mine', ignore_errors=True)
	os.makedirs('/tmp/mine')
	from prometheus_client import multiprocess
	def child_exit(server, worker):
		multiprocess.mark_process_dead(worker.pid)
	workers = 3
${WHEN_READY}`;
		const [page] = await pagesOf(await under(config));
		expect(page).toContain('hits_total 10.0');
		expect(page).toContain('early_total 15.0');
	});

	it('hands a library on that was imported too early, which then counts in memory', async () => {
		const config = `
	from prometheus_client import multiprocess
${SHARING}
	workers = 2
${WHEN_READY}`;
		const { loaded, live, metrics } = await under(config);
		expect(loaded.problems).toMatchObject([
			{
				severity: 'warning',
				message: expect.stringMatching(
					/^prometheus_client was imported before gunicorn sets raw_env/
				),
				file: 'gunicorn.conf.py',
				line: 5
			}
		]);
		await live(requests, 1000);
		expect(await metrics()).toBe('');
	});

	it('with preload_app loads the program once, and its server stays with the master', async () => {
		const config = 'workers = 4\npreload_app = True';
		const app = `${APP}\tfrom prometheus_client import start_http_server; start_http_server(9100)`;
		expect(await printed(config, app)).toHaveLength(1);
		expect(await pagesOf(await under(config, app), 2)).toEqual(
			Array(2).fill(['hits_total 0.0', 'early_total 5.0', 'each 0.0'])
		);
	});

	it('with preload_app and files counts what the program counted before the fork once', async () => {
		const config = `
	import os
	os.environ['PROMETHEUS_MULTIPROC_DIR'] = '/tmp/metrics'
	os.makedirs('/tmp/metrics')
	workers = 2
	preload_app = True
${WHEN_READY}`;
		expect(await pagesOf(await under(config))).toEqual([
			[
				'hits_total 10.0',
				'early_total 5.0',
				'each{pid="1"} 0.0',
				'each{pid="7"} 1.0',
				'each{pid="8"} 1.0'
			]
		]);
	});

	it('gives workers chance of their own, and with preload_app what was drawn in common', async () => {
		const drawn = async (config: string) => new Set(await printed(config)).size;
		expect(await drawn('workers = 3')).toBe(3);
		expect(await drawn('import random\nworkers = 3')).toBe(3);
		const app = 'import random\ncommon = random.random()\ndef handle(r): return 200';
		const config = `
			workers = 3
			preload_app = True
			def post_worker_init(worker):
				import sys, random
				print(sys.modules['app'].common)
				print(random.random())`;
		const lines = await printed(config, app);
		expect([new Set(lines.filter((_, i) => i % 2 === 0)).size, new Set(lines).size]).toEqual([
			1, 4
		]);
	});

	it('refuses a second server at a port, and says what to do', async () => {
		const app = `${APP}\tfrom prometheus_client import start_http_server\n\tstart_http_server(9100)`;
		expect(await problemsOf('workers = 4', app)).toMatchObject([
			{
				message:
					"OSError: [Errno 98] Address already in use (in worker 2 of 4: worker 1 has the port, and gunicorn gives up: Worker failed to boot. Every worker runs this, and a port can be had by one process only; let the workers answer GET /metrics at gunicorn's port, with metrics_app = make_wsgi_app() instead, or start one server for all of them in when_ready of gunicorn.conf.py)",
				severity: 'error',
				file: 'app.py',
				line: 13,
				column: 1
			}
		]);
		expect(await problemsOf(`${SHARING}\n${WHEN_READY}`, app)).toMatchObject([
			{
				message: expect.stringMatching(
					/in worker 1 of 1: the master has the port.*take this server away/
				),
				line: 13
			}
		]);
		const flask = 'from flask import Flask\napp = Flask(__name__)\napp.run(port=9100)';
		expect(await problemsOf('workers = 2', flask)).toMatchObject([
			{ message: expect.stringMatching(/in worker 2 of 2: worker 1 has the port/), line: 3 }
		]);
	});

	it('lets each worker have a port of its own', async () => {
		const config = `
			workers = 2
			def post_worker_init(worker):
				from prometheus_client import start_http_server
				start_http_server(9000 + worker.age)`;
		const { loaded, live, runner } = await under(config);
		expect(loaded.problems).toEqual([]);
		expect(runner.targets()).toEqual([
			{ port: 9001, path: '/metrics' },
			{ port: 9002, path: '/metrics' }
		]);
		await live(requests.slice(0, 3), 1000);
		const hits = async (port: number) => {
			const { body } = await runner.scrape('', { port, path: '/metrics' });
			return /^hits_total .*$/m.exec(new TextDecoder().decode(body))?.[0];
		};
		expect([await hits(9001), await hits(9002), await hits(9001)]).toEqual([
			'hits_total 2.0',
			'hits_total 1.0',
			'hits_total 2.0'
		]);
	});

	it('with a folder that is missing says so where the metric is made', async () => {
		const config = "raw_env = ['PROMETHEUS_MULTIPROC_DIR=/tmp/none']";
		expect(await problemsOf(config)).toMatchObject([
			{
				message:
					'FileNotFoundError: [Errno 2] No such file or directory: \'/tmp/none/counter_7.db\'; PROMETHEUS_MULTIPROC_DIR names a folder that is not there: make it before, with os.makedirs("/tmp/none", exist_ok=True) at the top of gunicorn.conf.py',
				file: 'app.py',
				line: 3
			}
		]);
	});

	it('that never ends is stopped in its line', async () => {
		const files = {
			'app.py': dedent(APP),
			'gunicorn.conf.py': 'def when_ready(server):\n\twhile True: pass'
		};
		let now = 0;
		const watch = { now: () => now++, deadline: 100 };
		const runner = createPythonRunner({ interpreter: interpreter(), seed: 1, workers: 4, watch });
		running.push(runner);
		await expect(runner.load(files, START)).rejects.toMatchObject({
			reason: 'deadline',
			place: { file: 'gunicorn.conf.py', line: 2 }
		});
		expect((await under('workers = 2')).loaded.problems).toEqual([]);
	});

	it('and a program without a page say how workers expose one', async () => {
		const guarded = `${APP}
	if __name__ == '__main__':
		from prometheus_client import start_http_server
		start_http_server(8000)`;
		const { loaded, runner } = await under('workers = 2', guarded);
		expect(loaded.problems).toEqual([]);
		expect((await runner.scrape('')).problems).toMatchObject([
			{
				message: expect.stringMatching(
					/^nothing answers GET \/metrics: in app.py write metrics_app = make_wsgi_app\(\)/
				)
			}
		]);
	});
});
