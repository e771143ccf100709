import type { Duration, Timestamp } from '#engine/model';
import { RequestColumns, type RequestRecord } from './truth-columns.ts';
import { classMask, type TruthFilter } from './truth-filter.ts';
import { nearestRank } from './truth-quantile.ts';
import {
	blankBefore,
	inProgressSeries,
	percentOf,
	quantilesOver,
	ratesOver,
	totalsOver,
	type Grid,
	type Rows
} from './truth-series.ts';
import { Uptime, type Interval } from './uptime.ts';

/** What a count can be split by. */
export type TruthDimension = 'method' | 'endpoint' | 'status' | 'instance';

/** One combination of dimensions; only those asked for are set. */
export interface TruthCombination {
	readonly method?: string;
	readonly endpoint?: string;
	readonly status?: number;
	readonly instance?: string;
}

/** How many requests there were of one combination. */
export interface TruthCount extends TruthCombination {
	readonly count: number;
}

/** Requests in columns, in the order in which they finished. */
export interface Answers {
	readonly at: Float64Array;
	readonly user: Float64Array;
}

/**
 * Which stretch of a request's life is measured.
 *
 * `service` is finished - started: what a handler that times itself can see. `response` is finished - at, the wait for
 * a worker included: what the user feels.
 */
export type LatencyMeasure = 'service' | 'response';

/**
 * What really happened: every request and every instance's life, exactly. The simulator writes it; overlays and checks
 * read it; no metric ever sees it.
 *
 * A request counts at the moment it finishes, because that is when an instrumented handler counts it. Ranges are
 * (from, to], as in PromQL. A request that nobody took has status 0: it is counted, but it has no latency.
 *
 * Requests can be forgotten, all but how many there were of each class: `count`, `counts` and `totalSeries` from the
 * beginning (-Infinity) go on to be right. Any other range that begins in the forgotten has no answer: a number is NaN,
 * a list is empty.
 */
export class Truth {
	readonly #requests = new RequestColumns();
	readonly #uptime = new Uptime();
	#forgottenUntil: Timestamp = -Infinity;

	/** Writes down what became of a request. The order of calls does not matter. */
	record(request: RequestRecord): void {
		this.#requests.add(request);
	}

	/** The instance serves from this moment on. */
	markUp(instance: string, at: Timestamp): void {
		this.#uptime.markUp(instance, at);
	}

	/** The instance is gone from this moment on. */
	markDown(instance: string, at: Timestamp): void {
		this.#uptime.markDown(instance, at);
	}

	/** When the instance was up, in order; the last interval ends at Infinity while it still is. */
	upIntervals(instance: string): readonly Interval[] {
		return this.#uptime.intervals(instance);
	}

	/** Whether the instance was up at t. */
	isUp(instance: string, t: Timestamp): boolean {
		return this.#uptime.isUp(instance, t);
	}

	/** Every instance that was ever up, in order of first appearance. */
	instances(): readonly string[] {
		return this.#uptime.instances();
	}

	/** Requests recorded so far, the forgotten ones included. */
	get size(): number {
		return this.#requests.dropped.reduce((sum, rows) => sum + rows, this.#requests.size);
	}

