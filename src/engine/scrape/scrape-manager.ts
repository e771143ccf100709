import type { MetricMetadata, Timestamp } from '#engine/model';
import type { Config } from './config/config.ts';
import type { ScrapeReport } from './report.ts';
import { ScrapePool, type DueScrape, type PoolSurroundings } from './scrape-pool.ts';

/** Scrapes by a configuration, and goes on by another when one is applied (scrape/manager.go). It does not keep time. */
export class ScrapeManager {
	readonly #surroundings: PoolSurroundings;
	/** By the name of the job, in the order of the configuration. */
	#pools = new Map<string, ScrapePool>();
	#inFlight: DueScrape[] = [];
	/** When targets are to be looked for; Infinity when they have been. */
	#syncAt = Infinity;

	constructor(surroundings: PoolSurroundings) {
		this.#surroundings = surroundings;
	}

	get pools(): Iterable<ScrapePool> {
		return this.#pools.values();
	}

	/**
	 * Scrapes by this configuration from now on. Jobs are known by their names; the series of one that is gone just stop, without a
	 * marker, as in Prometheus. Targets are looked for when the scrapes under way of all jobs that change are over. Prometheus takes up to
	 * five seconds more to find new ones; here it takes none.
	 */
	apply({ scrapeConfigs }: Config, now: Timestamp): void {
		const before = this.#pools;
		this.#pools = new Map();
		// Another configuration may still wait for its own scrapes.
		let begin = this.#syncAt === Infinity ? now : Math.max(now, this.#syncAt);
		for (const config of scrapeConfigs) {
			const known = before.get(config.jobName);
			this.#pools.set(config.jobName, known ?? new ScrapePool(config, this.#surroundings));
			if (!known || JSON.stringify(known.config) === JSON.stringify(config)) continue;
			begin = Math.max(begin, known.settledAt());
			known.reload(config, now);
		}
		for (const [name, pool] of before) {
			if (!this.#pools.has(name)) begin = Math.max(begin, pool.settledAt());
		}
		this.#syncAt = begin;
		if (begin <= now) this.#sync();
	}

	#sync(): void {
		for (const pool of this.#pools.values()) pool.sync(this.#syncAt);
		this.#syncAt = Infinity;
	}

	/** When something is to be done next; Infinity when nothing is. */
	next(): Timestamp {
		let next = this.nextScrape();
		for (const { due } of this.#inFlight) next = Math.min(next, due);
		for (const pool of this.#pools.values()) next = Math.min(next, pool.nextRetirement());
		return next;
	}

	/** When a target is to be asked for its page next, or targets are to be looked for; Infinity when nothing is. */
	nextScrape(): Timestamp {
		let next = this.#syncAt;
		for (const pool of this.#pools.values()) next = Math.min(next, pool.nextScrape());
		return next;
	}

	/**
	 * Does all that is to be done up to now, in order of time, and gives the reports of the scrapes. A scrape is stored as of its beginning,
	 * but no sooner than its answer is there.
	 */
	async runDue(now: Timestamp): Promise<ScrapeReport[]> {
		const reports: ScrapeReport[] = [];
		for (let at = this.next(); at <= now; at = this.next()) {
			reports.push(...this.#storeDue(at));
			if (this.#syncAt <= at) this.#sync();
			for (const pool of this.#pools.values()) {
				pool.retireDue(at);
				this.#inFlight.push(...(await pool.begin(at)));
			}
		}
		return reports;
	}

	/** Stores the answers that are on their way, as a server that stops does. Nothing is begun and nothing marked. */
	stop(): ScrapeReport[] {
		this.#pools = new Map();
		return this.#storeDue(Infinity);
	}

	#storeDue(now: Timestamp): ScrapeReport[] {
		const due = this.#inFlight.filter((one) => one.due <= now);
		if (due.length > 0) this.#inFlight = this.#inFlight.filter((one) => one.due > now);
		return due.sort((a, b) => a.due - b.due).map(({ scrape }) => scrape.store());
	}

	/** What the pages of all targets have said of their metric families, target by target. */
	*metadata(): Generator<readonly [string, MetricMetadata]> {
		for (const pool of this.#pools.values()) {
			for (const { loop } of pool.targets) yield* loop.metadata;
		}
	}
}
