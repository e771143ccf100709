import { createHistogramConverter } from '#engine/exposition';
import {
	labelsKey,
	labelValue,
	type Appendable,
	type DroppedTarget,
	type Labels,
	type TargetStatus,
	type Timestamp
} from '#engine/model';
import type { ScrapeConfig } from './config/config.ts';
import {
	NEVER_SCRAPED,
	ScrapeLoop,
	ScrapeMemory,
	type ScrapeInFlight,
	type TargetState
} from './scrape-loop.ts';
import { firstScrape, targetHash } from './scrape-offset.ts';
import { createTargetLabeler, type ActiveTarget } from './target-labels.ts';
import type { Fetch } from './target.ts';

/** What a pool needs of the server that it belongs to. */
export interface PoolSurroundings {
	readonly store: Appendable;
	readonly fetch: Fetch;
	readonly offsetSeed: bigint;
}

/** A target that is being scraped. */
export interface PooledTarget {
	/** Its labels before relabelling as the last configuration says them. */
	discoveredLabels: Labels;
	readonly target: ActiveTarget;
	readonly hash: bigint;
	readonly state: TargetState;
	memory: ScrapeMemory;
	loop: ScrapeLoop;
	/** When it is scraped next. */
	next: Timestamp;
	/** Whether its loop has scraped it. */
	hasBegun: boolean;
	/** When the answer to the last scrape is stored. */
	storedAt: Timestamp;
}

/** A scrape that has been answered, and when that is to be stored. */
export interface DueScrape {
	readonly due: Timestamp;
	readonly scrape: ScrapeInFlight;
}

/** A loop that has ended, and whose series are to be marked if its target has not returned by then. */
interface Retirement {
	readonly loop: ScrapeLoop;
	/** When that is done. */
	readonly due: Timestamp;
	/** The moment that the markers are stamped with: when the target would have been scraped next. */
	readonly at: Timestamp;
}

/** What does not make a target, and why. */
export interface InvalidTarget {
	readonly discoveredLabels: Labels;
	readonly error: string;
}

/** The targets of one scrape config (scrape/scrape.go, scrapePool). */
export class ScrapePool {
	readonly #surroundings: PoolSurroundings;
	#config: ScrapeConfig;
	/** By what tells targets apart. */
	readonly #targets = new Map<string, PooledTarget>();
	#dropped: readonly DroppedTarget[] = [];
	#droppedCount = 0;
	#invalid: readonly InvalidTarget[] = [];
	#retirements: Retirement[] = [];

	constructor(config: ScrapeConfig, surroundings: PoolSurroundings) {
		this.#config = config;
		this.#surroundings = surroundings;
	}

	get config(): ScrapeConfig {
		return this.#config;
	}

	/** In the order in which they were found. */
	get targets(): Iterable<PooledTarget> {
		return this.#targets.values();
	}

	/** As many as `keep_dropped_targets` allows. */
	get dropped(): readonly DroppedTarget[] {
		return this.#dropped;
	}

	/** How many were dropped, remembered or not. */
	get droppedCount(): number {
		return this.#droppedCount;
	}

	get invalid(): readonly InvalidTarget[] {
		return this.#invalid;
	}

