import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { decode, load, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;

const FLASK = `
	from flask import Flask
	from prometheus_client import Counter, make_wsgi_app
	from werkzeug.middleware.dispatcher import DispatcherMiddleware
	app = Flask(__name__)
	orders = Counter('orders', 'o', ['status'])
	@app.get('/api/orders/<int:id>')
	def order(id):
		status = int(process_request())
		orders.labels(status).inc()
		return {'id': id}, status
	app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/metrics": make_wsgi_app()})
`;

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.3';

describe.skipIf(missingPython !== '')(titled('an app in Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	const statuses = async (source: string, ...requests: Parameters<typeof request>[]) => {
		const { loaded, live } = await load(interpreter, source);
		expect(loaded.problems).toEqual([]);
		const all = requests.length > 0 ? requests.map((args) => request(...args)) : [request(1, 0)];
		const { responses, problems } = await live(all, 60_000);
		expect(problems).toEqual([]);
		return responses.map(({ status }) => status);
	};

	it('of Flask answers requests, and /metrics beside them', async () => {
		const { loaded, live, runner, sample } = await load(interpreter, FLASK);
		expect(loaded.problems).toEqual([]);
		const { responses } = await live(
			[
				request(1, 0),
				request(2, 10, { outcome: { status: 503 } }),
				request(3, 20, { path: '/wp-login.php' }),
				request(4, 30, { method: 'POST' })
			],
			1000
		);
		expect(responses).toEqual([
			{ id: 3, status: 404, started: START + 20, finished: START + 20 },
			{ id: 4, status: 405, started: START + 30, finished: START + 30 },
			{ id: 1, status: 200, started: START, finished: START + 100 },
			{ id: 2, status: 503, started: START + 10, finished: START + 110 }
		]);
		expect(await sample('orders_total{status="200"}')).toBe(1);
		expect(await sample('orders_total{status="503"}')).toBe(1);
		expect(runner.targets()).toEqual([{ port: 8000, path: '/metrics' }]);
	});

	it('of Flask that runs itself listens where it says', async () => {
		const { loaded, runner } = await load(
			interpreter,
			`${FLASK}\n\tif __name__ == "__main__":\n\t\tapp.run(host="0.0.0.0", port=5001)`
		);
		expect(loaded.problems).toEqual([]);
		expect(loaded.output.map(({ text }) => text)).toContain(" * Serving Flask app 'app'");
		expect(runner.targets()).toEqual([{ port: 5001, path: '/metrics' }]);
	});

	it('of Flask says once what went wrong in a view, and what the shop could not do is no problem', async () => {
		const { live } = await load(
			interpreter,
			`
			from flask import Flask
			app = Flask(__name__)
			@app.get('/api/orders/<int:id>')
			def order(id):
				process_request()
				return 1 / 0
			`
		);
		const declined = request(3, 2, { outcome: { throws: 'card declined' } });
		const { responses, problems, output } = await live(
			[request(1, 0), request(2, 1), declined],
			1000
		);
		expect(responses.map(({ status }) => status)).toEqual([500, 500, 500]);
		expect(problems).toMatchObject([
			{
				message:
					'ZeroDivisionError: division by zero (in the app, for GET /api/orders/{id}; the user got a 500)',
				file: 'app.py',
				line: 6
			}
		]);
		expect(output.map(({ text }) => text)).toEqual([
			'Traceback (most recent call last):',
			'  File "app.py", line 6, in order',
			'    return 1 / 0',
			'           ~~^~~',
			'ZeroDivisionError: division by zero',
			'500 GET /api/orders/7: card declined'
		]);
	});

	it('that follows WSGI or ASGI is called as such', async () => {
		expect(
			await statuses(`
			def application(environ, start_response):
				start_response(f'{process_request()} OK', [])
				return [b'']
			`)
		).toEqual([200]);
		expect(
			await statuses(`
			async def app(scope, receive, send):
				assert scope['type'] == 'http' and scope['path'] == '/api/orders/7'
				await send({'type': 'http.response.start', 'status': int(await process_request()), 'headers': []})
				await send({'type': 'http.response.body', 'body': b''})
			`)
		).toEqual([200]);
	});

	it('is taken before a function handle, and a server that was started before both', async () => {
		const handle = 'def handle(request): return 201\n';
		const app = (name: string, status: number) =>
			`def ${name}(environ, start_response):\n\tstart_response('${status} X', []); return []\n`;
		expect(await statuses(handle)).toEqual([201]);
		expect(await statuses(handle + app('app', 202))).toEqual([202]);
		const served = `from wsgiref.simple_server import make_server\nwith make_server('', 80, other) as s: s.serve_forever()`;
		expect(await statuses(handle + app('app', 202) + app('other', 203) + served)).toEqual([203]);
	});

	it.each([
		['start_http_server(9000)', 9000],
		['import prometheus_client.exposition as e; e.start_http_server(9000)', 9000],
		['from prometheus_client import start_wsgi_server; start_wsgi_server(port=9000)', 9000],
		[
			"from wsgiref.simple_server import make_server; app = make_wsgi_app(); make_server('', 9000, app).serve_forever()",
			9000
		],
		['from werkzeug.serving import run_simple; run_simple("0.0.0.0", 9000, make_wsgi_app())', 9000]
	])('%s makes /metrics of its own', async (line, port) => {
		const { loaded, runner, live, sample } = await load(
			interpreter,
			`from prometheus_client import *\nhits = Counter('hits', 'h')\n${line}\ndef handle(request):\n\thits.inc(); return 200`
		);
		expect(loaded.problems).toEqual([]);
		await live([request(1, 0)], 1);
		expect(await sample('hits_total')).toBe(1);
		expect(runner.targets()).toEqual([{ port, path: '/metrics' }]);
		expect((await runner.scrape('', { port, path: '/anything' })).status).toBe(200);
		expect((await runner.scrape('', { port: 1, path: '/metrics' })).status).toBe(404);
	});

	it.each([
		'metrics_app = make_wsgi_app()',
		'metrics_app = make_asgi_app()',
		'app = make_wsgi_app()',
		'application = make_wsgi_app()',
		'def metrics_app(environ, start_response):\n\tstart_response("200 OK", []); return [generate_latest()]'
	])('%s answers scrapes beside a function handle', async (lines) => {
		const { loaded, runner, live, sample } = await load(
			interpreter,
			`from prometheus_client import *\nhits = Counter('hits', 'h')\n${lines}\ndef handle(request):\n\thits.inc(); return 200`
		);
		expect(loaded.problems).toEqual([]);
		expect((await live([request(1, 0)], 1)).problems).toEqual([]);
		expect(await sample('hits_total')).toBe(1);
		expect(runner.targets()).toEqual([{ port: 8000, path: '/metrics' }]);
	});

	it('called metrics_app is left to the app that it is mounted in', async () => {
		const { loaded, runner, live, sample } = await load(
			interpreter,
			`${FLASK.replace('make_wsgi_app()', 'metrics_app')}`.replace(
				'app = Flask(__name__)',
				'app = Flask(__name__)\n\tmetrics_app = make_wsgi_app()'
			)
		);
		expect(loaded.problems).toEqual([]);
		await live([request(1, 0)], 1000);
		expect(await sample('orders_total{status="200"}')).toBe(1);
		expect((await runner.scrape('', { port: 8000, path: '/nowhere' })).status).toBe(404);
	});

	it('that answers everything with metrics beside a function handle is worth a warning', async () => {
		const { live } = await load(
			interpreter,
			`
			from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
			def app(environ, start_response):
				start_response('200 OK', [('Content-Type', CONTENT_TYPE_LATEST)])
				return [generate_latest()]
			def handle(request): return 200
			`
		);
		const { problems } = await live([request(1, 0), request(2, 1)], 1000);
		expect(problems).toEqual([
			{
				message:
					'app answered GET /api/orders/7 with metrics, and handle is never called: an app by that name gets all requests. Call it metrics_app, so that it answers scrapes alone',
				severity: 'warning'
			}
		]);
	});

	it.each([
		['text/plain;version=0.0.4', 'text/plain; version=0.0.4; charset=utf-8'],
		[
			'text/plain;version=1.0.0;escaping=allow-utf-8',
			/^text\/plain; version=1\.0\.0;.*allow-utf-8$/
		],
		[OPEN_METRICS, /^application\/openmetrics-text; version=1\.0\.0; charset=utf-8/],
		['*/*', 'text/plain; version=0.0.4; charset=utf-8']
	])('negotiates %s', async (accept, contentType) => {
		const { runner } = await load(
			interpreter,
			"from prometheus_client import *\nstart_http_server(8000)\nGauge('g', 'g').set(2)\ndef handle(r): return 200"
		);
		const page = await runner.scrape(accept);
		expect(page.contentType).toMatch(contentType);
		expect(decode(page.body)).toContain('\ng 2.0\n');
		expect(decode(page.body).endsWith('# EOF\n')).toBe(accept === OPEN_METRICS);
	});

	it('restricts what it shows to the names that are asked for', async () => {
		const { runner } = await load(
			interpreter,
			"from prometheus_client import *\nstart_http_server(8000)\nGauge('a', 'a'); Gauge('b', 'b')\ndef handle(r): return 200"
		);
		const page = await runner.scrape('', { port: 8000, path: '/metrics?name[]=b' });
		expect(decode(page.body)).toBe('# HELP b b\n# TYPE b gauge\nb 0.0\n');
	});

	it('answers a scrape with whatever it answers', async () => {
		const { runner } = await load(
			interpreter,
			`
			from flask import Flask
			app = Flask(__name__)
			@app.get('/metrics')
			def metrics():
				print('asked')
				return 'up 1\\n', 203, {'Content-Type': 'text/plain'}
			@app.get('/broken')
			def broken():
				raise ValueError('no')
			`
		);
		const page = await runner.scrape('');
		expect([page.status, page.contentType, decode(page.body)]).toEqual([
			203,
			'text/plain',
			'up 1\n'
		]);
		const broken = await runner.scrape('', { port: 8000, path: '/broken' });
		expect(broken.status).toBe(500);
		expect(broken.problems).toMatchObject([
			{ message: 'ValueError: no (while /metrics was made)', line: 9 }
		]);
		const missing = await runner.scrape('', { port: 8000, path: '/nowhere' });
		expect(missing.status).toBe(404);
		const { output } = await runner.handle([], START + 1);
		expect(output.map(({ text }) => text)).toEqual(['asked']);
	});

	it('that serves an empty registry is told so once, with a page that is empty all the same', async () => {
		const empty = `
			from prometheus_client import CollectorRegistry, REGISTRY, start_http_server
			for collector in list(REGISTRY._collector_to_names): REGISTRY.unregister(collector)
			start_http_server(8000)
			start_http_server(8001, registry=CollectorRegistry())
			def handle(request): return 200`;
		const { runner } = await load(interpreter, empty);
		const first = await runner.scrape(OPEN_METRICS);
		expect(first.status).toBe(200);
		expect(decode(first.body)).toBe('# EOF\n');
		expect(first.problems).toEqual([
			{
				message: expect.stringMatching(
					/^\/metrics is empty: the registry that is served has no metrics\. Make metrics without/
				),
				severity: 'warning'
			}
		]);
		expect((await runner.scrape('')).problems).toEqual([]);
		expect((await runner.scrape('', { port: 8001, path: '/metrics' })).problems).toEqual([]);
		const one = empty.replace(
			'def handle',
			"__import__('prometheus_client').Counter('c', 'c')\n\t\t\tdef handle"
		);
		const { runner: other } = await load(interpreter, one);
		expect((await other.scrape('')).problems).toEqual([]);
	});

	it('serves no metrics any more when its server is shut down', async () => {
		const { loaded, runner } = await load(
			interpreter,
			`
			from prometheus_client import start_http_server
			server, thread = start_http_server(8000)
			print(thread.is_alive(), thread.daemon, server.server_port)
			server.shutdown(); server.server_close(); thread.join()
			print(thread.is_alive())
			def handle(request): return 200
			`
		);
		expect(loaded.output.map(({ text }) => text)).toEqual(['True True 8000', 'False']);
		expect(runner.targets()).toEqual([]);
		expect((await runner.scrape('')).status).toBe(404);
	});
});
