import { HOUR } from '#engine/model';
import {
	createRandom,
	createTraffic,
	Truth,
	VirtualClock,
	WorkerPool,
	type SimRequestDraft
} from '#engine/sim';

const ROUTES = [
	['GET', '/', 5],
	['GET', '/api/products/{id}', 4],
	['POST', '/api/orders', 2],
	['GET', '/api/orders/{id}', 3]
] as const;

function shop(rate: number) {
	const routes = ROUTES.map(([method, path, weight]) => ({
		method,
		path,
		weight,
		latency: { kind: 'lognormal', median: 80, sigma: 0.5 } as const,
		notFound: 0.02,
		errors: 0.01
	}));
	return createTraffic({ rate: { kind: 'constant', rate }, routes }, createRandom(1));
}

function statusOf({ outcome }: SimRequestDraft): number {
	return 'status' in outcome ? outcome.status : 500;
}

function record(truth: Truth, request: SimRequestDraft, started: number, instance: string): void {
	truth.record({
		at: request.at,
		started,
		finished: started + request.work,
		method: request.method,
		endpoint: request.endpoint,
		status: statusOf(request),
		instance,
		user: request.user
	});
}

function median(run: () => unknown, runs: number): number {
	const times = Array.from({ length: runs }, () => {
		const start = performance.now();
		run();
		return performance.now() - start;
	});
	return times.sort((a, b) => a - b)[runs >> 1] as number;
}

function truthOf(requests: readonly SimRequestDraft[]): Truth {
	const truth = new Truth();
	requests.forEach((request, i) => record(truth, request, request.at, `10.0.0.${i % 3}:8000`));
	return truth;
}

/** Prints how long the simulation takes: an hour of traffic at 50 requests a second, and questions about a million. */
export function benchSim(print: (line: string) => void = console.log): void {
	const time = (label: string, run: () => unknown, runs = 5) =>
		print(`${label.padEnd(62)} ${median(run, runs).toFixed(1).padStart(8)} ms`);
	time('180,000 requests (50 rps x 1 h)', () => shop(50).arrivals(0, HOUR));
	time('180,000 requests, recorded as truth', () => truthOf(shop(50).arrivals(0, HOUR)));
	time('180,000 requests through a pool of 8 workers, recorded', () => {
		const clock = new VirtualClock();
		const pool = new WorkerPool(clock, { workers: 8 });
		const truth = new Truth();
		for (const request of shop(50).arrivals(0, HOUR)) {
			clock.schedule(request.at, () => {
				pool.submit((started, done) => {
					record(truth, request, started, 'a');
					clock.schedule(started + request.work, done);
				});
			});
		}
		clock.advance(2 * HOUR);
	});
	const requests = shop(1_000_000 / 86_400).arrivals(0, 24 * HOUR);
	const truth = truthOf(requests);
	time('first question about 1,000,000 requests (sorts them)', () => truth.count({}, 0, HOUR), 1);
	const grid = { start: 60_000, step: 60_000, count: 1440 };
	time('rate over 1,440 steps of 1,000,000 requests, 5m', () =>
		truth.rateSeries({ method: 'GET' }, grid, 300_000)
	);
	time('error percent, the same', () => truth.errorPercentSeries({}, grid, 300_000));
	time('exact p95, the same', () => truth.quantileSeries(0.95, {}, grid, 300_000));
	time('exact p95 over 1h windows', () => truth.quantileSeries(0.95, {}, grid, HOUR));
	time('requests in progress, the same', () => truth.inProgressSeries({}, grid));
}
