import type { MetricMetadata } from '#engine/model';

/** For how many scrapes what was said of a family outlives it (scrape/scrape.go, iterDone). */
const KEPT_FOR = 10;

/** How many families there may be beyond twice those of the last good scrape. */
const SLACK = 1000;

/** What the pages of a target said of their metric families. */
export class MetadataCache {
	readonly #byName = new Map<string, MetricMetadata>();
	readonly #seenIn = new Map<string, number>();
	#scrape = 0;
	/** How many families there were after the last good scrape. */
	#goodSize = 0;

	get byName(): ReadonlyMap<string, MetricMetadata> {
		return this.#byName;
	}

	/** Takes in what a page says. */
	update(page: ReadonlyMap<string, MetricMetadata>): void {
		for (const [name, metadata] of page) {
			this.#byName.set(name, metadata);
			this.#seenIn.set(name, this.#scrape);
		}
	}

	/** Ends a scrape. One that is stored forgets what no page has said for long, and so does one that fails when there is very much. */
	next(isGood: boolean): void {
		const { size } = this.#byName;
		if (isGood || size > 2 * this.#goodSize + SLACK) this.#forgetOld();
		if (isGood) this.#goodSize = size;
		this.#scrape++;
	}

	#forgetOld(): void {
		for (const [name, scrape] of this.#seenIn) {
			if (this.#scrape - scrape <= KEPT_FOR) continue;
			this.#seenIn.delete(name);
			this.#byName.delete(name);
		}
	}
}
