import { HOUR, MINUTE, SECOND } from '#engine/model';
import { createRandom, createTraffic, type RateProfile, type RouteSpec } from '#engine/sim';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const ORDERS: RouteSpec = {
	method: 'GET',
	path: '/api/orders/{id}',
	weight: 3,
	latency: { kind: 'lognormal', median: 80, sigma: 0.5 },
	notFound: 0.1,
	errors: 0.05,
	dependency: 'payments'
};
const HOME: RouteSpec = {
	method: 'GET',
	path: '/',
	weight: 1,
	latency: { kind: 'constant', value: 5 }
};

function trafficOf(rate: RateProfile, seed = 1, start = 0) {
	return createTraffic({ rate, routes: [ORDERS, HOME] }, createRandom(seed), start);
}

/** Arrivals per second in each minute of the profile, against the expected rates, within 5 sigma. */
function check(rate: RateProfile, expected: readonly number[]): void {
	const traffic = trafficOf(rate);
	expected.forEach((perSecond, minute) => {
		const got = traffic.arrivals(minute * MINUTE, (minute + 1) * MINUTE).length;
		const mean = perSecond * 60;
		expect(Math.abs(got - mean), `minute ${minute}: ${got}`).toBeLessThanOrEqual(
			5 * Math.sqrt(mean)
		);
	});
}

test('a constant rate brings that many', () => {
	check({ kind: 'constant', rate: 50 }, [50, 50, 50]);
	check({ kind: 'constant', rate: 0 }, [0]);
});

test('steps change at their moments, and nothing comes before the first', () => {
	const steps = [
		[MINUTE, 10],
		[2 * MINUTE, 200],
		[3 * MINUTE, 0]
	] as const;
	check({ kind: 'steps', steps }, [0, 10, 200, 0, 0]);
});

test('a ramp climbs straight and stays', () => {
	const ramp = { kind: 'ramp', start: MINUTE, end: 3 * MINUTE, from: 10, to: 110 } as const;
	check(ramp, [10, 35, 85, 110]);
});

test('a daily wave peaks when it says', () => {
	const period = 4 * MINUTE;
	const wave = { kind: 'daily', mean: 100, swing: 0.8, peakAt: 30 * SECOND, period } as const;
	// Mean of the cosine over a quarter turn around its peak is 2 sqrt(2) / pi.
	const swing = (80 * 2 * Math.SQRT2) / Math.PI;
	check(wave, [100 + swing, 100, 100 - swing, 100, 100 + swing]);
});

test('how time is sliced makes no difference to what arrives', () => {
	const profiles: RateProfile[] = [
		{ kind: 'constant', rate: 20 },
		{ kind: 'ramp', start: 2000, end: 7000, from: 0, to: 50 },
		{ kind: 'daily', mean: 20, swing: 1, peakAt: 0, period: 6000 },
		{
			kind: 'steps',
			steps: [
				[0, 5],
				[3000, 100],
				[3500, 0],
				[8000, 10]
			]
		}
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...profiles),
			fc.constantFrom(0, 1_767_603_600_000),
			fc.array(fc.double({ min: 0, max: 10_000, noNaN: true })),
			(profile, start, cuts) => {
				const whole = trafficOf(profile, 1, start).arrivals(start, start + 10_000);
				const sliced = trafficOf(profile, 1, start);
				const edges = [0, ...cuts.sort((a, b) => a - b), 10_000].map((cut) => start + cut);
				const parts = edges.slice(1).flatMap((until, i) => {
					const part = sliced.arrivals(edges[i]!, until);
					for (const { at } of part) expect(at >= edges[i]! && at < until).toBe(true);
					return part;
				});
				expect(parts).toEqual(whole);
			}
		),
		{ numRuns: 60 }
	);
});

test('the moments of a profile count from the start of the traffic', () => {
	const ramp = { kind: 'ramp', start: 0, end: 10_000, from: 0, to: 50 } as const;
	const early = trafficOf(ramp).arrivals(0, 10_000);
	const late = trafficOf(ramp, 1, HOUR).arrivals(HOUR, HOUR + 10_000);
	expect(late.map((request) => ({ ...request, at: request.at - HOUR }))).toEqual(early);
});

