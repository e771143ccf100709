import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;

/** The Python of the article that the course covers, as it stands there: what is set up, and what a request does. */
const COUNTER = {
	setup: `from prometheus_client import Counter

REQUEST_COUNT = Counter("http_requests_total", "Total HTTP requests", ["method", "endpoint", "status"])

`,
	handler: `# In your request handler
REQUEST_COUNT.labels(method="GET", endpoint="/api/orders", status="200").inc()
`
};

const GAUGE = {
	setup: `from prometheus_client import Gauge

ACTIVE_CONNECTIONS = Gauge("active_connections", "Current active connections")

`,
	handler: `ACTIVE_CONNECTIONS.inc() # Connection opened
ACTIVE_CONNECTIONS.dec() # Connection closed
ACTIVE_CONNECTIONS.set(42) # Set to exact value
`
};

const HISTOGRAM = {
	setup: `from prometheus_client import Histogram

REQUEST_DURATION = Histogram(
    "http_request_duration_seconds",
    "Request duration in seconds",
    ["endpoint"],
    buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0]
)

`,
	handler: `# Time a request
with REQUEST_DURATION.labels(endpoint="/api/orders").time():
    process_request()
`
};

const EXPOSING = `from prometheus_client import start_http_server

start_http_server(8000) # Metrics available at http://localhost:8000/metrics
`;

const FLASK = `# Flask
from prometheus_client import make_wsgi_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware

app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/metrics": make_wsgi_app()})
`;

const ALL = [COUNTER, GAUGE, HISTOGRAM];
const SETUP = ALL.map(({ setup }) => setup).join('\n');

const indented = (lines: string) => lines.replace(/^(?=.)/gm, '    ');
const REQUESTS = ALL.map(({ handler }) => indented(handler)).join('\n');

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0';

describe.skipIf(missingPython !== '')(titled('the article'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	it.each([
		['counts, gauges and times', ALL.map(({ setup, handler }) => setup + handler).join('\n')],
		['exposes its metrics', EXPOSING],
		['uses Flask', `from flask import Flask\napp = Flask(__name__)\n${FLASK}`]
	])('%s in lines that run as they stand', async (_, snippet) => {
		const { loaded } = await load(interpreter, {
			'app.py': `${snippet}\ndef handle(request):\n    return 200\n`
		});
		expect(loaded).toEqual({ problems: [], output: [] });
	});

	it.each([
		[
			'start_http_server',
			`${SETUP}${EXPOSING}\ndef handle(request):\n${REQUESTS}\n    return 200\n`
		],
		[
			'Flask',
			`from flask import Flask\n${SETUP}\napp = Flask(__name__)\n\n@app.get("/api/orders")\ndef orders():\n${REQUESTS}\n    return "[]"\n\n${FLASK}`
		]
	])('shows with %s what 40 requests did, in both formats', async (_, source) => {
		const { loaded, live, metrics } = await load(interpreter, { 'app.py': source });
		expect(loaded.problems).toEqual([]);
		const requests = Array.from({ length: 40 }, (_, i) =>
			request(i, i * 1000, { path: '/api/orders', work: i < 10 ? 30 : 200 })
		);
		const { responses, problems } = await live(requests, 60_000);
		expect(problems).toEqual([]);
		expect(responses.map(({ status }) => status)).toEqual(requests.map(() => 200));
		expect(responses[20]).toMatchObject({ started: START + 20_000, finished: START + 20_200 });
		for (const accept of ['text/plain', OPEN_METRICS]) {
			const lines = (await metrics(accept)).split('\n');
			expect(lines).toContain(
				'http_requests_total{endpoint="/api/orders",method="GET",status="200"} 40.0'
			);
			expect(lines).toContain('active_connections 42.0');
			const bucket = (le: string, count: string) =>
				`http_request_duration_seconds_bucket{endpoint="/api/orders",le="${le}"} ${count}`;
			expect(lines).toContain(bucket('0.01', '0.0'));
			expect(lines).toContain(bucket('0.05', '10.0'));
			expect(lines).toContain(bucket('0.25', '40.0'));
			expect(lines).toContain(bucket('+Inf', '40.0'));
			const sum = lines.find((line) => line.startsWith('http_request_duration_seconds_sum'));
			expect(Number(sum?.split(' ')[1])).toBeCloseTo(6.3, 9);
			expect(lines.at(-2) === '# EOF').toBe(accept === OPEN_METRICS);
		}
	});
});
