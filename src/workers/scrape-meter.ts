import type { CreateRunner } from '#engine/lab';
import type { Appendable, Appender } from '#engine/model';
import type { Runner } from '#engine/sim';

/** What the last page of each instance took on this machine, all together. Wall time in ms. */
export interface PageCosts {
	/** From asking the learner's thread until the page was there; undefined before the first page. */
	readonly render: number | undefined;
	/** Of those pages, in bytes. */
	readonly bytes: number;
	/** Parsing and appending; undefined before the first page was stored. */
	readonly store: number | undefined;
}

interface Page {
	readonly took: number;
	readonly bytes: number;
}

/**
 * Measures what scrapes take of wall time. It only looks: the simulation goes on in virtual time, of which a slow machine takes no more.
 * It stands where the lab meets what the thread brings, so that the engine needs no clock.
 */
export class ScrapeMeter {
	readonly #now: () => number;
	readonly #pages = new Map<string, Page>();
	/** Of each writer, what its last row took. */
	readonly #rows = new Map<Appender, number>();

	/** `now` is the wall clock, ms. */
	constructor(now: () => number) {
		this.#now = now;
	}

	get costs(): PageCosts {
		const pages = [...this.#pages.values()];
		return {
			render: pages.length === 0 ? undefined : sum(pages.map(({ took }) => took)),
			bytes: sum(pages.map(({ bytes }) => bytes)),
			store: this.#rows.size === 0 ? undefined : sum(this.#rows.values())
		};
	}

	/** Runners that are told by their pages. A page that is not answered leaves what the one before took. */
	runners(create: CreateRunner): CreateRunner {
		return (instance) => this.#timed(create(instance), instance.name);
	}

	#timed(runner: Runner, name: string): Runner {
		return {
			load: (files, at) => runner.load(files, at),
			handle: (requests, until) => runner.handle(requests, until),
			targets: () => runner.targets?.(),
			dispose: () => runner.dispose(),
			scrape: async (accept, target) => {
				const began = this.#now();
				const page = await runner.scrape(accept, target);
				this.#pages.set(name, { took: this.#now() - began, bytes: page.body.length });
				return page;
			}
		};
	}

	/** A store whose rows are timed. A scrape loop begins a row, parses the page, adds its samples and commits, all in one go. */
	store(store: Appendable): Appendable {
		return { appender: () => this.#timedAppender(store.appender()) };
	}

	#timedAppender(inner: Appender): Appender {
		let began: number | undefined;
		return {
			ref: (labels) => inner.ref(labels),
			release: (ref) => inner.release(ref),
			begin: (t) => {
				// After a rollback the row is begun once more: that is still the same scrape.
				began ??= this.#now();
				inner.begin(t);
			},
			add: (ref, value, t) => inner.add(ref, value, t),
			addHistogram: (ref, histogram, t) => inner.addHistogram(ref, histogram, t),
			markStale: (ref) => inner.markStale(ref),
			rollback: () => inner.rollback(),
			commit: () => {
				inner.commit();
				this.#rows.set(inner, this.#now() - (began ?? this.#now()));
				began = undefined;
			}
		};
	}
}

function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}
