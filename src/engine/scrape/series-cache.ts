import type { ExposedSeries } from '#engine/exposition';
import type { Appender, SeriesRef } from '#engine/model';

/** A series as one target has shown it. */
export interface CachedSeries {
	/** DROPPED when the series is not to be stored. */
	readonly ref: SeriesRef;
	/** The scrape that last showed it. */
	seenIn: number;
	/** The scrape that last showed it without a timestamp of its own: only then does its absence mean that it has ended. */
	trackedIn: number;
}

/** In place of a reference: the series has no place in the store, because a rule drops it. */
export const DROPPED = -2;

const NEVER = -1;

/** How many series may be kept beyond twice those of the last scrape (scrape/scrape.go, iterDone). */
const SLACK = 1000;

/**
 * The series of one target between its scrapes: which are new, which came twice, which have vanished.
 *
 * Scrapes are numbered, and a series notes the number of the last one that showed it. So a scrape of the usual kind,
 * in which every line is about the series it was about before, writes two numbers for each and allocates nothing.
 */
export class SeriesCache {
	/** The scrape that is going on. */
	scrape = 1;
	/** The last scrape that was stored whole. What was seen before it and not since is forgotten: if it returns, it is new. */
	#lastGood = 0;
	readonly #byRef = new Map<SeriesRef, CachedSeries>();
	/** Line k of a page is nearly always about the series that it was about before. Where lines have moved, the object tells. */
	readonly #exposedByLine: ExposedSeries[] = [];
	readonly #seriesByLine: CachedSeries[] = [];
	#byExposed = new WeakMap<ExposedSeries, CachedSeries>();
	/** Filled up to their counts, and refilled in place. */
	#tracked: CachedSeries[] = [];
	#trackedCount = 0;
	#previous: CachedSeries[] = [];
	#previousCount = 0;

	/** The series that this line is about; undefined when it was not met before. */
	at(line: number, exposed: ExposedSeries): CachedSeries | undefined {
		if (this.#exposedByLine[line] === exposed) return this.#seriesByLine[line];
		const series = this.#byExposed.get(exposed);
		if (series) this.#noteLine(line, exposed, series);
		return series;
	}

	/** Notes what a line is about, and returns it. One reference is one series, in whatever words it is exposed. */
	remember(line: number, exposed: ExposedSeries, ref: SeriesRef): CachedSeries {
		let series = this.#byRef.get(ref);
		if (!series) this.#byRef.set(ref, (series = { ref, seenIn: NEVER, trackedIn: NEVER }));
		this.#byExposed.set(exposed, series);
		this.#noteLine(line, exposed, series);
		return series;
	}

	#noteLine(line: number, exposed: ExposedSeries, series: CachedSeries): void {
		this.#exposedByLine[line] = exposed;
		this.#seriesByLine[line] = series;
	}

	/** Notes that the scrape shows the series; true when it is new, or returns after a good scrape without it. */
	see(series: CachedSeries): boolean {
		const isNew = series.seenIn < this.#lastGood;
		series.seenIn = this.scrape;
		return isNew;
	}

	/** Notes that the scrape shows the series though its sample was not stored: this keeps it known, but makes no new one so. */
	touch(series: CachedSeries): void {
		if (series.seenIn >= this.#lastGood) series.seenIn = this.scrape;
	}

	/** Expects the series in the next scrape: it gets a stale marker if it is not there. */
	track(series: CachedSeries): void {
		if (series.trackedIn === this.scrape) return;
		series.trackedIn = this.scrape;
		this.#tracked[this.#trackedCount++] = series;
	}

	/** Ends a scrape that was stored: marks the series that have vanished since the one before. */
	settle(appender: Appender): void {
		for (let i = 0; i < this.#previousCount; i++) {
			const series = this.#previous[i] as CachedSeries;
			if (series.trackedIn !== this.scrape) appender.markStale(series.ref);
		}
		[this.#previous, this.#tracked] = [this.#tracked, this.#previous];
		this.#previousCount = this.#trackedCount;
		this.#lastGood = this.scrape;
		this.#next();
	}

	/** Ends a scrape that brought nothing: marks every series of the one before. */
	endAll(appender: Appender): void {
		for (let i = 0; i < this.#previousCount; i++) {
			appender.markStale((this.#previous[i] as CachedSeries).ref);
		}
		this.#previousCount = 0;
		this.#next();
	}

	#next(): void {
		this.#trackedCount = 0;
		// A target whose labels keep changing would fill the cache without end.
		if (this.#byRef.size > 2 * this.#previousCount + SLACK) this.#forgetUnseen();
		this.scrape++;
	}

	/** What is known of exposed series goes with them, so that no series lives on beside another of its reference. */
	#forgetUnseen(): void {
		for (const [ref, { seenIn }] of this.#byRef) {
			if (seenIn < this.#lastGood) this.#byRef.delete(ref);
		}
		this.#byExposed = new WeakMap();
		this.#exposedByLine.length = this.#seriesByLine.length = 0;
	}
}
