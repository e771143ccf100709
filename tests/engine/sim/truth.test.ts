import { Truth, type Grid, type RequestRecord, type TruthFilter } from '#engine/sim';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const PLAIN: RequestRecord = {
	at: 0,
	started: 0,
	finished: 0,
	method: 'GET',
	endpoint: '/',
	status: 200,
	instance: 'a',
	user: 1
};

function truthOf(...records: Partial<RequestRecord>[]): Truth {
	const truth = new Truth();
	for (const record of records) truth.record({ ...PLAIN, ...record });
	return truth;
}

const SHOP = truthOf(
	{ finished: 10, at: 0, started: 5 },
	{ finished: 20, at: 19, started: 19, status: 404, user: 2 },
	{ finished: 20, at: 10, started: 12, method: 'POST', endpoint: '/pay', status: 500 },
	{ finished: 30, at: 30, started: 30, method: 'POST', endpoint: '/pay', status: 0, instance: '' },
	{ finished: 40, at: 20, started: 20, method: 'POST', endpoint: '/pay', instance: 'b', user: 2 }
);

test('a range is open at its start and closed at its end, by the moment of finishing', () => {
	const check = (from: number, to: number, expected: number) =>
		expect(SHOP.count({}, from, to)).toBe(expected);
	check(0, 100, 5);
	check(10, 20, 2);
	check(9, 10, 1);
	check(20, 29, 0);
	check(40, 100, 0);
	check(50, 10, 0);
});

test('a filter names what must hold', () => {
	const check = (filter: TruthFilter, expected: number) =>
		expect(SHOP.count(filter, 0, 100)).toBe(expected);
	check({ method: 'POST' }, 3);
	check({ endpoint: '/pay', instance: 'a' }, 1);
	check({ instance: ['a', 'b'] }, 4);
	check({ status: 404 }, 1);
	check({ status: [200, 404] }, 3);
	check({ statusClass: '2xx' }, 2);
	check({ statusClass: ['4xx', '5xx'] }, 2);
	check({ statusClass: 'refused' }, 1);
	check({ handled: true }, 4);
	check({ handled: false }, 1);
	check({ endpoint: '/nowhere' }, 0);
});

test('counts split by any dimensions', () => {
	expect(SHOP.counts(['endpoint'], {}, 0, 100)).toEqual([
		{ endpoint: '/', count: 2 },
		{ endpoint: '/pay', count: 3 }
	]);
	expect(SHOP.counts(['method', 'status'], { handled: true }, 10, 100)).toEqual([
		{ method: 'GET', status: 404, count: 1 },
		{ method: 'POST', status: 500, count: 1 },
		{ method: 'POST', status: 200, count: 1 }
	]);
	expect(SHOP.counts([], {}, 0, 100)).toEqual([{ count: 5 }]);
	expect(SHOP.counts(['instance'], {}, 50, 100)).toEqual([]);
});

test('users are counted once', () => {
	expect(SHOP.distinctUsers({}, 0, 100)).toBe(2);
	expect(SHOP.distinctUsers({ status: 404 }, 0, 100)).toBe(1);
});

test('service time leaves the wait for a worker out, response time has it in', () => {
	expect([...SHOP.latencies({}, 0, 100)]).toEqual([5, 1, 8, 20]);
	expect([...SHOP.latencies({}, 0, 100, 'response')]).toEqual([10, 1, 10, 20]);
	expect(SHOP.mean({}, 0, 100)).toBe(8.5);
	expect(SHOP.mean({}, 50, 100)).toBeNaN();
	expect([...SHOP.latencies({}, 40, 10)]).toEqual([]);
});

test('a quantile is the smallest latency that covers its share', () => {
	const truth = truthOf(...[5, 1, 3, 2, 4].map((finished) => ({ finished })));
	const check = (q: number, expected: number) =>
		expect(truth.quantile(q, {}, 0, 10), `q ${q}`).toBe(expected);
	check(0, 1);
	check(0.2, 1);
	check(0.21, 2);
	check(0.5, 3);
	check(0.8, 4);
	check(0.99, 5);
	check(1, 5);
	expect(truth.quantile(0.5, { status: 500 }, 0, 10)).toBeNaN();
	const hundred = truthOf(...Array.from({ length: 100 }, (_, i) => ({ finished: i + 1 })));
	for (let q = 1; q <= 100; q++) expect(hundred.quantile(q / 100, {}, 0, 100)).toBe(q);
});

test('series follow a sliding window', () => {
	const grid: Grid = { start: 10, step: 10, count: 4 };
	expect([...SHOP.rateSeries({}, grid, 20)]).toEqual([50, 150, 150, 100]);
	expect([...SHOP.errorPercentSeries({}, grid, 10)]).toEqual([0, 50, 100, 0]);
	expect([...SHOP.errorPercentSeries({ handled: true }, grid, 10)]).toEqual([0, 50, NaN, 0]);
	expect([...SHOP.percentSeries({ method: 'GET' }, { handled: true }, grid, 20)]).toEqual([
		100,
		200 / 3,
		50,
		0
	]);
	expect([...SHOP.quantileSeries(0.5, {}, grid, 10)]).toEqual([5, 1, NaN, 20]);
	expect([...SHOP.quantileSeries(1, {}, grid, 10, 'response')]).toEqual([10, 10, NaN, 20]);
});