	/**
	 * Goes on by another config of the same job. All loops begin anew; what they remember is handed on when nothing of the config
	 * changed that makes other series (scrape/scrape.go, reload).
	 */
	reload(config: ScrapeConfig, now: Timestamp): void {
		const keepsMemory = samplesKey(this.#config) === samplesKey(config);
		this.#config = config;
		for (const pooled of this.#targets.values()) {
			if (!keepsMemory) {
				this.#retire(pooled);
				pooled.memory = this.#newMemory(pooled.target);
			}
			pooled.loop = this.#createLoop(pooled);
			// A scrape that is under way is waited for.
			pooled.next = this.#firstScrape(pooled, Math.max(now, pooled.storedAt));
			pooled.hasBegun = false;
		}
		this.#forceErrors();
	}

	/** Finds the targets that the config names: new ones begin, and those that are gone end (scrape/scrape.go, Sync). */
	sync(now: Timestamp): void {
		const found = this.#find();
		for (const [key, pooled] of this.#targets) {
			if (found.has(key)) continue;
			this.#targets.delete(key);
			this.#retire(pooled);
		}
		for (const [key, target] of found) {
			const known = this.#targets.get(key);
			if (known) known.discoveredLabels = target.discoveredLabels;
			else this.#targets.set(key, this.#begin(target, now));
		}
		this.#forceErrors();
	}

	/** When all scrapes that have begun are over. */
	settledAt(): Timestamp {
		let at = -Infinity;
		for (const { storedAt } of this.#targets.values()) at = Math.max(at, storedAt);
		return at;
	}

	/** When a scrape begins next; Infinity without targets. */
	nextScrape(): Timestamp {
		let next = Infinity;
		for (const pooled of this.#targets.values()) next = Math.min(next, pooled.next);
		return next;
	}

	/** When an ended loop's series are to be marked next; Infinity when there is none. */
	nextRetirement(): Timestamp {
		let next = Infinity;
		for (const { due } of this.#retirements) next = Math.min(next, due);
		return next;
	}

	/** Begins the scrapes whose turn has come. They come back, each with the moment at which its answer is to be stored. */
	async begin(now: Timestamp): Promise<DueScrape[]> {
		const begun: DueScrape[] = [];
		for (const pooled of this.#targets.values()) {
			if (pooled.next > now) continue;
			const at = pooled.next;
			pooled.next += pooled.target.interval;
			pooled.hasBegun = true;
			const scrape = await pooled.loop.begin(at);
			pooled.storedAt = at + scrape.duration;
			begun.push({ due: pooled.storedAt, scrape });
		}
		return begun;
	}

	/** Ends what ended loops have left, where it is time. */
	retireDue(now: Timestamp): void {
		const due = this.#retirements.filter((retirement) => retirement.due <= now);
		if (due.length === 0) return;
		this.#retirements = this.#retirements.filter((retirement) => retirement.due > now);
		for (const { loop, at } of due) loop.retire(at);
	}

	/** The targets as a page of targets shows them. */
	status(): TargetStatus[] {
		return [...this.#targets.values()].map(({ discoveredLabels, target, state }) => ({
			...state.health,
			discoveredLabels,
			labels: target.labels,
			scrapePool: this.#config.jobName,
			scrapeUrl: target.url,
			// As relabelling left them: `60s` stays `60s`.
			scrapeInterval: labelValue(target.allLabels, '__scrape_interval__'),
			scrapeTimeout: labelValue(target.allLabels, '__scrape_timeout__')
		}));
	}

	/** Active targets, each once, whatever number of static configs names it. */
	#find(): Map<string, ActiveTarget> {
		const label = createTargetLabeler(this.#config);
		const active = new Map<string, ActiveTarget>();
		const dropped: DroppedTarget[] = [];
		const invalid: InvalidTarget[] = [];
		for (const { targets, labels } of this.#config.staticConfigs) {
			for (const address of targets) {
				const found = label([['__address__', address]], labels);
				const { discoveredLabels } = found;
				if (found.state === 'active') active.set(keyOf(found), found);
				else if (found.state === 'invalid') invalid.push({ discoveredLabels, error: found.error });
				else dropped.push({ discoveredLabels, scrapePool: this.#config.jobName });
			}
		}
		const { keepDroppedTargets } = this.#config;
		this.#dropped = keepDroppedTargets === 0 ? dropped : dropped.slice(0, keepDroppedTargets);
		this.#droppedCount = dropped.length;
		this.#invalid = invalid;
		return active;
	}

	#begin(target: ActiveTarget, now: Timestamp): PooledTarget {
		const memory = this.#newMemory(target);
		const hash = targetHash(target.allLabels, target.url);
		const { discoveredLabels } = target;
		const state: TargetState = { health: NEVER_SCRAPED };
		const loop = this.#createLoop({ target, memory, state });
		const next = this.#firstScrape({ target, hash }, now);
		return {
			discoveredLabels,
			target,
			hash,
			state,
			memory,
			loop,
			next,
			hasBegun: false,
			storedAt: -Infinity
		};
	}

	#newMemory({ convertToNhcb, keepClassic }: ActiveTarget): ScrapeMemory {
		const converter = convertToNhcb ? createHistogramConverter({ keepClassic }) : undefined;
		return new ScrapeMemory(this.#surroundings.store.appender(), converter);
	}

	#firstScrape({ target, hash }: Pick<PooledTarget, 'target' | 'hash'>, now: Timestamp): Timestamp {
		return firstScrape(hash, this.#surroundings.offsetSeed, target.interval, now);
	}

	#createLoop({
		target: { url, labels, timeout },
		memory,
		state
	}: Pick<PooledTarget, 'target' | 'memory' | 'state'>): ScrapeLoop {
		const { fetch } = this.#surroundings;
		return new ScrapeLoop({
			target: { labels, url, scrape: (accept) => fetch({ url, accept, timeout }) },
			timeout,
			settings: this.#config,
			memory,
			state
		});
	}

	/**
	 * Lets the series of a target's loop end, if it has scraped, two of its turns later and a tenth of an interval: by then the target
	 * may be back (scrape/scrape.go, endOfRunStaleness).
	 */
	#retire({ loop, hasBegun, next, target }: PooledTarget): void {
		const { interval } = target;
		if (hasBegun) {
			this.#retirements.push({ loop, at: next, due: next + interval + interval / 10 });
		}
	}

	/** With too many targets none is scraped. */
	#forceErrors(): void {
		const { targetLimit } = this.#config;
		const { size } = this.#targets;
		const error =
			targetLimit > 0 && size > targetLimit
				? `target_limit exceeded (number of targets: ${size}, limit: ${targetLimit})`
				: undefined;
		for (const { loop } of this.#targets.values()) loop.forcedError = error;
	}
}

function keyOf({ allLabels, url }: ActiveTarget): string {
	return `${url}\n${labelsKey(allLabels)}`;
}

/** The config without what makes no other series of a page (scrape/scrape.go, zeroConfig). */
function samplesKey(config: ScrapeConfig): string {
	return JSON.stringify({
		...config,
		scrapeInterval: 0,
		scrapeTimeout: 0,
		sampleLimit: 0,
		followRedirects: true,
		enableHttp2: true
	});
}
