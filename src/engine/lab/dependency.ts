import type { Timestamp } from '#engine/model';
import { createPromClient } from '#engine/registry';
import {
	VirtualClock,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type Runner,
	type SimRequest,
	type SimResponse
} from '#engine/sim';

const BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * A service that somebody else wrote and instrumented well, such as the payment provider behind the shop. It stands
 * behind the same interface as learner code, so it is scraped like any other target.
 */
export function createDependency(name: string): Runner {
	return new Dependency(name);
}

class Dependency implements Runner {
	readonly #clock = new VirtualClock(0);
	readonly #client = createPromClient({ now: () => this.#clock.now });
	readonly #calls;
	readonly #durations;
	readonly #inProgress;
	#responses: SimResponse[] = [];

	constructor(name: string) {
		const { Counter, Gauge, Histogram } = this.#client;
		this.#calls = new Counter({
			name: `${name}_calls_total`,
			help: `Calls to ${name} by what came of them`,
			labelNames: ['result']
		});
		this.#durations = new Histogram({
			name: `${name}_call_duration_seconds`,
			help: `How long calls to ${name} took`,
			buckets: BUCKETS
		});
		this.#inProgress = new Gauge({
			name: `${name}_calls_in_progress`,
			help: `Calls to ${name} that are being worked on`
		});
		for (const result of ['ok', 'failed']) this.#calls.labels(result).inc(0);
	}

	async load(_files: unknown, at: Timestamp): Promise<LoadResult> {
		this.#clock.advance(at);
		return { problems: [], output: [] };
	}

	async handle(requests: readonly SimRequest[], until: Timestamp): Promise<Handled> {
		for (const request of requests) {
			this.#clock.schedule(Math.max(request.at, this.#clock.now), () => this.#begin(request));
		}
		this.#clock.advance(until);
		const responses = this.#responses;
		this.#responses = [];
		return { responses, problems: [], output: [] };
	}

	async scrape(): Promise<ExposedPage> {
		const { register } = this.#client;
		const text = await register.metrics();
		return {
			status: 200,
			contentType: register.contentType,
			body: new TextEncoder().encode(text),
			problems: []
		};
	}

	dispose(): void {}

	#begin(request: SimRequest): void {
		const started = this.#clock.now;
		this.#inProgress.inc();
		this.#clock.schedule(started + request.work, () => {
			const isFailure = 'throws' in request.outcome;
			this.#inProgress.dec();
			this.#durations.observe(request.work / 1000);
			this.#calls.labels(isFailure ? 'failed' : 'ok').inc();
			const status = isFailure ? 500 : 200;
			this.#responses.push({ id: request.id, status, started, finished: this.#clock.now });
		});
	}
}
