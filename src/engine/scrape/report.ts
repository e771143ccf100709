import {
	REFUSED,
	SECOND,
	type Appender,
	type Duration,
	type Labels,
	type SeriesRef,
	type Timestamp
} from '#engine/model';
import { reportLabels } from './sample-labels.ts';
import type { PageTally } from './store-page.ts';

/** What a scrape did. */
export interface ScrapeReport {
	readonly at: Timestamp;
	/** Why the scrape failed, as Prometheus words it; undefined when the target is up. */
	readonly error: string | undefined;
	readonly duration: Duration;
	/** Samples in the page, up to the place where reading stopped. */
	readonly samplesScraped: number;
	/** Those of them that relabelling left, whether they could be stored or not. */
	readonly samplesPostMetricRelabeling: number;
	readonly seriesAdded: number;
	/** Samples that were dropped while the scrape as a whole was stored, told as Prometheus' log tells it. */
	readonly warnings: readonly string[];
}

/** The report of a scrape that took so long and came to this. */
export function reportOf(at: Timestamp, duration: Duration, tally: PageTally): ScrapeReport {
	return {
		at,
		error: tally.error,
		duration,
		samplesScraped: tally.scraped,
		samplesPostMetricRelabeling: tally.postRelabeling,
		seriesAdded: tally.seriesAdded,
		warnings: warningsOf(tally)
	};
}

function warningsOf({ outOfOrder, duplicates, outOfBudget }: PageTally): string[] {
	const warnings = [
		[outOfOrder, 'Error on ingesting out-of-order samples'],
		[duplicates, 'Error on ingesting samples with different value but same timestamp'],
		[outOfBudget, 'Error on ingesting new series: the store is full']
	] as const;
	return warnings
		.filter(([dropped]) => dropped > 0)
		.map(([dropped, text]) => `${text} (num_dropped: ${dropped})`);
}

/** The series that a scrape leaves about itself, and what each of them says. */
const REPORT_SERIES: readonly (readonly [string, (report: ScrapeReport) => number])[] = [
	['up', ({ error }) => (error === undefined ? 1 : 0)],
	['scrape_duration_seconds', ({ duration }) => duration / SECOND],
	['scrape_samples_scraped', ({ samplesScraped }) => samplesScraped],
	[
		'scrape_samples_post_metric_relabeling',
		({ samplesPostMetricRelabeling }) => samplesPostMetricRelabeling
	],
	['scrape_series_added', ({ seriesAdded }) => seriesAdded]
];

/** Writes the report series of one target: with its labels alone, whatever the page said. */
export class ReportWriter {
	readonly #appender: Appender;
	readonly #target: Labels;
	/** Empty before the first report: a target that was never scraped leaves no series. */
	#refs: readonly SeriesRef[] = [];

	constructor(appender: Appender, target: Labels) {
		this.#appender = appender;
		this.#target = target;
	}

	/** Adds the report to the open row. */
	write(report: ScrapeReport): void {
		// A store that had no room may have some now.
		if (this.#refs.length === 0 || this.#refs.includes(REFUSED)) {
			this.#refs = REPORT_SERIES.map(([name]) =>
				this.#appender.ref(reportLabels(this.#target, name))
			);
		}
		this.#refs.forEach((ref, i) => {
			const [, value] = REPORT_SERIES[i] as (typeof REPORT_SERIES)[number];
			this.#appender.add(ref, value(report));
		});
	}

	/** Marks the report series as ended at the open row. */
	end(): void {
		for (const ref of this.#refs) this.#appender.markStale(ref);
	}
}
