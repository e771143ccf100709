import { createRequire } from 'node:module';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, query } from '#engine/promql';
import type { Head } from '#engine/tsdb';
import { type Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { load } from '../../python/running.ts';
import { runPython, runTypeScript, SCRAPED, type Outcome } from './run-client.ts';

const TIMEOUT = 60_000;
const PROTOBUF =
	'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

const peer = createRequire(import.meta.url)('prom-client') as typeof import('prom-client');

/** The values of an instant query on what was stored. */
function values({ head }: Outcome, text: string): number[] {
	const answer = query(head as Head, text, SCRAPED);
	if (!answer.ok || answer.result.type !== 'vector') throw new Error(`${text} is no vector`);
	return answer.result.samples.map(({ value }) => value);
}

const seriesOf = ({ stored }: Outcome) => stored?.split('\n').filter((line) => line !== '');

/** What the sentences of the differences say beside their programs. */
describe.skipIf(missingPython !== '')(titled('in Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);
	const python = async (program: string, withCreated = false) => {
		const outcome = await runPython(interpreter, program, withCreated);
		const own = seriesOf(outcome)?.filter((line) => !line.startsWith('python_'));
		return { ...outcome, stored: own?.join('\n') } as Outcome;
	};

	const ALL_CREATED = `
from prometheus_client import *
Counter("a", "A", ["x"]).labels("1"); Summary("b", "B"); Histogram("c", "C", buckets=[1])
Gauge("d", "D"); Info("e", "E"); Enum("f", "F", states=["on"])
`;

	it('each child of a counter, a summary and a histogram has a series that tells when it was made', async () => {
		const created = seriesOf(await python(ALL_CREATED, true))?.filter((line) =>
			line.includes('_created')
		);
		expect(created).toEqual([
			'a_created{x="1"} 1767225600',
			'b_created 1767225600',
			'c_created 1767225600'
		]);
	});

	it('a call and the environment leave it out', async () => {
		const called = `from prometheus_client import *\ndisable_created_metrics()\n${ALL_CREATED}`;
		expect((await python(called, true)).stored).not.toContain('_created');
		expect((await python(ALL_CREATED)).stored).not.toContain('_created');
	});

	it('the family of a counter is known to Prometheus without _total', async () => {
		const { metadata } = await python(
			'from prometheus_client import Counter\nCounter("orders_total", "O")'
		);
		expect([...metadata!.keys()]).toContain('orders');
		expect([...metadata!.keys()]).not.toContain('orders_total');
	});

	it('protobuf is not spoken, and exemplars are in OpenMetrics alone', async () => {
		const { metrics, runner } = await load(
			interpreter,
			`
			from prometheus_client import Counter, start_http_server
			Counter("orders_total", "O").inc(1, {"trace_id": "4bf92f"})
			start_http_server(8000)
			def handle(request): return 200`
		);
		expect((await runner.scrape(`${PROTOBUF};q=0.9`)).contentType).toMatch(/^text\/plain/);
		expect(await metrics('application/openmetrics-text')).toContain('trace_id');
		expect(await metrics('text/plain')).not.toContain('trace_id');
	});

	it('a blank in a name is no error', async () => {
		const { page } = await python('from prometheus_client import Gauge\nGauge("my jobs", "J")');
		expect(page).toContain('\nmy_jobs 0.0');
	});

	it('a value from a million up has an exponent', async () => {
		const { page } = await python(
			'from prometheus_client import Gauge\nGauge("a", "A").set(999999)\nGauge("b", "B").set(1000000)'
		);
		expect(page).toContain('a 999999.0\n');
		expect(page).toContain('b 1e+06');
	});

	it('None becomes a text', async () => {
		const { stored } = await python(
			'from prometheus_client import Gauge\nGauge("a", "A", ["x"]).labels(None).set(1)'
		);
		expect(stored).toBe('a{x="None"} 1');
	});

	it('a label that is left out stops the program', async () => {
		const { error } = await python(
			'from prometheus_client import Counter\nCounter("a", "A", ["x", "y"]).labels(x=1)'
		);
		expect(error).toBe('ValueError: Incorrect label names');
	});

	it('the default buckets are 15, and the median of 0.6 is 0.625', async () => {
		const outcome = await python(
			'from prometheus_client import Histogram\nHistogram("wait_seconds", "W").observe(0.6)'
		);
		expect(values(outcome, 'wait_seconds_bucket')).toHaveLength(15);
		expect(values(outcome, 'histogram_quantile(0.5, wait_seconds_bucket)')).toEqual([0.625]);
		expect(values(outcome, 'wait_seconds_bucket{le="1.0"}')).toEqual([1]);
		expect(values(outcome, 'wait_seconds_bucket{le="1"}')).toEqual([]);
	});

	it.each([
		['@wait.time()\nasync def handle(request):\n    return await process_request()', 0],
		[
			'async def handle(request):\n    with wait.time():\n        return await process_request()',
			0.25
		]
	])('%j measures %d', async (handler, seconds) => {
		const outcome = await python(
			`from prometheus_client import Histogram\nwait = Histogram("wait_seconds", "W")\n${handler}`
		);
		expect(values(outcome, 'wait_seconds_sum')).toEqual([seconds]);
	});

	it('track_inprogress and time can stand after with, too', async () => {
		const outcome = await python(`
from prometheus_client import Gauge, Histogram
active, wait = Gauge("active", "A"), Histogram("wait_seconds", "W")
def handle(request):
    with active.track_inprogress(), wait.time():
        return process_request()
`);
		expect(values(outcome, 'wait_seconds_sum')).toEqual([0.25]);
	});
});

describe('in TypeScript', () => {
	const imported =
		'import { Counter, Enum, Gauge, Histogram, Info, Registry, Summary, register } from "prom-client";';
	const typescript = (program: string) => runTypeScript(`${imported}\n${program}`);

	it('the family of a counter is known to Prometheus by its own name', async () => {
		const { metadata } = await typescript('new Counter({ name: "orders_total", help: "O" });');
		expect([...metadata!.keys()]).toEqual(['orders_total']);
	});

	it('setContentType makes OpenMetrics of every answer, where exemplars are written', async () => {
		const { page, toPrometheus } = await typescript(`
			register.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
			const orders = new Counter({ name: 'orders_total', help: 'O', enableExemplars: true });
			orders.inc({ exemplarLabels: { trace_id: '4bf92f' } });`);
		expect(page).toMatch(/# EOF$/);
		expect(page).toBe(toPrometheus);
		expect(page).toContain('trace_id="4bf92f"');
	});

	it('exemplars are refused in the text format', async () => {
		const { error } = await typescript(
			'new Counter({ name: "orders_total", help: "O", enableExemplars: true });'
		);
		expect(error).toMatch(/Exemplars are supported only on OpenMetrics registries/);
	});

	it('inc(0) exposes a child', async () => {
		const { stored } = await typescript(
			'new Counter({ name: "a_total", help: "A", labelNames: ["x"] }).labels("1").inc(0);'
		);
		expect(stored).toBe('a_total{x="1"} 0');
	});

	it('values in a row must be all there are', async () => {
		const { error } = await typescript(
			'new Counter({ name: "a_total", help: "A", labelNames: ["x", "y"] }).labels("1").inc();'
		);
		expect(error).toMatch(/^Error: Invalid number of arguments/);
	});

	it('a series without a label is in a sum and in no selector of it', async () => {
		const outcome = await typescript(
			'new Counter({ name: "a_total", help: "A", labelNames: ["status"] }).inc();'
		);
		expect(values(outcome, 'sum(a_total)')).toEqual([1]);
		expect(values(outcome, 'a_total{status="200"}')).toEqual([]);
		expect(values(outcome, 'a_total{status=""}')).toEqual([1]);
	});

	it('of two series of one name the second is dropped with a warning', async () => {
		const { warnings } = await typescript(`
			new Summary({ name: 'orders', help: 'O', percentiles: [] }).observe(1);
			new Gauge({ name: 'orders_count', help: 'O' }).set(7);`);
		expect(warnings).toEqual([
			'Error on ingesting samples with different value but same timestamp (num_dropped: 1)'
		]);
	});

	it('the default buckets are 12, and the median of 0.6 is 0.75', async () => {
		const outcome = await typescript(
			'new Histogram({ name: "wait_seconds", help: "W" }).observe(0.6);'
		);
		expect(values(outcome, 'wait_seconds_bucket')).toHaveLength(12);
		expect(values(outcome, 'histogram_quantile(0.5, wait_seconds_bucket)')).toEqual([0.75]);
		expect(values(outcome, 'wait_seconds_bucket{le="1.0"}')).toEqual([1]);
		expect(values(outcome, 'wait_seconds_bucket{le="1"}')).toEqual([]);
	});

	it('the default quantiles are those that are named', async () => {
		const outcome = await typescript(
			'new Summary({ name: "wait_seconds", help: "W" }).observe(1);'
		);
		const quantiles = seriesOf(outcome)?.map((line) => /quantile="(.*)"/.exec(line)?.[1]);
		expect(quantiles?.filter((quantile) => quantile !== undefined)).toEqual(
			['0.01', '0.05', '0.5', '0.9', '0.95', '0.99', '0.999'].toSorted()
		);
	});

	it('Info and Enum of this tab expose what the gauges do', async () => {
		const { stored } = await typescript(`
			new Info({ name: 'build', help: 'B' }).info({ version: '1.4.2' });
			new Enum({ name: 'worker', help: 'W', states: ['idle', 'busy'] }).state('busy');`);
		expect(stored).toBe(
			'build_info{version="1.4.2"} 1\nworker{worker="busy"} 1\nworker{worker="idle"} 0'
		);
	});

	it('time and trackInprogress of this tab take the function that is measured', async () => {
		const outcome = await typescript(`
			import { processRequest } from 'shop';
			const active = new Gauge({ name: 'active', help: 'A' });
			const wait = new Histogram({ name: 'wait_seconds', help: 'W' });
			export const handle = (request) =>
				active.trackInprogress(() => wait.time(() => processRequest(request)));`);
		expect(values(outcome, 'wait_seconds_sum')).toEqual([0.25]);
		expect(values(outcome, 'active')).toEqual([0]);
	});
});

describe('prom-client from npm', () => {
	beforeEach(() => peer.register.clear());

	it('has neither Info nor Enum, nor what measures a function', () => {
		expect(Object.keys(peer)).not.toContain('Info');
		expect(Object.keys(peer)).not.toContain('Enum');
		expect(new peer.Gauge({ name: 'a', help: 'A' })).not.toHaveProperty('trackInprogress');
		expect(new peer.Histogram({ name: 'b', help: 'B' })).not.toHaveProperty('time');
	});

	it('has one content type, which is no protobuf', () => {
		expect(peer.register.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
		expect(() => peer.register.setContentType(PROTOBUF as never)).toThrow(/is unsupported/);
	});
});

it('a name with a dot is to be quoted in a query', () => {
	expect(parse('queue.size').ok).toBe(false);
	expect(parse('{"queue.size"}').ok).toBe(true);
});