test('a multiplier holds from the end of the last slice on', () => {
	const traffic = trafficOf({ kind: 'constant', rate: 100 });
	const untouched = trafficOf({ kind: 'constant', rate: 100 });
	expect(traffic.arrivals(0, MINUTE)).toEqual(untouched.arrivals(0, MINUTE));
	traffic.setMultiplier(0);
	expect(traffic.rate(MINUTE)).toBe(0);
	expect(traffic.arrivals(MINUTE, 2 * MINUTE)).toEqual([]);
	traffic.setMultiplier(10);
	expect(traffic.rate(2 * MINUTE)).toBe(1000);
	const many = traffic.arrivals(2 * MINUTE, 3 * MINUTE);
	expect(Math.abs(many.length - 60_000)).toBeLessThan(1500);
	expect(() => traffic.setMultiplier(-1)).toThrow('traffic multiplier must not be negative: -1');
});

test('another profile holds from the end of the last slice on', () => {
	const traffic = trafficOf({ kind: 'constant', rate: 100 });
	traffic.arrivals(0, MINUTE);
	traffic.setRate({ kind: 'steps', steps: [[90 * SECOND, 10]] });
	const arrivals = traffic.arrivals(MINUTE, 2 * MINUTE);
	expect(arrivals[0]!.at).toBeGreaterThanOrEqual(90 * SECOND);
	expect(Math.abs(arrivals.length - 300)).toBeLessThan(90);
});

test('a stretch may be left out, but not asked for twice', () => {
	const traffic = trafficOf({ kind: 'constant', rate: 10 });
	traffic.arrivals(0, 1000);
	expect(traffic.arrivals(5000, 6000).every(({ at }) => at >= 5000)).toBe(true);
	expect(() => traffic.arrivals(5500, 7000)).toThrow(
		'arrivals from 5500 were asked for up to 6000'
	);
});

test('the mix of routes follows their weights', () => {
	const requests = trafficOf({ kind: 'constant', rate: 100 }).arrivals(0, 100 * SECOND);
	const orders = requests.filter((request) => request.endpoint === '/api/orders/{id}').length;
	expect(orders / requests.length).toBeCloseTo(0.75, 1);
});

test('placeholders become numbers, and the template names the endpoint', () => {
	const requests = trafficOf({ kind: 'constant', rate: 100 }).arrivals(0, 10 * SECOND);
	for (const { path, endpoint } of requests) {
		if (endpoint === '/') expect(path).toBe('/');
		else expect(path).toMatch(/^\/api\/orders\/[1-9]\d*$/);
	}
});

test('outcomes come in their shares', () => {
	const requests = trafficOf({ kind: 'constant', rate: 100 })
		.arrivals(0, 400 * SECOND)
		.filter((request) => request.endpoint !== '/');
	const share = (outcome: string) =>
		requests.filter((request) => JSON.stringify(request.outcome) === outcome).length /
		requests.length;
	expect(share('{"status":404}')).toBeCloseTo(0.1, 1.5);
	expect(share('{"throws":"internal error"}')).toBeCloseTo(0.05, 1.5);
	expect(share('{"status":200}')).toBeCloseTo(0.85, 1.5);
});

test('a change of one route leaves the moments, users and other routes as they were', () => {
	const spec = { rate: { kind: 'constant', rate: 20 } as const, routes: [ORDERS, HOME] };
	const slower = { ...ORDERS, latency: { kind: 'bimodal', modes: [] } as const };
	const changed = {
		...spec,
		routes: [{ ...slower, latency: { kind: 'uniform', min: 1, max: 2 } as const }, HOME]
	};
	const before = createTraffic(spec, createRandom(1)).arrivals(0, MINUTE);
	const after = createTraffic(changed, createRandom(1)).arrivals(0, MINUTE);
	const apartFromWork = (requests: typeof before) => requests.map((r) => ({ ...r, work: 0 }));
	expect(apartFromWork(after)).toEqual(apartFromWork(before));
});

test('users follow a Zipf law', () => {
	const spec = {
		rate: { kind: 'constant', rate: 1000 } as const,
		routes: [HOME],
		users: { count: 100, exponent: 1 }
	};
	const requests = createTraffic(spec, createRandom(1)).arrivals(0, 50 * SECOND);
	const counts = new Map<number, number>();
	for (const { user } of requests) counts.set(user, (counts.get(user) ?? 0) + 1);
	expect(Math.min(...counts.keys())).toBe(1);
	expect(Math.max(...counts.keys())).toBe(100);
	// Harmonic number of 100.
	const first = requests.length / 5.18738;
	for (const rank of [1, 2, 3, 10, 50]) {
		expect(Math.abs(counts.get(rank)! - first / rank)).toBeLessThan(6 * Math.sqrt(first / rank));
	}
});