test('a grid without steps has series without values', () => {
	const none: Grid = { start: 10, step: 10, count: 0 };
	expect(SHOP.rateSeries({}, none, 1)).toHaveLength(0);
	expect(SHOP.quantileSeries(0.5, {}, none, 1)).toHaveLength(0);
	expect(SHOP.inProgressSeries({}, none)).toHaveLength(0);
});

test('a request is in progress from its start until it finishes, exclusive', () => {
	const truth = truthOf(
		{ at: 0, started: 5, finished: 20 },
		{ at: 8, started: 10, finished: 10 },
		{ at: 0, started: 12, finished: 40 }
	);
	expect([...truth.inProgressSeries({}, { start: 0, step: 5, count: 10 })]).toEqual([
		0, 1, 1, 2, 1, 1, 1, 1, 0, 0
	]);
});

const record = fc.record({
	at: fc.nat(100),
	wait: fc.nat(10),
	work: fc.nat(50),
	method: fc.constantFrom('GET', 'POST'),
	endpoint: fc.constantFrom('/', '/pay'),
	status: fc.constantFrom(200, 404, 500, 0),
	instance: fc.constantFrom('a', 'b'),
	user: fc.nat(5)
});
const filters = fc.constantFrom<TruthFilter>(
	{},
	{ method: 'GET' },
	{ statusClass: ['5xx', 'refused'] },
	{ endpoint: '/pay', instance: ['a'] },
	{ handled: true }
);

test('series equal the questions asked step by step, in whatever order requests are recorded', () => {
	fc.assert(
		fc.property(
			fc.array(record, { maxLength: 60 }),
			filters,
			fc.record({ start: fc.nat(100), step: fc.integer({ min: 1, max: 20 }), count: fc.nat(20) }),
			fc.integer({ min: 1, max: 60 }),
			fc.constantFrom(0, 0.5, 0.95, 1),
			fc.nat(60),
			(requests, filter, grid, window, q, half) => {
				const truth = new Truth();
				requests.forEach(({ at, wait, work, ...rest }, i) => {
					truth.record({ ...rest, at, started: at + wait, finished: at + wait + work });
					// A question in the middle makes the columns sort what they have, and what comes after is out of order.
					if (i === half) truth.count({}, 0, 50);
				});
				const steps = Array.from({ length: grid.count }, (_, k) => grid.start + k * grid.step);
				const each = (ask: (from: number, to: number) => number) =>
					steps.map((t) => ask(t - window, t));
				expect([...truth.rateSeries(filter, grid, window)]).toEqual(
					each((from, to) => truth.count(filter, from, to) * (1000 / window))
				);
				expect([...truth.quantileSeries(q, filter, grid, window)]).toEqual(
					each((from, to) => truth.quantile(q, filter, from, to))
				);
				const passing = requests.filter(({ status }) => status !== 0);
				expect([...truth.inProgressSeries({}, grid)]).toEqual(
					steps.map(
						(t) =>
							passing.filter(({ at, wait, work }) => at + wait <= t && t < at + wait + work).length
					)
				);
				expect(truth.size).toBe(requests.length);
			}
		)
	);
});

test('forgetting changes no answer but those it takes away', () => {
	fc.assert(
		fc.property(
			fc.array(record, { maxLength: 60 }),
			fc.array(record, { maxLength: 20 }),
			filters,
			fc.nat(120),
			fc.nat(200),
			(early, late, filter, before, to) => {
				const whole = new Truth();
				const cut = new Truth();
				const write = (requests: typeof early) => {
					for (const { at, wait, work, ...rest } of requests) {
						const row = { ...rest, at, started: at + wait, finished: at + wait + work };
						whole.record(row);
						cut.record(row);
					}
				};
				write(early);
				cut.forget(before);
				write(late);
				cut.forget(before + 10);
				const end = Math.max(before + 10, to);
				const by = ['endpoint', 'status'] as const;
				expect(cut.counts(by, filter, -Infinity, end)).toEqual(
					whole.counts(by, filter, -Infinity, end)
				);
				expect(cut.counts(by, filter, before + 10, end)).toEqual(
					whole.counts(by, filter, before + 10, end)
				);
				expect(cut.latencies(filter, before + 10, end)).toEqual(
					whole.latencies(filter, before + 10, end)
				);
			}
		)
	);
});

test('a count is the number of records that a plain filter finds', () => {
	fc.assert(
		fc.property(fc.array(record), fc.nat(100), fc.nat(200), (requests, from, to) => {
			const truth = truthOf(
				...requests.map((r) => ({ ...r, started: r.at, finished: r.at + r.work }))
			);
			const found = requests.filter(
				(r) => r.at + r.work > from && r.at + r.work <= to && r.status === 500
			);
			expect(truth.count({ status: 500 }, from, to)).toBe(found.length);
		})
	);
});

