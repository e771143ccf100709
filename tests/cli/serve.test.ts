import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServing, type Serving } from '../../src/cli/serve.ts';
import { lint, testWithPromtool } from '../promtool.ts';
import { samplesFile, temporaryFolder } from './serve-support.ts';

const folder = temporaryFolder();
let lab: Serving;
beforeAll(async () => {
	lab = await startServing(['--openmetrics', samplesFile(folder.path), '--port', '0']);
});
afterAll(async () => {
	await lab.close();
	folder.remove();
});

const ask = (path: string, init?: RequestInit) => fetch(lab.url + path, init);
const body = async (path: string, init?: RequestInit) => (await ask(path, init)).text();
const data = (json: string) => `{"status":"success","data":${json}}`;
const badData = (error: string) => `{"status":"error","errorType":"bad_data","error":"${error}"}`;

describe('the API over HTTP', () => {
	it.each([
		[
			'/query?query=x_total{a="1"}',
			'{"resultType":"vector","result":[{"metric":{"__name__":"x_total","a":"1"},"value":[1767603645,"13"]}]}'
		],
		['/query?query=1%2B1&time=5', '{"resultType":"scalar","result":[5,"2"]}'],
		[
			'/query_range?query=sum(x_total)&start=1767603630&end=1767603645&step=15s',
			'{"resultType":"matrix","result":[{"metric":{},"values":[[1767603630,"9"],[1767603645,"16"]]}]}'
		],
		['/labels', '["__name__","a","instance","job","zone"]'],
		['/labels?match[]=g', '["__name__","instance","job"]'],
		['/label/a/values', '["1","2"]'],
		['/label/U__a/values', '["1","2"]'],
		['/label/__name__/values?match[]=g&match[]=x_total', '["g","x_total"]'],
		['/series?match[]=g', '[{"__name__":"g","instance":"a:80","job":"shop"}]'],
		['/targets', '{"activeTargets":[],"droppedTargets":[],"droppedTargetCounts":{}}'],
		[
			'/targets?state=active',
			'{"activeTargets":[],"droppedTargets":[],"droppedTargetCounts":null}'
		],
		['/metadata?limit=1', '{"g":[{"type":"gauge","unit":"","help":""}]}'],
		[
			'/metadata?metric=x&limit_per_metric=1',
			'{"x":[{"type":"counter","unit":"","help":"Xs, \\u003cb\\u003eall\\u003c/b\\u003e."}]}'
		],
		['/format_query?query=a%2Bb', '"a + b"'],
		['/parse_query?query=1', '{"type":"numberLiteral","val":"1"}'],
		['/query_exemplars?query=x', '[]'],
		['/rules', '{"groups":[]}'],
		[
			'/status/flags',
			'{"enable-feature":"","query.lookback-delta":"5m","query.max-samples":"50000000","query.timeout":"2m","web.enable-admin-api":"false","web.enable-lifecycle":"false","web.enable-otlp-receiver":"false","web.enable-remote-write-receiver":"false","web.listen-address":"127.0.0.1:0"}'
		]
	])('%s', async (path, expected) => {
		const response = await ask(`/api/v1${path}`);
		expect(await response.text()).toBe(data(expected));
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toBe('application/json');
	});

	it.each([
		[
			'/query?query=sum(',
			400,
			badData('invalid parameter \\"query\\": 1:5: parse error: unclosed left parenthesis')
		],
		[
			'/query?query=1&time=x',
			400,
			badData(
				`invalid parameter \\"time\\": invalid time value for 'time': cannot parse \\"x\\" to a valid timestamp`
			)
		],
		[
			'/query_range?query=1',
			400,
			badData('invalid parameter \\"start\\": cannot parse \\"\\" to a valid timestamp')
		],
		['/series', 400, badData('no match[] parameter provided')],
		[
			'/series?match[]=%zz',
			400,
			badData('error parsing form values: invalid URL escape \\"%zz\\"')
		],
		['/series?a;b', 400, badData('error parsing form values: invalid semicolon separator in query')]
	])('%s is refused with %d', async (path, status, expected) => {
		const response = await ask(`/api/v1${path}`);
		expect([response.status, await response.text()]).toEqual([status, expected]);
	});

	it('keeps to limits, with a warning', async () => {
		const warned = '"warnings":["results truncated due to limit"]}';
		expect(await body('/api/v1/labels?limit=1')).toBe(
			`{"status":"success","data":["__name__"],${warned}`
		);
		expect(await body('/api/v1/query?query=x_total&limit=1')).toContain(warned);
		expect(await body('/api/v1/query?query=x_total&limit=2')).not.toContain('warnings');
	});

	it('ends a query that takes longer than it may', async () => {
		const response = await ask('/api/v1/query?query=x_total&timeout=0');
		expect(response.status).toBe(503);
		expect(await response.json()).toMatchObject({ errorType: 'timeout' });
	});

	it('looks as far back as it is told', async () => {
		const found = async (more: string) =>
			body(`/api/v1/query?query=count(x_total)&time=1767603705${more}`);
		expect(await found('')).toContain('"2"');
		expect(await found('&lookback_delta=30s')).toContain('"result":[]');
	});

	it('tells what Prometheus is configured with that is told nothing', async () => {
		expect(await body('/api/v1/status/config')).toContain(
			'"yaml":"global:\\n  scrape_interval: 1m\\n'
		);
	});

	it('tells the cardinality of the head', async () => {
		expect(await body('/api/v1/status/tsdb?limit=1')).toMatch(
			/"headStats":\{"numSeries":3,.*"minTime":1767603600000,"maxTime":1767603645000\}.*\[\{"name":"x_total","value":2\}\]/
		);
	});

	it.each(['buildinfo', 'runtimeinfo', 'walreplay', 'tsdb/blocks'])(
		'has a status page for %s',
		async (name) => {
			expect(await (await ask(`/api/v1/status/${name}`)).json()).toMatchObject({
				status: 'success'
			});
		}
	);

	it('answers 422 to what fails in the evaluation', async () => {
		const response = await ask('/api/v1/query?query=x_total*on()x_total');
		expect(response.status).toBe(422);
		expect(await response.json()).toMatchObject({ status: 'error', errorType: 'execution' });
	});

	it('takes a form, whose values stand before those of the address', async () => {
		const form = new URLSearchParams({ query: '2', time: '7' });
		expect(await body('/api/v1/query?query=1', { method: 'POST', body: form })).toBe(
			data('{"resultType":"scalar","result":[7,"2"]}')
		);
	});

	describe('takes a multipart form', () => {
		function multipart(values: Readonly<Record<string, string>>): RequestInit {
			const form = new FormData();
			for (const [name, value] of Object.entries(values)) form.set(name, value);
			return { method: 'POST', body: form };
		}

		it('whose values stand behind those of the address', async () => {
			const asked = multipart({ query: '2', time: '7' });
			expect(await body('/api/v1/query', asked)).toBe(
				data('{"resultType":"scalar","result":[7,"2"]}')
			);
			expect(await body('/api/v1/query?query=1', asked)).toBe(
				data('{"resultType":"scalar","result":[7,"1"]}')
			);
			expect(await body('/api/v1/labels', multipart({ 'match[]': 'g' }))).toBe(
				data('["__name__","instance","job"]')
			);
		});

		it('but not for series, which Prometheus reads otherwise', async () => {
			expect(await body('/api/v1/series', multipart({ 'match[]': 'g' }))).toBe(
				badData('no match[] parameter provided')
			);
		});

		it.each(['multipart/form-data', 'multipart/form-data; boundary=x'])(
			'and passes over one that cannot be read: %s',
			async (type) => {
				const asked = { method: 'POST', body: 'x', headers: { 'Content-Type': type } };
				expect(await body('/api/v1/query?query=1&time=7', asked)).toBe(
					data('{"resultType":"scalar","result":[7,"1"]}')
				);
			}
		);
	});

	it('reads no form in a body that is said to be something else', async () => {
		const asked = { method: 'POST', body: 'query=2', headers: { 'Content-Type': 'text/plain' } };
		expect(await body('/api/v1/query?query=1&time=7', asked)).toBe(
			data('{"resultType":"scalar","result":[7,"1"]}')
		);
	});
});

