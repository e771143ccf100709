import { describe, expect, it } from 'vitest';
import { toJson } from '#engine/api';
import type { Lab } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { shopAfter, shopFiles, shopWorld, startShop, valuesOf } from './shop.ts';

const RATE = 'sum(rate(http_requests_total[5m]))';
const P95 =
	'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))';
const ERRORS =
	'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) * 100';
const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const WINDOW = 5 * MINUTE;

describe('seed 1, 50 requests a second, 15 minutes', () => {
	const opened = shopAfter(15);

	it('the rate that Prometheus sees is within 2 % of the truth', async () => {
		const lab = await opened;
		const [measured = NaN] = await valuesOf(lab, RATE);
		const truth = lab.truth.count({ handled: true }, lab.now - WINDOW, lab.now) / (WINDOW / SECOND);
		expect(truth).toBeGreaterThan(45);
		expect(Math.abs(measured - truth) / truth).toBeLessThan(0.02);
	});

	it('the 95th percentile lies in the same bucket as the true one', async () => {
		const lab = await opened;
		const [measured = NaN] = await valuesOf(lab, P95);
		const truth = lab.truth.quantile(0.95, { handled: true }, lab.now - WINDOW, lab.now) / SECOND;
		const bucketOf = (seconds: number) => BUCKETS.findIndex((bound) => seconds <= bound);
		expect(bucketOf(truth)).toBeGreaterThan(0);
		expect(bucketOf(measured)).toBe(bucketOf(truth));
	});

	it('the error percentage is within 0.2 points of the truth', async () => {
		const lab = await opened;
		const [measured = NaN] = await valuesOf(lab, ERRORS);
		const count = (filter: object) =>
			lab.truth.count({ handled: true, ...filter }, lab.now - WINDOW, lab.now);
		const truth = (100 * count({ statusClass: '5xx' })) / count({});
		expect(truth).toBeGreaterThan(0);
		expect(Math.abs(measured - truth)).toBeLessThan(0.2);
	});

	it('every target is up and says so', async () => {
		const lab = await opened;
		expect(await valuesOf(lab, 'up')).toEqual([1, 1, 1]);
		expect(lab.status().map(({ health }) => health)).toEqual(['up', 'up', 'up']);
		// Little's law: 7.5 orders a second that take about a fifth of a second each.
		expect(Math.max(...lab.status().map(({ inFlight }) => inFlight))).toBeLessThan(30);
	});

	it('the truth behind the queries of the page is near what they give', async () => {
		const lab = await opened;
		const grid = { start: lab.now - MINUTE, step: MINUTE, count: 2 };
		for (const query of [RATE, P95, ERRORS]) {
			const [truth, ...more] = lab.truthOf(query, grid) ?? [];
			const [measured = NaN] = await valuesOf(lab, query);
			expect(more).toEqual([]);
			expect(truth?.labels).toEqual([]);
			expect(Math.abs((truth?.values[1] ?? NaN) / measured - 1)).toBeLessThan(0.15);
		}
	});
});

describe('a crash at minute 7', () => {
	const crash = {
		kind: 'crash',
		at: 7 * MINUTE,
		instance: 'shop-1:8000',
		downFor: 30 * SECOND
	} as const;
	const crashed = shopAfter(15, { world: { ...shopWorld(), faults: [crash] } });

	it('leaves no negative rate and no spike', async () => {
		const lab = await crashed;
		const answer = await lab.api.queryRange({
			query: 'rate(http_requests_total[1m])',
			start: String((lab.world.start + 2 * MINUTE) / 1000),
			end: String(lab.now / 1000),
			step: '15s'
		});
		if (answer.status === 'error') throw new Error(answer.error);
		const values = answer.data.series.flatMap((series) =>
			[...series.values].filter((_, i) => series.present[i])
		);
		expect(values.length).toBeGreaterThan(500);
		expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
		// All traffic goes to one instance while the other is down: no series can exceed what the crowd sends.
		expect(Math.max(...values)).toBeLessThan(50);
	});

	it('is seen as a target that is down, and as a reset of its counters', async () => {
		const lab = await crashed;
		const at = lab.world.start + 7 * MINUTE + 20 * SECOND;
		expect(await valuesOf(lab, 'up{instance="shop-1:8000"}', at)).toEqual([0]);
		const resets = 'sum(resets(http_requests_total{instance="shop-1:8000"}[15m])) > 0';
		expect(await valuesOf(lab, resets)).toHaveLength(1);
		const others = 'sum(resets(http_requests_total{instance="shop-2:8000"}[15m]))';
		expect(await valuesOf(lab, others)).toEqual([0]);
	});

	it('loses the requests that were being worked on, and the truth knows it', async () => {
		const lab = await crashed;
		const at = lab.world.start + 7 * MINUTE;
		expect(lab.truth.count({ handled: false }, at - 1, at)).toBeGreaterThan(0);
		expect(lab.truth.upIntervals('shop-1:8000')).toHaveLength(2);
	});
});

