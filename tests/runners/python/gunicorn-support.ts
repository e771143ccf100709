import { afterEach, beforeAll, expect } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython } from '../../python/interpreter.ts';
import { dedent, load, request } from '../../python/running.ts';

export const TIMEOUT = 60_000;

export const APP = `
	import os, random
	from prometheus_client import Counter, Gauge, make_wsgi_app
	hits = Counter('hits', 'h')
	early = Counter('early', 'e')
	early.inc(5)
	each = Gauge('each', 'e')
	print(__name__, random.random())
	def handle(request):
		hits.inc()
		each.set(1)
		return 200
`;

/** Counts in files, which the master adds up. */
export const SHARING = `
	import os
	os.makedirs('/tmp/metrics', exist_ok=True)
	raw_env = ['PROMETHEUS_MULTIPROC_DIR=/tmp/metrics']
`;

export const WHEN_READY = `
	def when_ready(server):
		from prometheus_client import CollectorRegistry, multiprocess, start_http_server
		registry = CollectorRegistry()
		multiprocess.MultiProcessCollector(registry)
		start_http_server(9100, registry=registry)
`;

export const requests = Array.from({ length: 10 }, (_, i) => request(i, i));

/** For a `describe`: an interpreter, and what its tests ask of programs that have a gunicorn.conf.py. They are ended after each. */
export function underGunicorn() {
	let interpreter: Interpreter;
	beforeAll(async () => {
		interpreter = await bootPython();
	}, TIMEOUT);

	const running: { dispose(): void }[] = [];
	afterEach(() => running.splice(0).forEach((runner) => runner.dispose()));

	const under = async (config: string, app = APP) => {
		const files = { 'app.py': dedent(app), 'gunicorn.conf.py': dedent(config) };
		const instance = await load(interpreter, files);
		running.push(instance.runner);
		return instance;
	};

	const problemsOf = async (config: string, app?: string) =>
		(await under(config, app)).loaded.problems;

	const printed = async (config: string, app?: string) => {
		const { loaded } = await under(config, app);
		expect(loaded.problems).toEqual([]);
		return loaded.output.map(({ text }) => text);
	};

	/** Lines of the pages that so many scrapes get once ten requests are done. */
	const pagesOf = async (
		{ loaded, live, metrics }: Awaited<ReturnType<typeof under>>,
		scrapes = 1
	) => {
		expect(loaded.problems).toEqual([]);
		await live(requests, 1000);
		const pages = [];
		for (let scrape = 0; scrape < scrapes; scrape++) {
			pages.push((await metrics()).match(/^(hits|early|each)(_total)?({.*})? .*$/gm));
		}
		return pages;
	};

	return { under, problemsOf, printed, pagesOf, running, interpreter: () => interpreter };
}
