import { describe, expect, it } from 'vitest';
import { Lab } from '#engine/lab';
import { MINUTE } from '#engine/model';
import type { MetricsTarget, Runner } from '#engine/sim';
import { shopWorld, valuesOf } from './shop.ts';

const TEXT = 'text/plain; version=0.0.4';
const utf8 = new TextEncoder();

/** A service that listens where it says, and shows as a metric where it was asked. */
function listening(targets: readonly MetricsTarget[] | undefined): Runner {
	return {
		load: async () => ({ problems: [], output: [] }),
		handle: async (requests, until) => ({
			responses: requests.map(({ id, at }) => ({ id, status: 200, started: at, finished: until })),
			problems: [],
			output: []
		}),
		scrape: async (_, target) => ({
			status: 200,
			contentType: TEXT,
			body: utf8.encode(`asked{at="${target ? `${target.port}${target.path}` : ''}"} 1\n`),
			problems: []
		}),
		targets: () => targets,
		dispose() {}
	};
}

const metrics = (port: number) => ({ port, path: '/metrics' });

/** The lab of services that listen there, by name of the instance, scraped for a minute as that job of static targets says. */
async function scraped(
	where: (name: string) => readonly MetricsTarget[] | undefined,
	targets: readonly string[],
	more = ''
): Promise<Lab> {
	const createRunner = ({ name }: { readonly name: string }) => listening(where(name));
	const lab = new Lab({ world: shopWorld(), seed: 1, createRunner });
	const problems = await lab.configure(`
scrape_configs:
  - job_name: app
    scrape_interval: 15s
    static_configs: [{ targets: ${JSON.stringify(targets)} }]
${more}`);
	expect(problems).toEqual([]);
	await lab.deploy({ app: '' });
	await lab.advance(lab.now + MINUTE);
	return lab;
}

const errorsOf = (lab: Lab) => lab.targets().map(({ lastError }) => lastError);

describe('where an instance listens', () => {
	it('is asked at the port and path of the target, with its query', async () => {
		const lab = await scraped(
			() => [metrics(8000), metrics(9100)],
			['shop-1:9100'],
			'    metrics_path: /other\n    params: { module: [http] }\n'
		);
		expect(await valuesOf(lab, 'asked{at="9100/other?module=http"}')).toEqual([1]);
	});

	it('is its own port alone for code that has no say in it, at /metrics alone', async () => {
		const lab = await scraped(() => undefined, ['shop-1:8000', 'shop-1:9100']);
		expect(errorsOf(lab)).toEqual([
			'',
			'Get "http://shop-1:9100/metrics": dial tcp shop-1:9100: connect: connection refused'
		]);
		expect(await valuesOf(lab, 'asked{at=""}')).toEqual([1]);
		const elsewhere = await scraped(() => undefined, ['shop-1:8000'], '    metrics_path: /other\n');
		expect(errorsOf(elsewhere)).toEqual(['server returned HTTP status 404 Not Found']);
	});
});

describe('localhost', () => {
	it('is the first instance that listens at the port', async () => {
		const where = (name: string) => (name.startsWith('shop-2') ? [metrics(9100)] : []);
		const lab = await scraped(where, ['localhost:9100', '127.0.0.1:8001', '[::1]:8000']);
		expect(errorsOf(lab)).toEqual(['', '', '']);
		expect(await valuesOf(lab, 'asked{at="9100/metrics",instance="localhost:9100"}')).toEqual([1]);
		// The payment service is a program on the same machine.
		expect(await valuesOf(lab, 'payments_calls_total{instance="127.0.0.1:8001"}')).not.toEqual([]);
	});

	it('refuses a connection where nobody listens', async () => {
		const lab = await scraped(() => [metrics(8000)], ['localhost:9100']);
		expect(errorsOf(lab)).toEqual([
			'Get "http://localhost:9100/metrics": dial tcp 127.0.0.1:9100: connect: connection refused'
		]);
	});
});

it('counts as scraped for an instance, by whatever address it is asked', async () => {
	const lab = await scraped(
		(name) => (name.startsWith('shop-1') ? [metrics(8000)] : undefined),
		['localhost:8000', 'payments-1:8001']
	);
	const health = Object.fromEntries(lab.status().map((one) => [one.name, one.health]));
	expect(health).toEqual({
		'shop-1:8000': 'up',
		'shop-2:8000': 'unknown',
		'payments-1:8001': 'up'
	});
});