	/** Forgets the requests that finished by the given moment; how many there were of each class is kept. */
	forget(before: Timestamp): void {
		if (before <= this.#forgottenUntil) return;
		this.#requests.dropUntil(before);
		this.#forgottenUntil = before;
	}

	/**
	 * Every combination of the dimensions that has occurred among the requests that pass the filter, in order of first
	 * appearance. Looks at classes of requests, not at requests, so it costs next to nothing.
	 */
	combinations(by: readonly TruthDimension[], filter: TruthFilter): TruthCombination[] {
		const { classes } = this.#requests;
		const mask = classMask(classes, filter);
		return this.#grouped(by, mask).map(({ count: _, ...combination }) => combination);
	}

	/** How many requests that pass the filter finished in (from, to]. */
	count(filter: TruthFilter, from: Timestamp, to: Timestamp): number {
		if (!this.#isCountable(from, to)) return NaN;
		const { mask, classOf, start, end } = this.#rows(filter, from, to);
		let count = from === -Infinity ? this.#forgotten(mask) : 0;
		for (let i = start; i < end; i++) count += mask[classOf[i] as number] as number;
		return count;
	}

	/** The same, split by the given dimensions; combinations that did not occur are left out. */
	counts(
		by: readonly TruthDimension[],
		filter: TruthFilter,
		from: Timestamp,
		to: Timestamp
	): TruthCount[] {
		if (!this.#isCountable(from, to)) return [];
		const { mask, classOf, start, end } = this.#rows(filter, from, to);
		const { dropped } = this.#requests;
		const perClass = Float64Array.from(mask, (_, id) =>
			from === -Infinity ? (dropped[id] as number) : 0
		);
		for (let i = start; i < end; i++) (perClass[classOf[i] as number] as number)++;
		return this.#grouped(
			by,
			perClass.map((count, id) => count * (mask[id] as number))
		);
	}

	/** How many different users were behind the requests. */
	distinctUsers(filter: TruthFilter, from: Timestamp, to: Timestamp): number {
		if (from < this.#forgottenUntil) return NaN;
		const { mask, classOf, start, end } = this.#rows(filter, from, to);
		const users = new Set<number>();
		for (let i = start; i < end; i++) {
			if (mask[classOf[i] as number]) users.add(this.#requests.user[i] as number);
		}
		return users.size;
	}

	/** Each request in the order in which they finished: when it did, and the user behind it. */
	answers(filter: TruthFilter, from: Timestamp, to: Timestamp): Answers {
		if (from < this.#forgottenUntil) return { at: new Float64Array(0), user: new Float64Array(0) };
		const { mask, classOf, finished, start, end } = this.#rows(filter, from, to);
		const isMeant = (_: number, i: number) => mask[classOf[start + i] as number] === 1;
		return {
			at: finished.slice(start, end).filter(isMeant),
			user: this.#requests.user.slice(start, end).filter(isMeant)
		};
	}

	/** Every latency in milliseconds, in the order in which the requests finished. */
	latencies(
		filter: TruthFilter,
		from: Timestamp,
		to: Timestamp,
		measure: LatencyMeasure = 'service'
	): Float64Array {
		if (from < this.#forgottenUntil) return new Float64Array(0);
		const { mask, classOf, finished, start, end } = this.#rows(served(filter), from, to);
		const since = this.#since(measure);
		const found = new Float64Array(end - start);
		let n = 0;
		for (let i = start; i < end; i++) {
			if (mask[classOf[i] as number]) found[n++] = (finished[i] as number) - (since[i] as number);
		}
		return found.slice(0, n);
	}

	/**
	 * The exact q-quantile in milliseconds, by nearest rank: the smallest latency that at least q of all latencies do
	 * not exceed. NaN without requests. No interpolation, so it is always a latency that somebody had.
	 */
	quantile(
		q: number,
		filter: TruthFilter,
		from: Timestamp,
		to: Timestamp,
		measure: LatencyMeasure = 'service'
	): Duration {
		const sorted = this.latencies(filter, from, to, measure).sort();
		return sorted[nearestRank(q, sorted.length) - 1] ?? NaN;
	}

	/** The mean latency in milliseconds; NaN without requests. */
	mean(
		filter: TruthFilter,
		from: Timestamp,
		to: Timestamp,
		measure: LatencyMeasure = 'service'
	): Duration {
		const latencies = this.latencies(filter, from, to, measure);
		return latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
	}

	/** Requests per second over (t - window, t] at each step t of the grid. */
	rateSeries(filter: TruthFilter, grid: Grid, window: Duration): Float64Array {
		const rates = ratesOver(this.#gridRows(filter, grid, window), grid, window);
		return this.#whereKnown(rates, grid, window);
	}

	/** How many requests had finished since the beginning by each step t: a counter that never restarts. */
	totalSeries(filter: TruthFilter, grid: Grid): Float64Array {
		const rows = this.#gridRows(filter, grid, Infinity);
		return this.#whereKnown(totalsOver(rows, grid, this.#forgotten(rows.mask)), grid, 0);
	}

	/** The exact quantile in milliseconds over (t - window, t] at each step; NaN where there were no requests. */
	quantileSeries(
		q: number,
		filter: TruthFilter,
		grid: Grid,
		window: Duration,
		measure: LatencyMeasure = 'service'
	): Float64Array {
		const rows = this.#gridRows(served(filter), grid, window);
		const quantiles = quantilesOver(rows, this.#since(measure), q, grid, window);
		return this.#whereKnown(quantiles, grid, window);
	}

	/**
	 * How many percent of the requests that pass `whole` pass `part` as well, over (t - window, t] at each step; NaN
	 * where there were none.
	 */
	percentSeries(part: TruthFilter, whole: TruthFilter, grid: Grid, window: Duration): Float64Array {
		const rows = this.#gridRows(whole, grid, window);
		const partMask = classMask(this.#requests.classes, part).map(
			(bit, id) => bit & (rows.mask[id] as number)
		);
		const percent = percentOf({ ...rows, mask: partMask }, rows, grid, window);
		return this.#whereKnown(percent, grid, window);
	}

	/**
	 * Percent of requests that failed, with 5xx or because nobody took them, over (t - window, t] at each step; NaN where
	 * there were no requests. With `handled` in the filter: percent of 5xx among what a handler saw.
	 */
	errorPercentSeries(filter: TruthFilter, grid: Grid, window: Duration): Float64Array {
		return this.percentSeries({ statusClass: ['5xx', 'refused'] }, filter, grid, window);
	}

	/** How many requests were being worked on at each step t: started <= t < finished. */
	inProgressSeries(filter: TruthFilter, grid: Grid): Float64Array {
		const rows = this.#rows(served(filter), grid.start, Infinity);
		return this.#whereKnown(inProgressSeries(rows, this.#requests.started, grid), grid, 0);
	}

	/** Whether the number of requests in (from, to] is known: all is at hand, or all from the beginning is counted in. */
	#isCountable(from: Timestamp, to: Timestamp): boolean {
		const horizon = this.#forgottenUntil;
		return from >= horizon || (from === -Infinity && to >= horizon);
	}

	#whereKnown(values: Float64Array, grid: Grid, window: Duration): Float64Array {
		return blankBefore(values, grid, this.#forgottenUntil + window);
	}

	/** How many of the forgotten requests the mask lets pass. */
	#forgotten(mask: Uint8Array): number {
		return this.#requests.dropped.reduce((sum, rows, id) => sum + rows * (mask[id] as number), 0);
	}

	/** The classes that have a number put together by the given dimensions, their numbers added. */
	#grouped(by: readonly TruthDimension[], perClass: ArrayLike<number>): TruthCount[] {
		const groups = new Map<string, { count: number }>();
		this.#requests.classes.forEach((kind, id) => {
			const count = perClass[id] as number;
			if (count === 0) return;
			const group = Object.fromEntries(by.map((dimension) => [dimension, kind[dimension]]));
			const key = JSON.stringify(group);
			const known = groups.get(key);
			if (known) known.count += count;
			else groups.set(key, { ...group, count });
		});
		return [...groups.values()];
	}

	#since(measure: LatencyMeasure): Float64Array {
		return measure === 'service' ? this.#requests.started : this.#requests.at;
	}

	#gridRows(filter: TruthFilter, grid: Grid, window: Duration): Rows {
		const last = grid.start + (grid.count - 1) * grid.step;
		return this.#rows(filter, grid.start - window, last);
	}

	#rows(filter: TruthFilter, from: Timestamp, to: Timestamp): Rows {
		const requests = this.#requests;
		requests.sort();
		const start = requests.firstAfter(from);
		return {
			mask: classMask(requests.classes, filter),
			classOf: requests.classOf,
			finished: requests.finished,
			start,
			end: Math.max(start, requests.firstAfter(to))
		};
	}
}

/** A request that nobody took has no latency. */
function served(filter: TruthFilter): TruthFilter {
	return { ...filter, handled: true };
}
