import {
	formatFloat,
	formatLabels,
	labels,
	metricName,
	withoutLabels,
	type MetricMetadata
} from '#engine/model';
import { ScrapeLoop, ScrapeMemory } from '#engine/scrape';
import type { ExposedPage, Runner } from '#engine/sim';
import { Head } from '#engine/tsdb';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { createTypeScriptRunner } from '#runners/typescript';
import { request } from '../../python/running.ts';

/** When the programs are started, and when they are scraped. */
export const START = Date.UTC(2026, 0, 1);
export const SCRAPED = START + 1000;

/** What a browser says that it reads. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** What came of a program. One that stopped has an error and nothing else. */
export interface Outcome {
	readonly error?: string;
	/** As a browser gets it. */
	readonly page?: string;
	/** As Prometheus gets it, with its default settings. */
	readonly toPrometheus?: string;
	/** What is stored then, each series as a line. */
	readonly stored?: string;
	/** What is told of the samples that were not stored. */
	readonly warnings?: readonly string[];
	readonly metadata?: ReadonlyMap<string, MetricMetadata>;
	readonly head?: Head;
}

const SERVE_PYTHON = `
import prometheus_client
prometheus_client.start_http_server(8000)
`;

const WITHOUT_CREATED = `
import os
os.environ["PROMETHEUS_DISABLE_CREATED_SERIES"] = "True"
`;

/** Runs a program in CPython with prometheus_client; with its `_created` series if wanted. */
export function runPython(
	interpreter: Interpreter,
	program: string,
	withCreated = false
): Promise<Outcome> {
	const runner = createPythonRunner({ interpreter, seed: 1, workers: 1 });
	const before = withCreated ? '' : WITHOUT_CREATED;
	const answering = /def handle/.test(program) ? '' : 'def handle(request): return 200';
	return run(runner, 'app.py', `${before}${program}\n${SERVE_PYTHON}${answering}\n`);
}

/** Runs a program as the tab runs TypeScript. */
export function runTypeScript(program: string): Promise<Outcome> {
	const runner = createTypeScriptRunner({ seed: 1, workers: 1 });
	const answering = /\bhandle\b/.test(program)
		? ''
		: 'export const handle = () => ({ status: 200 });';
	return run(runner, 'app.ts', `${program}\n${answering}`);
}

/** Loads a program, lets it answer one request of 250 ms, and scrapes it. */
async function run(runner: Runner, file: string, source: string): Promise<Outcome> {
	try {
		const loaded = await runner.load({ [file]: source }, START);
		const error = loaded.problems.find(({ severity }) => severity === 'error');
		if (error) return { error: error.message };
		const { problems } = await runner.handle(
			[{ ...request(1, 0), at: START, work: 250 }],
			START + 500
		);
		if (problems[0]) return { error: problems[0].message };
		const page = textOf(await runner.scrape(BROWSER));
		return { page, ...(await scrape(runner)) };
	} finally {
		runner.dispose();
	}
}

/** What the lab's scrape loop makes of the page. */
async function scrape(runner: Runner): Promise<Outcome> {
	const head = new Head();
	let toPrometheus = '';
	const loop = new ScrapeLoop({
		target: {
			labels: labels({ job: 'shop', instance: 'a' }),
			url: 'http://a/metrics',
			async scrape(accept) {
				const page = await runner.scrape(accept);
				toPrometheus = textOf(page);
				return { ok: true, duration: 20, ...page };
			}
		},
		memory: new ScrapeMemory(head.appender()),
		timeout: 10_000
	});
	const { error, warnings } = await loop.scrapeAt(SCRAPED);
	if (error !== undefined) return { error };
	return { toPrometheus, stored: storedLines(head), warnings, metadata: loop.metadata, head };
}

/** Without the break at its end. */
function textOf({ body }: ExposedPage): string {
	return new TextDecoder().decode(body).replace(/\n$/, '');
}

function storedLines(head: Head): string {
	return head
		.select([{ name: '__name__', type: '=~', value: '.+' }], -Infinity, Infinity)
		.filter(({ labels }) => !/^(up|scrape_.*)$/.test(metricName(labels)))
		.map(({ labels, values, start }) => {
			const own = withoutLabels(labels, ['job', 'instance']);
			return `${formatLabels(own)} ${formatFloat(values[start]!)}`;
		})
		.join('\n');
}