describe('one seed, one history', () => {
	const remember = async (seed: number, steps: readonly number[]) => {
		const lab = await startShop({ seed });
		for (const step of steps) await lab.advance(lab.now + step);
		const all = await lab.api.query({
			query: '{__name__=~".+"}[1h]',
			time: String(lab.now / 1000)
		});
		const rates = await lab.api.queryRange({
			query: 'rate(http_requests_total[1m])',
			start: String(lab.world.start / 1000),
			end: String(lab.now / 1000),
			step: '5s'
		});
		const pages = lab.instances.map(({ name }) => new TextDecoder().decode(lab.metricsPage(name)));
		return { pages, samples: toJson('query', all), rates: toJson('query_range', rates) };
	};
	const whole = [3 * MINUTE];

	it('two runs give the same bytes on /metrics, in the store and in answers', async () => {
		const [a, b] = [await remember(1, whole), await remember(1, whole)];
		expect(a.pages[0]?.length).toBeGreaterThan(1000);
		expect(a.samples.length).toBeGreaterThan(10_000);
		expect(b).toEqual(a);
	});

	it('it does not matter in how many pieces time is lived', async () => {
		const pieces = [1, 999, 13_337.5, 45_662.5, 60_000, 60_000];
		expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(3 * MINUTE);
		expect(await remember(1, pieces)).toEqual(await remember(1, whole));
	});

	it('another seed gives another history', async () => {
		const [a, b] = [await remember(1, whole), await remember(2, whole)];
		expect(b.pages).not.toEqual(a.pages);
		expect(b.samples).not.toEqual(a.samples);
		expect(b.rates).not.toEqual(a.rates);
	});
});

describe('what happens while a stretch of time is lived through', () => {
	it.each([
		['the rate', (lab: Lab) => lab.setRate(1)],
		['a fault', (lab: Lab) => lab.addFault({ kind: 'lost-scrape', at: lab.now, for: 20 * SECOND })],
		['new code', (lab: Lab) => lab.deploy(shopFiles)]
	])('%s does not wait until it is over', async (_, change) => {
		const lab = await startShop();
		const end = lab.now + 10 * MINUTE;
		const living = lab.advance(end);
		await change(lab);
		expect(lab.now).toBeLessThan(lab.world.start + 15 * SECOND);
		await living;
		expect(lab.now).toBe(end);
	});

	it('two that live through it at once end where the later one wants to', async () => {
		const lab = await startShop();
		await Promise.all([lab.advance(lab.now + 30 * SECOND), lab.advance(lab.now + MINUTE)]);
		expect(lab.now).toBe(lab.world.start + MINUTE);
	});

	it('refuses a rate that is none', async () => {
		const lab = await startShop();
		await expect(lab.setRate(Infinity)).rejects.toThrow('rate must be a number');
		await expect(lab.setRate(-1)).rejects.toThrow('-1');
	});
});

describe('retention', () => {
	const retention = 20 * MINUTE;
	const grown = async (step: number) => {
		const shop = shopWorld();
		const quiet = { ...shop.traffic, rate: { kind: 'constant', rate: 2 } } as const;
		const world = { ...shop, traffic: quiet };
		const lab = await startShop({ world, retention });
		const end = world.start + 95 * MINUTE;
		while (lab.now < end) await lab.advance(Math.min(end, lab.now + step));
		return lab;
	};
	const whole = grown(95 * MINUTE);

	it('keeps what is younger and forgets most of what is older', async () => {
		const lab = await whole;
		const { minTime } = lab.head.stats(0);
		expect(minTime).toBeGreaterThan(lab.world.start + 30 * MINUTE);
		expect(minTime).toBeLessThanOrEqual(lab.now - retention);
		expect(lab.truth.count({}, lab.now - retention, lab.now)).toBeGreaterThan(2000);
		expect(lab.truth.count({}, lab.now - retention - 11 * MINUTE, lab.now)).toBeNaN();
	});

	it('leaves totals as they were', async () => {
		const lab = await whole;
		const [counted] = await valuesOf(lab, 'sum(http_requests_total)');
		const grid = { start: lab.now, step: MINUTE, count: 1 };
		const [truth] = lab.truthOf('sum(http_requests_total)', grid) ?? [];
		const total = truth?.values[0] ?? NaN;
		expect(total).toBe(lab.truth.count({ handled: true }, -Infinity, lab.now));
		expect(total).toBeGreaterThan(10_000);
		expect(Math.abs((counted ?? NaN) - total)).toBeLessThan(2 * 15 * 2);
	});

	it('does not depend on how time is lived', async () => {
		const [a, b] = [await whole, await grown(3.7 * MINUTE)];
		expect(b.head.stats(0).minTime).toBe(a.head.stats(0).minTime);
		const ask = (lab: Lab) =>
			lab.api.query({ query: '{__name__=~".+"}[95m]', time: String(lab.now / 1000) });
		expect(toJson('query', await ask(b))).toBe(toJson('query', await ask(a)));
	});
});

