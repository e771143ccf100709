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
	/** Bytes of the page, uncompressed: 0 when the scrape failed, -1 when that was because there were too many. */
	readonly bodySize: number;
	/** Samples that were dropped while the scrape as a whole was stored, told as Prometheus' log tells it. */
	readonly warnings: readonly string[];
}

/** The report of a scrape that took so long and came to this. */
export function reportOf(
	at: Timestamp,
	duration: Duration,
	bodySize: number,
	tally: PageTally
): ScrapeReport {
	return {
		at,
		error: tally.error,
		duration,
		bodySize,
		samplesScraped: tally.scraped,
		samplesPostMetricRelabeling: tally.postRelabeling,
		seriesAdded: tally.seriesAdded,
		warnings: warningsOf(tally)
	};
}

function warningsOf({ outOfOrder, duplicates, outOfBounds, outOfBudget }: PageTally): string[] {
	const warnings = [
		[outOfOrder, 'Error on ingesting out-of-order samples'],
		[duplicates, 'Error on ingesting samples with different value but same timestamp'],
		[outOfBounds, 'Error on ingesting samples that are too old or are too far into the future'],
		[outOfBudget, 'Error on ingesting samples: the store is full']
	] as const;
	return warnings
		.filter(([dropped]) => dropped > 0)
		.map(([dropped, text]) => `${text} (num_dropped: ${dropped})`);
}

/** A series that a scrape leaves about itself, and what it says. */
type ReportSeries = readonly [name: string, value: (report: ScrapeReport) => number];

const REPORT_SERIES: readonly ReportSeries[] = [
	['up', ({ error }) => (error === undefined ? 1 : 0)],
	['scrape_duration_seconds', ({ duration }) => duration / SECOND],
	['scrape_samples_scraped', ({ samplesScraped }) => samplesScraped],
	[
		'scrape_samples_post_metric_relabeling',
		({ samplesPostMetricRelabeling }) => samplesPostMetricRelabeling
	],
	['scrape_series_added', ({ seriesAdded }) => seriesAdded]
];

/** Those that are there with `extra_scrape_metrics`. */
function extraSeries({ timeout, sampleLimit }: ReportedLimits): readonly ReportSeries[] {
	return [
		['scrape_timeout_seconds', () => timeout / SECOND],
		['scrape_sample_limit', () => sampleLimit],
		['scrape_body_size_bytes', ({ bodySize }) => bodySize]
	];
}

/** What the extra series tell of the configuration. */
export interface ReportedLimits {
	readonly timeout: Duration;
	readonly sampleLimit: number;
}

/** Writes the report series of one target: with its labels alone, whatever the page said. */
export class ReportWriter {
	readonly #appender: Appender;
	readonly #target: Labels;
	readonly #series: readonly ReportSeries[];
	/** Empty before the first report: a target that was never scraped leaves no series. */
	#refs: readonly SeriesRef[] = [];

	/** @param extra what the extra series are to tell; without it there are none */
	constructor(appender: Appender, target: Labels, extra?: ReportedLimits) {
		this.#appender = appender;
		this.#target = target;
		this.#series = extra ? [...REPORT_SERIES, ...extraSeries(extra)] : REPORT_SERIES;
	}

	/** Adds the report to the open row. */
	write(report: ScrapeReport): void {
		// A store that had no room may have some now.
		if (this.#refs.length === 0 || this.#refs.includes(REFUSED)) {
			this.#refs = this.#series.map(([name]) =>
				this.#appender.ref(reportLabels(this.#target, name))
			);
		}
		this.#series.forEach(([, value], i) => {
			this.#appender.add(this.#refs[i] as SeriesRef, value(report));
		});
	}

	/** Marks the report series as ended at the open row. */
	end(): void {
		for (const ref of this.#refs) this.#appender.markStale(ref);
	}
}
