import type { ExposedSeries } from '#engine/exposition';
import type { Appender, SeriesRef } from '#engine/model';

/** A series as one target has shown it, in one form of words. */
export interface CachedSeries {
	/** DROPPED when the series is not to be stored. */
	readonly ref: SeriesRef;
	/** The scrape that last showed it. */
	seenIn: number;
	/** The scrape that last brought a sample whose absence will mean that the series has ended. Noted with the first form. */
	trackedIn: number;
	/** The first form of words in which the same series came: mostly this one itself. */
	readonly first: CachedSeries;
}

/** In place of a reference: the series has no place in the store, because a rule drops it. */
export const DROPPED = -2;

const NEVER = -1;

/** In place of the scrape that last showed a series: what was known of it is forgotten. */
const FORGOTTEN = -2;

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
	/** The first form of each series. References are small numbers. */
	#byRef: (CachedSeries | undefined)[] = [];
	#size = 0;
	/** How many there were after the last good scrape. */
	#goodSize = 0;
	/** All series that are not to be stored. */
	readonly #dropped = newForm(DROPPED, undefined);
	/** Filled up to their counts, and refilled in place. */
	#tracked: CachedSeries[] = [];
	#trackedCount = 0;
	#previous: CachedSeries[] = [];
	#previousCount = 0;

	/** What is known of an exposed series; undefined when it was not met before. */
	find(exposed: ExposedSeries): CachedSeries | undefined {
		const series = (exposed.sameText ?? exposed).note as CachedSeries | undefined;
		return series && series.first.seenIn !== FORGOTTEN ? series : undefined;
	}

	/**
	 * Notes under which reference an exposed series is stored. Relabelling, or another order of labels, may make one series of two that a page
	 * shows: each is known by itself then, as in Prometheus, where the text tells them apart.
	 */
	remember(exposed: ExposedSeries, ref: SeriesRef): CachedSeries {
		const series = ref === DROPPED ? this.#dropped : this.#newForm(ref);
		(exposed.sameText ?? exposed).note = series;
		return series;
	}

	#newForm(ref: SeriesRef): CachedSeries {
		const first = this.#byRef[ref];
		const form = newForm(ref, first);
		if (!first) {
			this.#byRef[ref] = form;
			this.#size++;
		}
		return form;
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
	track({ first }: CachedSeries): void {
		if (first.trackedIn === this.scrape) return;
		first.trackedIn = this.scrape;
		this.#tracked[this.#trackedCount++] = first;
	}

	/** Ends a scrape that is stored: marks the series that have vanished since the one before. */
	settle(appender: Appender): void {
		this.#markVanished(appender);
		this.#lastGood = this.scrape;
		// What is not on the page is forgotten, though not at once: mostly it is little.
		if (this.#size > 2 * this.#trackedCount + SLACK) this.#forgetUnseen(appender);
		this.#goodSize = this.#size;
		this.#next();
	}

	/**
	 * Ends a scrape that brought nothing: marks the series of the one before. Those that its page showed before it turned out to be no
	 * good are spared, and marked by the next one that brings nothing, as in Prometheus 3.14, whose cache has tracked them by then.
	 */
	giveUp(appender: Appender): void {
		this.#markVanished(appender);
		// A target whose labels keep changing in pages that fail would fill the cache without end.
		if (this.#size > 2 * this.#goodSize + SLACK) this.#forgetUnseen(appender);
		this.#next();
	}

	#markVanished(appender: Appender): void {
		for (let i = 0; i < this.#previousCount; i++) {
			const { ref, trackedIn } = this.#previous[i] as CachedSeries;
			if (trackedIn !== this.scrape) appender.markStale(ref);
		}
	}

	#next(): void {
		[this.#previous, this.#tracked] = [this.#tracked, this.#previous];
		this.#previousCount = this.#trackedCount;
		this.#trackedCount = 0;
		this.scrape++;
	}

	/** Forgets all that this scrape has not shown. */
	#forgetUnseen(appender: Appender): void {
		this.#byRef.forEach((series, ref) => {
			if (!series || series.seenIn === this.scrape || series.trackedIn === this.scrape) return;
			series.seenIn = FORGOTTEN;
			this.#byRef[ref] = undefined;
			this.#size--;
			appender.release(ref);
		});
	}
}

function newForm(ref: SeriesRef, first: CachedSeries | undefined): CachedSeries {
	const form = { ref, seenIn: NEVER, trackedIn: NEVER, first: first as CachedSeries };
	form.first ??= form;
	return form;
}