test('the combinations that occurred are told without their counts', () => {
	expect(SHOP.combinations(['endpoint'], {})).toEqual([{ endpoint: '/' }, { endpoint: '/pay' }]);
	expect(SHOP.combinations(['method', 'status'], { handled: true })).toEqual([
		{ method: 'GET', status: 200 },
		{ method: 'GET', status: 404 },
		{ method: 'POST', status: 500 },
		{ method: 'POST', status: 200 }
	]);
	expect(SHOP.combinations([], {})).toEqual([{}]);
	expect(SHOP.combinations(['status'], { endpoint: '/nowhere' })).toEqual([]);
});

test('totals grow with every request since the beginning', () => {
	const grid: Grid = { start: 0, step: 10, count: 6 };
	expect([...SHOP.totalSeries({}, grid)]).toEqual([0, 1, 3, 4, 5, 5]);
	expect([...SHOP.totalSeries({ method: 'GET' }, grid)]).toEqual([0, 1, 2, 2, 2, 2]);
});

const aged = () => {
	const truth = truthOf(
		{ finished: 40, instance: 'b' },
		{ finished: 10 },
		{ finished: 20, status: 500 },
		{ finished: 30, started: 15, user: 2 }
	);
	truth.forget(20);
	return truth;
};

test('what is forgotten still counts from the beginning', () => {
	const truth = aged();
	expect(truth.size).toBe(4);
	expect(truth.count({}, -Infinity, 20)).toBe(2);
	expect(truth.count({}, -Infinity, 100)).toBe(4);
	expect(truth.count({ status: 200 }, -Infinity, 30)).toBe(2);
	expect(truth.counts(['status'], {}, -Infinity, 100)).toEqual([
		{ status: 200, count: 3 },
		{ status: 500, count: 1 }
	]);
	expect(truth.combinations(['status'], {})).toEqual([{ status: 200 }, { status: 500 }]);
});

test('what happened after the forgotten is as it was', () => {
	const truth = aged();
	expect(truth.count({}, 20, 40)).toBe(2);
	expect(truth.counts(['instance'], {}, 20, 30)).toEqual([{ instance: 'a', count: 1 }]);
	expect([...truth.latencies({}, 20, 30)]).toEqual([15]);
	expect(truth.distinctUsers({}, 20, 40)).toBe(2);
});

test('a range that begins in the forgotten has no answer', () => {
	const truth = aged();
	expect(truth.count({}, 19, 40)).toBeNaN();
	expect(truth.count({}, -Infinity, 19)).toBeNaN();
	expect(truth.counts([], {}, 0, 40)).toEqual([]);
	expect(truth.counts([], {}, -Infinity, 19)).toEqual([]);
	expect(truth.distinctUsers({}, 0, 40)).toBeNaN();
	expect([...truth.latencies({}, 0, 40)]).toEqual([]);
	expect(truth.quantile(0.5, {}, -Infinity, 40)).toBeNaN();
	expect(truth.mean({}, 0, 40)).toBeNaN();
});

test('series have no value where their window begins in the forgotten', () => {
	const truth = aged();
	const grid: Grid = { start: 10, step: 10, count: 4 };
	expect([...truth.totalSeries({}, grid)]).toEqual([NaN, 2, 3, 4]);
	expect([...truth.rateSeries({}, grid, 10)]).toEqual([NaN, NaN, 100, 100]);
	expect([...truth.quantileSeries(1, {}, grid, 10)]).toEqual([NaN, NaN, 15, 40]);
	expect([...truth.errorPercentSeries({}, grid, 10)]).toEqual([NaN, NaN, 0, 0]);
	expect([...truth.inProgressSeries({}, grid)]).toEqual([NaN, 2, 1, 0]);
});

test('the forgotten can be moved on, and never back', () => {
	const truth = aged();
	truth.forget(30);
	truth.forget(0);
	expect(truth.count({}, 20, 40)).toBeNaN();
	expect(truth.count({}, 30, 40)).toBe(1);
	expect(truth.count({}, -Infinity, 40)).toBe(4);
});

test('uptime is told in intervals', () => {
	const truth = new Truth();
	truth.markUp('a', 0);
	truth.markUp('b', 5);
	truth.markDown('a', 10);
	truth.markDown('a', 12);
	truth.markUp('a', 20);
	truth.markUp('a', 25);
	expect(truth.upIntervals('a')).toEqual([
		{ from: 0, until: 10 },
		{ from: 20, until: Infinity }
	]);
	expect([0, 9, 10, 19, 20].map((t) => truth.isUp('a', t))).toEqual([
		true,
		true,
		false,
		false,
		true
	]);
	expect(truth.instances()).toEqual(['a', 'b']);
	expect(truth.upIntervals('stranger')).toEqual([]);
	expect(truth.isUp('stranger', 0)).toBe(false);
});
