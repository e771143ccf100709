import type { Timestamp } from '#engine/model';
import { unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import { readExposition, type ExpositionPage } from './exposition-lines.ts';

/** The /metrics page of one instance, as it was when it was last scraped. */
export class MetricsPage {
	instance = $state('');
	page = $state.raw<ExpositionPage | undefined>();
	/** The scrape that the page is of. */
	scrapedAt = $state.raw<Timestamp | undefined>();

	readonly #lab: LabState;
	#lastQuestion = 0;

	constructor(lab: LabState) {
		this.#lab = lab;
	}

	/** Shows another instance. Its first page has nothing to be compared with. */
	choose(instance: string): Promise<void> {
		this.instance = instance;
		this.page = undefined;
		this.scrapedAt = undefined;
		return this.refresh();
	}

	/** Fetches the page if there has been a scrape since. */
	async refresh(): Promise<void> {
		const { instance } = this;
		const status = this.#lab.instances.find(({ name }) => name === instance);
		if (!status?.lastScrape || status.lastScrape === this.scrapedAt) return;
		const question = ++this.#lastQuestion;
		const text = await unlessGone(() => this.#lab.metricsPage(instance));
		if (question !== this.#lastQuestion) return;
		this.scrapedAt = status.lastScrape;
		this.page = text === undefined ? undefined : readExposition(text, this.page);
	}
}
