import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from '#runners/python';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { dedent, load, request, START } from '../../python/running.ts';

const TIMEOUT = 60_000;

const PROGRAM = `
	from prometheus_client import Counter, Gauge, Histogram, make_wsgi_app
	import os
	hits = Counter('hits', 'h', ['path'])
	busy = Gauge('busy', 'b', multiprocess_mode='livesum')
	each = Gauge('each', 'e')
	took = Histogram('took', 't', buckets=[.1, 1])
	def handle(request):
		each.set(os.getpid())
		with busy.track_inprogress(), took.time():
			process_request()
		hits.labels(request.path).inc()
		return 200
`;

/** How the documentation of prometheus_client exposes the metrics of several processes. */
const EXPOSE_ALL = `
	from prometheus_client import CollectorRegistry, multiprocess
	registry = CollectorRegistry()
	multiprocess.MultiProcessCollector(registry)
	metrics_app = make_wsgi_app(registry)
`;

const workers = (count: number) => `workers = ${count}\n`;

/** As many workers, which share a folder. */
const sharing = (count: number) => `
	import os
	os.makedirs('/tmp/metrics', exist_ok=True)
	raw_env = ['PROMETHEUS_MULTIPROC_DIR=/tmp/metrics']
	${workers(count)}`;

describe.skipIf(missingPython !== '')(
	titled('Python in four processes'),
	{ timeout: TIMEOUT },
	() => {
		let interpreter: Interpreter;
		beforeAll(async () => {
			interpreter = await bootPython();
		}, TIMEOUT);

		const loadUnder = (config: string, app: string) =>
			load(interpreter, { 'app.py': dedent(app), 'gunicorn.conf.py': dedent(config) });

		const requests = Array.from({ length: 10 }, (_, i) => request(i, i * 10, { path: '/a' }));

		it('shows at each scrape the numbers of another one: the trap', async () => {
			const { loaded, live, sample } = await loadUnder(
				workers(4),
				`${PROGRAM}\n\tmetrics_app = make_wsgi_app()`
			);
			expect(loaded.problems).toEqual([]);
			await live(requests, 5000);
			const seen = [];
			for (let scrape = 0; scrape < 8; scrape++) seen.push(await sample('hits_total{path="/a"}'));
			expect(seen).toEqual([3, 3, 2, 2, 3, 3, 2, 2]);
		});

		it('adds up over all of them from the files that they share', async () => {
			const { loaded, live, sample, metrics } = await loadUnder(sharing(4), PROGRAM + EXPOSE_ALL);
			expect(loaded.problems).toEqual([]);
			await live(requests, 145);
			for (let scrape = 0; scrape < 4; scrape++) {
				// Four workers: the ninth and tenth request wait until the first four are done.
				expect(await sample('busy')).toBe(4);
				expect(await sample('hits_total{path="/a"}')).toBe(4);
			}
			await live([], 5000);
			expect(await sample('busy')).toBe(0);
			expect(await sample('hits_total{path="/a"}')).toBe(10);
			expect(await sample('took_count')).toBe(10);
			expect(await sample('took_bucket{le="1.0"}')).toBe(10);
			expect(await sample('took_sum')).toBeCloseTo(1, 9);
			expect((await metrics()).match(/each\{pid="\d+"\} \d+\.0/g)).toEqual([
				'each{pid="7"} 7.0',
				'each{pid="8"} 8.0',
				'each{pid="9"} 9.0',
				'each{pid="10"} 10.0'
			]);
		});

		it('shows nothing of a child before its moment', async () => {
			const { live, metrics } = await loadUnder(sharing(2), PROGRAM + EXPOSE_ALL);
			await live([request(1, 0, { path: '/late' })], 50);
			expect(await metrics()).not.toContain('/late');
			await live([], 100);
			expect(await metrics()).toContain('hits_total{path="/late"} 1.0');
		});

		it('may be told of the directory by the program, before the library is imported', async () => {
			const { loaded, live, sample } = await loadUnder(
				workers(3),
				`
	import os
	os.makedirs('/tmp/mine', exist_ok=True)
	os.environ['PROMETHEUS_MULTIPROC_DIR'] = '/tmp/mine'
${PROGRAM + EXPOSE_ALL}`
			);
			expect(loaded.problems).toEqual([]);
			await live(requests, 5000);
			expect(await sample('hits_total{path="/a"}')).toBe(10);
		});

		it('starts from empty files each time', async () => {
			const again = async () => {
				const { live, sample } = await loadUnder(sharing(2), PROGRAM + EXPOSE_ALL);
				await live(requests, 5000);
				return sample('hits_total{path="/a"}');
			};
			expect([await again(), await again()]).toEqual([10, 10]);
		});

		it('leaves no files behind', async () => {
			const program =
				'import os\nprint(len(os.listdir("/aside")))\ndef handle(request): return 200';
			const printed = async () => {
				const { runner, loaded } = await loadUnder(sharing(2), program);
				runner.dispose();
				return loaded.output.map(({ text }) => text);
			};
			expect(await printed()).toEqual(await printed());
		});

		it('keeps many series in files that grow', async () => {
			const { live, sample } = await loadUnder(sharing(2), PROGRAM + EXPOSE_ALL);
			const many = Array.from({ length: 1200 }, (_, i) =>
				request(i, i, { path: `/${'long'.repeat(10)}/${i}`, work: 1 })
			);
			await live(many, 5000);
			expect(await sample(`hits_total{path="/${'long'.repeat(10)}/1199"}`)).toBe(1);
		});

		it('has a mistake in common', async () => {
			const { loaded } = await loadUnder(workers(3), '1 / 0');
			expect(loaded.problems).toHaveLength(1);
			const { runner } = await loadUnder(workers(3), PROGRAM);
			expect((await runner.handle([], START + 5)).problems).toEqual([]);
		});
	}
);
