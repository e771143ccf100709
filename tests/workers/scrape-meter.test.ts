import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { labels } from '#engine/model';
import type { Runner } from '#engine/sim';
import { Head } from '#engine/tsdb';
import { ScrapeMeter } from '../../src/workers/scrape-meter.ts';

/** A meter on a clock that goes on by one each time somebody looks, and a page that takes ten more. */
function meterOf() {
	let wall = 0;
	const meter = new ScrapeMeter(() => wall++);
	const runner = {
		scrape: async () => {
			wall += 10;
			const body = new Uint8Array(7);
			return { status: 200, contentType: '', body, problems: [] };
		},
		targets: () => undefined,
		dispose: () => {}
	} as unknown as Runner;
	return { meter, runner, pass: (ms: number) => (wall += ms) };
}

describe('ScrapeMeter', () => {
	it('knows nothing before the first page', () => {
		expect(meterOf().meter.costs).toEqual({ render: undefined, bytes: 0, store: undefined });
	});

	it('adds up the last pages of all instances', async () => {
		const { meter, runner } = meterOf();
		const create = meter.runners(() => runner);
		const [one, two] = ['a', 'b'].map((name) => create({ name, seed: 1 }));
		for (const instance of [one, one, two]) await instance?.scrape('');
		expect(meter.costs).toMatchObject({ render: 22, bytes: 14 });
	});

	it('times a row from its beginning to its commit, a rollback in between included', () => {
		const { meter, pass } = meterOf();
		const head = new Head();
		const appender = meter.store(head).appender();
		appender.begin(1000);
		pass(5);
		appender.add(appender.ref(labels({ __name__: 'a' })), 1);
		appender.rollback();
		appender.begin(1000);
		appender.add(appender.ref(labels({ __name__: 'b' })), 1);
		pass(3);
		appender.commit();
		expect(meter.costs.store).toBe(9);
		expect(head.count()).toEqual({ numSeries: 1, samples: 1 });
	});

	it('gzips the last pages, each as a file of its own, and again only when they have changed by a tenth', async () => {
		const meter = new ScrapeMeter(() => 0);
		let lines = 1000;
		const page = () => new TextEncoder().encode('http_requests_total{user="7"} 1\n'.repeat(lines));
		const runner = { scrape: async () => ({ status: 200, body: page() }) } as unknown as Runner;
		const instances = ['a', 'b'].map((name) => meter.runners(() => runner)({ name, seed: 1 }));
		const scrape = () => Promise.all(instances.map((instance) => instance.scrape('')));
		expect(await meter.gzipped()).toBeUndefined();

		await scrape();
		const first = await meter.gzipped();
		expect(first).toEqual({ bytes: 2 * gzipSync(page()).length, of: 2 * page().length });

		lines = 1099;
		await scrape();
		expect(await meter.gzipped()).toBe(first);

		lines = 1101;
		await scrape();
		expect((await meter.gzipped())?.of).toBe(2 * page().length);
	});
});
