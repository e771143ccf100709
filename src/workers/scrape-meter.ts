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
	readonly body: Uint8Array;
}

/** What gzip makes of so many bytes of page. */
export interface Gzipped {
	readonly bytes: number;
	readonly of: number;
}

/** A page is gzipped again when it has grown or shrunk by this share: the bigger it is, the seldomer, for that takes the thread. */
const CHANGED = 0.1;

/**
 * Measures what scrapes take of wall time. It only looks: the simulation goes on in virtual time, of which a slow machine takes no more.
 * It stands where the lab meets what the thread brings, so that the engine needs no clock.
 */
export class ScrapeMeter {
	readonly #now: () => number;
	readonly #pages = new Map<string, Page>();
	/** Of each writer, what its last row took. */
	readonly #rows = new Map<Appender, number>();
	#gzipped: Gzipped | undefined;

	/** `now` is the wall clock, ms. */
	constructor(now: () => number) {
		this.#now = now;
	}

	get costs(): PageCosts {
		const pages = [...this.#pages.values()];
		return {
			render: pages.length === 0 ? undefined : sum(pages.map(({ took }) => took)),
			bytes: sum(pages.map(({ body }) => body.length)),
			store: this.#rows.size === 0 ? undefined : sum(this.#rows.values())
		};
	}

	/** The last pages gzipped, as a client does it whom Prometheus asks for gzip; undefined before the first. */
	async gzipped(): Promise<Gzipped | undefined> {
		const pages = [...this.#pages.values()];
		const of = sum(pages.map(({ body }) => body.length));
		if (of === 0) return undefined;
		const known = this.#gzipped;
		if (known && Math.abs(of - known.of) <= known.of * CHANGED) return known;
		let bytes = 0;
		for (const { body } of pages) bytes += await gzipSize(body);
		return (this.#gzipped = { bytes, of });
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
				this.#pages.set(name, { took: this.#now() - began, body: page.body });
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

async function gzipSize(body: Uint8Array): Promise<number> {
	const gzip = new Blob([body as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'));
	const reader = gzip.getReader();
	let bytes = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return bytes;
		bytes += value.length;
	}
}

function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}