describe('what is around the API', () => {
	it.each([
		['/-/healthy', 'GET', 200, 'Prometheus Server is Healthy.\n'],
		['/-/ready', 'GET', 200, 'Prometheus Server is Ready.\n'],
		['/-/ready', 'HEAD', 200, ''],
		['/nothing', 'GET', 404, '404 page not found\n'],
		['/api/v1/nothing', 'GET', 404, '404 page not found\n'],
		['/api/v1/label//a/values', 'GET', 404, '404 page not found\n'],
		['/api/v1/query', 'PUT', 405, 'Method Not Allowed\n'],
		['/-/healthy', 'POST', 405, 'Method Not Allowed\n'],
		['/api/v1/anything', 'OPTIONS', 204, ''],
		['/-/reload', 'POST', 403, 'Lifecycle API is not enabled.'],
		['/-/quit', 'PUT', 403, 'Lifecycle API is not enabled.'],
		['/-/quit', 'GET', 405, 'Only POST or PUT requests allowed'],
		[
			'/version',
			'GET',
			200,
			'{"version":"3.14.0","revision":"promenade","branch":"","buildUser":"","buildDate":"","goVersion":""}\n'
		],
		[
			'/api/v1/write',
			'POST',
			404,
			'remote write receiver needs to be enabled with --web.enable-remote-write-receiver\n'
		],
		[
			'/api/v1/otlp/v1/metrics',
			'POST',
			404,
			'otlp write receiver needs to be enabled with --web.enable-otlp-receiver\n'
		],
		['/api/v1/write', 'GET', 405, 'Method Not Allowed\n'],
		[
			'/api/v1/admin/tsdb/snapshot',
			'PUT',
			500,
			'{"status":"error","errorType":"unavailable","error":"admin APIs disabled"}'
		],
		[
			'/api/v1/search/label_names',
			'GET',
			500,
			'{"status":"error","errorType":"unavailable","error":"search API disabled"}'
		]
	])('%s by %s is answered with %d', async (path, method, status, text) => {
		const response = await ask(path, { method });
		expect([response.status, await response.text()]).toEqual([status, text]);
	});

	it('says which methods there are', async () => {
		const allowed = async (path: string) =>
			(await ask(path, { method: 'DELETE' })).headers.get('allow');
		expect(await allowed('/api/v1/query')).toBe('GET, OPTIONS, POST');
		expect(await allowed('/api/v1/targets')).toBe('GET, OPTIONS');
		expect(await allowed('/-/ready')).toBe('GET, HEAD, OPTIONS');
	});

	it('lets pages of any origin ask, when one says its origin', async () => {
		const headers = (await ask('/api/v1/labels', { headers: { Origin: 'http://a' } })).headers;
		expect(headers.get('access-control-allow-origin')).toBe('*');
		expect(headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS');
		expect(headers.get('vary')).toBe('Accept-Encoding, Origin');
		expect((await ask('/api/v1/labels')).headers.get('access-control-allow-origin')).toBeNull();
	});

	it.each([
		['gzip', 'gzip'],
		['br, deflate', 'deflate'],
		['identity', null],
		['gzip;q=0.5', null]
	])('compresses as %s asks: %s', async (accept, encoding) => {
		const response = await ask('/api/v1/labels', { headers: { 'Accept-Encoding': accept } });
		expect(response.headers.get('content-encoding')).toBe(encoding);
		expect(await response.json()).toMatchObject({ status: 'success' });
	});

	it('is found under its whole address, as proxies ask', async () => {
		const answered = await raw('GET http://host:1/api/v1/query?query=1&time=7 HTTP/1.1');
		expect(answered).toMatch(/^HTTP\/1\.1 200 [^]*"result":\[7,"1"\]/);
		expect(await raw('GET http://host HTTP/1.1')).toMatch(/^HTTP\/1\.1 200 /);
	});

	it('says nothing about an upload that breaks off', async () => {
		const told = vi.spyOn(console, 'error').mockImplementation(() => {});
		const head = 'POST /api/v1/query HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nquery=';
		const { hostname, port } = new URL(lab.url);
		const socket = connect(Number(port), hostname);
		await once(socket, 'connect');
		socket.write(head);
		expect((await ask('/-/healthy')).status).toBe(200);
		socket.resetAndDestroy();
		await once(socket, 'close');
		for (let i = 0; i < 5; i++) expect((await ask('/-/healthy')).status).toBe(200);
		expect(told).not.toHaveBeenCalled();
		told.mockRestore();
	});

	/** What is answered to a request of that first line. */
	async function raw(line: string): Promise<string> {
		const { hostname, port } = new URL(lab.url);
		const socket = connect(Number(port), hostname);
		socket.end(`${line}\r\nHost: a\r\nConnection: close\r\n\r\n`);
		return text(socket);
	}

	it('refuses an address and a body that are too long', async () => {
		const long = await ask(`/api/v1/query?query=${'1'.repeat(70_000)}`);
		expect([long.status, await long.text()]).toEqual([
			414,
			'the address has more than 65536 bytes: send a long query as a form, with POST\n'
		]);
		expect(await statusOfLargeBody()).toBe(413);
		expect((await ask('/-/healthy')).status).toBe(200);
	});

	/** Sent piece by piece, because the answer comes before the end. */
	function statusOfLargeBody(): Promise<number | undefined> {
		return new Promise((resolve, reject) => {
			const asked = request(`${lab.url}/api/v1/query`, { method: 'POST' }, (response) => {
				response.resume();
				resolve(response.statusCode);
			});
			asked.on('error', reject);
			asked.write(Buffer.alloc(11 * 2 ** 20, 'a'));
		});
	}
});

describe('federation', () => {
	it('gives the newest samples of what is asked for, by metric', async () => {
		const response = await ask('/federate?match[]=x_total&match[]=g&match[]={a="1"}');
		expect(response.headers.get('content-type')).toBe(
			'text/plain; version=0.0.4; charset=utf-8; escaping=underscores'
		);
		expect(await response.text()).toBe(
			'# TYPE g untyped\ng{instance="a:80",job="shop"} 2.5 1767603645000\n' +
				'# TYPE x_total untyped\nx_total{a="1",instance=""} 13 1767603645000\n' +
				'x_total{a="2",zone="north \\"1\\"",instance=""} 3 1767603645000\n'
		);
	});

	it('gives nothing where nothing is asked for', async () => {
		expect(await body('/federate')).toBe('');
	});

	it.each([
		['/federate?match[]=[', '1:1: parse error: unexpected "["\n'],
		['/federate?a;b', 'error parsing form values: invalid semicolon separator in query\n']
	])('refuses %s', async (path, text) => {
		const response = await ask(path);
		expect([response.status, await response.text()]).toEqual([400, text]);
	});
});

describe('/metrics', () => {
	it('counts what was answered', async () => {
		const answered = async () => {
			const page = await body('/metrics');
			const line = /prometheus_http_requests_total\{handler="\/api\/v1\/series",code="400"\} (\d+)/;
			return Number(line.exec(page)?.[1] ?? 0);
		};
		const before = await answered();
		await ask('/api/v1/series');
		expect(await answered()).toBe(before + 1);
	});

	it('times and measures what was answered, and tells of the head', async () => {
		await ask('/-/healthy');
		const page = await body('/metrics');
		expect(page).toMatch(
			/^prometheus_http_request_duration_seconds_bucket\{le="120",handler="\/-\/healthy"\} [1-9]/m
		);
		expect(page).toMatch(
			/^prometheus_http_response_size_bytes_bucket\{le="100",handler="\/-\/healthy"\} [1-9]/m
		);
		expect(page).toMatch(/^prometheus_tsdb_head_series 3$/m);
		expect(page).toMatch(/^prometheus_tsdb_head_max_time_seconds 1767603645$/m);
		expect(page).toMatch(/^lab_time_seconds 1767603645$/m);
		expect(page).toMatch(/^process_start_time_seconds \d+$/m);
	});

	testWithPromtool('is a page that promtool has nothing against', async () => {
		expect(lint(await body('/metrics'))).toEqual([]);
	});
});

describe('promtool', () => {
	const run = promisify(execFile);
	const promtool = async (...args: string[]) => (await run('promtool', ['query', ...args])).stdout;

	testWithPromtool('asks instant queries', async () => {
		expect(await promtool('instant', '--time', '1767603645', lab.url, 'sum(x_total)')).toBe(
			'{} => 16 @[1767603645]\n'
		);
	});

	testWithPromtool('asks range queries', async () => {
		const range = ['--start', '1767603615', '--end', '1767603630', '--step', '15s'];
		expect(await promtool('range', ...range, lab.url, 'x_total')).toBe(
			'x_total{a="1"} =>\n5 @[1767603615]\n9 @[1767603630]\n'
		);
	});

	testWithPromtool('lists series and label values', async () => {
		const all = ['--start', '1767603600', '--end', '1767603645'];
		expect(await promtool('series', ...all, '--match', 'g', lab.url)).toBe(
			'{__name__="g", instance="a:80", job="shop"}\n'
		);
		expect(await promtool('labels', ...all, lab.url, 'a')).toBe('1\n2\n');
	});
});