describe('faults and knobs', () => {
	it('a burst of errors shows in the error percentage', async () => {
		const lab = await shopAfter(6);
		const fault = { kind: 'error-burst', at: lab.now, for: 5 * MINUTE, share: 0.5 } as const;
		await lab.addFault(fault);
		await lab.advance(lab.now + 5 * MINUTE);
		const [percent = 0] = await valuesOf(lab, ERRORS.replaceAll('5m', '4m'));
		expect(percent).toBeGreaterThan(45);
		expect(percent).toBeLessThan(55);
	});

	it('a slow dependency shows in the orders and in its own histogram', async () => {
		const lab = await shopAfter(5);
		const own =
			'sum(rate(payments_call_duration_seconds_sum[4m])) / sum(rate(payments_call_duration_seconds_count[4m]))';
		const [before = NaN] = await valuesOf(lab, own);
		await lab.addFault({
			kind: 'slow-dependency',
			at: lab.now,
			for: 10 * MINUTE,
			dependency: 'payments',
			factor: 4
		});
		await lab.advance(lab.now + 5 * MINUTE);
		const [after = NaN] = await valuesOf(lab, own);
		expect(after / before).toBeGreaterThan(3.5);
		expect(after / before).toBeLessThan(4.5);
	});

	it('a lost scrape is a target that is down for that scrape, and no more', async () => {
		const lab = await shopAfter(5);
		const at = lab.now;
		await lab.addFault({ kind: 'lost-scrape', at, for: 20 * SECOND, instance: 'shop-2:8000' });
		await lab.advance(lab.now + MINUTE);
		const downs = await valuesOf(lab, 'count_over_time((up == 0)[1m:1s])');
		expect(downs).toHaveLength(1);
		expect(lab.truth.isUp('shop-2:8000', at + 10 * SECOND)).toBe(true);
		expect(await valuesOf(lab, 'sum(up)')).toEqual([3]);
	});

	it('a service that can call nobody fails what needs a call, and is scraped as before', async () => {
		const lab = await shopAfter(5);
		const at = lab.now;
		await lab.addFault({ kind: 'outbound-cut', at, for: 2 * MINUTE });
		await lab.advance(at + 2 * MINUTE);
		const orders = { endpoint: ['/api/orders'] };
		const early = at + SECOND;
		expect(lab.truth.count({ ...orders, status: [201] }, early, lab.now)).toBe(0);
		expect(lab.truth.count({ ...orders, status: [500] }, early, lab.now)).toBeGreaterThan(500);
		expect(await valuesOf(lab, 'min(min_over_time(up[2m]))')).toEqual([1]);
		expect(await valuesOf(lab, 'sum(increase(payments_calls_total[1m]))')).toEqual([0]);
	});

	it('traffic follows the knob', async () => {
		const lab = await shopAfter(1);
		await lab.setRate(200);
		await lab.advance(lab.now + 5 * MINUTE);
		const [rate = NaN] = await valuesOf(lab, RATE.replace('5m', '4m'));
		expect(rate).toBeGreaterThan(190);
		expect(rate).toBeLessThan(210);
	});

	it('a step is exactly one scrape', async () => {
		const lab = await startShop();
		const next = lab.nextScrape();
		await lab.step();
		// The scrape is over when its answer is there, some milliseconds later.
		expect(lab.now).toBeGreaterThan(next);
		expect(lab.now - next).toBeLessThan(20);
		expect(await valuesOf(lab, 'count(up)')).toEqual([1]);
	});

	it('new code that does not load leaves the old one running', async () => {
		const lab = await shopAfter(2);
		const { problems } = await lab.deploy({ 'app.ts': 'throw new Error("no");' });
		expect(problems.map(({ message }) => message)).toEqual(['Error: no']);
		await lab.advance(lab.now + MINUTE);
		expect(await valuesOf(lab, 'sum(up)')).toEqual([3]);
		expect(await valuesOf(lab, 'sum(resets(http_requests_total[3m]))')).toEqual([0]);
	});

	it('new code starts with empty registries, and rate() does not mind', async () => {
		const lab = await shopAfter(5);
		await lab.deploy(shopFiles);
		await lab.advance(lab.now + 2 * MINUTE);
		const [resets = 0] = await valuesOf(lab, 'sum(resets(http_requests_total[5m]))');
		expect(resets).toBeGreaterThan(0);
		const [rate = NaN] = await valuesOf(lab, RATE);
		expect(rate).toBeGreaterThan(45);
		expect(rate).toBeLessThan(55);
	});
});
