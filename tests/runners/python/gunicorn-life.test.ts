import { describe, expect, it } from 'vitest';
import { missingPython, titled } from '../../python/interpreter.ts';
import { dedent, load } from '../../python/running.ts';
import { APP, requests, SHARING, TIMEOUT, underGunicorn, WHEN_READY } from './gunicorn-support.ts';

describe.skipIf(missingPython !== '')(titled('gunicorn'), { timeout: TIMEOUT }, () => {
	const { under, problemsOf, printed, pagesOf, running, interpreter } = underGunicorn();

	it('has the port of bind itself when there are several workers', async () => {
		const app = `${APP}\tfrom prometheus_client import start_http_server\n\tstart_http_server(8000)`;
		const [problem] = await problemsOf('workers = 4', app);
		expect(problem).toMatchObject({ severity: 'error', file: 'app.py', line: 13, column: 1 });
		expect(problem?.message).toBe(
			'OSError: [Errno 98] Address already in use (in worker 1 of 4: gunicorn itself listens at port 8000, for its workers, so nothing else can: let them answer GET /metrics there, with metrics_app = make_wsgi_app() in app.py instead, or take another port, such as 9100, which prometheus.yml then has to name)'
		);
		const atMaster = `${SHARING}\n\tworkers = 2\n${WHEN_READY.replace('9100', '8000')}`;
		expect(await problemsOf(atMaster)).toMatchObject([
			{ message: expect.stringContaining('in use (in when_ready: gunicorn itself'), line: 11 }
		]);
		expect(await problemsOf('workers = 4\npreload_app = True', app)).toMatchObject([
			{ message: expect.stringContaining('in use (gunicorn itself listens at port 8000'), line: 13 }
		]);
		expect(await problemsOf('workers = 2\nbind = ":9000"', app)).toMatchObject([
			{ message: expect.stringContaining('in worker 2 of 2: worker 1 has the port') }
		]);
	});

	it('lets apps answer at the ports of bind, and at no other', async () => {
		const targetsOf = async (bind: string, app: string) => {
			const { loaded, runner } = await under(`workers = 2\nbind = ${bind}`, app);
			expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
			return runner.targets().map(({ port }) => port);
		};
		const app = `${APP}\tmetrics_app = make_wsgi_app()`;
		const flask = 'from flask import Flask\napp = Flask(__name__)';
		for (const program of [app, flask]) {
			expect(await targetsOf('"127.0.0.1"', program)).toEqual([8000]);
			expect(await targetsOf('"tcp://[::1]:5000"', program)).toEqual([5000]);
			expect(await targetsOf('["0.0.0.0:5000", "unix:/a", ":5001"]', program)).toEqual([
				5000, 5001
			]);
			expect(await targetsOf('"unix:/run/app.sock"', program)).toEqual([]);
		}
	});

	it('says where the app is when it is looked for at another port', async () => {
		const app = `${APP}\tmetrics_app = make_wsgi_app()`;
		const { loaded, runner } = await under('workers = 2\nbind = ":5000"', app);
		expect(loaded.problems).toEqual([]);
		expect(await runner.scrape('', { port: 8000, path: '/metrics' })).toMatchObject({
			status: 404,
			problems: [
				{
					message:
						'nothing answers at port 8000, only at port 5000: name that port in prometheus.yml, or let the program listen at 8000'
				}
			]
		});
	});

	it('tells hooks and workers what they would be told in life', async () => {
		const config = `
			workers = 2
			post_fork = 'hooks.say'
			def pre_fork(server, worker): print(worker.age, list(server.WORKERS), server.address)`;
		const app = `
import os
print(os.getpid(), os.getppid())
def app(environ, start_response):
    print(environ['wsgi.multiprocess'])
    start_response('200 OK', [])
    return []`;
		const files = {
			'app.py': app,
			'hooks.py': 'def say(server, worker): print("forked", list(server.WORKERS))',
			'gunicorn.conf.py': dedent(config)
		};
		const { loaded, live, runner } = await load(interpreter(), files);
		running.push(runner);
		expect(loaded.problems).toEqual([]);
		expect(loaded.output.map(({ text }) => text)).toEqual([
			"1 [] [('127.0.0.1', 8000)]",
			"2 [7] [('127.0.0.1', 8000)]",
			'forked []',
			'7 1',
			'forked [7]',
			'8 1'
		]);
		const { output } = await live(requests.slice(0, 1), 1000);
		expect(output.map(({ text }) => text)).toEqual(['True']);
	});

	it('runs a program that the file imports already once', async () => {
		expect(await printed('import app\nworkers = 2')).toHaveLength(1);
		expect(await printed('workers = 2\ndef post_fork(server, worker):\n\timport app')).toHaveLength(
			2
		);
	});

	it('leaves a server that it starts to the master', async () => {
		const config = `
			workers = 2
			def when_ready(server):
				from wsgiref.simple_server import make_server
				make_server('', 9100, lambda environ, start_response: []).serve_forever()`;
		const { live } = await under(config, 'def handle(request): return 201');
		const { responses } = await live(requests.slice(0, 2), 1000);
		expect(responses.map(({ status }) => status)).toEqual([201, 201]);
	});

	it('counts what the master counts after a wait once', async () => {
		const waiting = APP.replace('early.inc(5)', '__import__("time").sleep(0.5); early.inc(5)');
		const config = `${SHARING}\n\tworkers = 3\n\tpreload_app = True\n${WHEN_READY}`;
		const page = async (files: [string, string]) => (await pagesOf(await under(...files)))[0];
		expect(await page([config, waiting])).toContain('early_total 5.0');
		const ready = WHEN_READY.replace(
			'registry = ',
			'import time; time.sleep(1)\n\t\tfrom prometheus_client import Counter; Counter("early", "e").inc()\n\t\tregistry = '
		);
		const app = 'def handle(request): return 200';
		const inHook: [string, string] = [`${SHARING}\n\tworkers = 2\n${ready}`, app];
		expect(await page(inHook)).toEqual(['early_total 1.0']);
	});

	it('gives each process loggers of its own', async () => {
		const app = `
			import logging
			log = logging.getLogger('shop')
			log.addHandler(logging.StreamHandler())
			logging.basicConfig(format='root: %(message)s')
			def handle(request):
				log.warning('served')
				logging.getLogger('other').warning('served')
				return 200`;
		for (let round = 0; round < 2; round++) {
			const { live, runner } = await under('workers = 3', app);
			const { output } = await live(requests.slice(0, 2), 1000);
			runner.dispose();
			expect(output.map(({ text }) => text)).toEqual(
				Array(2).fill(['served', 'root: served', 'root: served']).flat()
			);
		}
	});
});
