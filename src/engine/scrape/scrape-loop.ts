import { createTextParser, type UnreadablePage } from '#engine/exposition';
import {
	formatDuration,
	labelValue,
	SECOND,
	type Appender,
	type Duration,
	type MetricMetadata,
	type TargetStatus,
	type Timestamp
} from '#engine/model';
import { ACCEPT_HEADER } from './accept.ts';
import { contentTypeError } from './content-type.ts';
import { statusLine } from './http-status.ts';
import type { LabelLimits } from './label-limits.ts';
import { MetadataCache } from './metadata-cache.ts';
import type { RelabelRule } from './relabel/rule.ts';
import { reportOf, ReportWriter, type ScrapeReport } from './report.ts';
import { sampleLabels } from './sample-labels.ts';
import { SeriesCache } from './series-cache.ts';
import { emptyTally, storePage, type PageTally, type SampleRules } from './store-page.ts';
import type { Target } from './target.ts';

export interface ScrapeLoopOptions {
	readonly target: Target;
	/** This loop's own: a target has a column of timestamps to itself. */
	readonly appender: Appender;
	/** How often the target is meant to be scraped. Shown to people; keeping it is for the owner of the clock. */
	readonly interval: Duration;
	/** A response that takes longer fails the scrape. */
	readonly timeout: Duration;
	/** Whether an exposed label wins over the target's; false when left out. */
	readonly honorLabels?: boolean;
	/** Whether timestamps in the page are used; true when left out. */
	readonly honorTimestamps?: boolean;
	/** Samples of a page; 0 or nothing for no limit. */
	readonly sampleLimit?: number;
	/** A page must have fewer bytes; 0 or nothing for no limit. */
	readonly bodySizeLimit?: number;
	readonly labelLimits?: LabelLimits;
	/** Rules for each series, with the target's labels, before limits and storage; each one passes `checkRule`. */
	readonly metricRelabel?: readonly RelabelRule[];
}

interface Fetched {
	readonly error?: string;
	readonly duration: Duration;
	readonly contentType: string;
	readonly body: Uint8Array;
}

const NO_BODY = new Uint8Array(0);

/** The scraping of one target: fetches its page, stores the samples, remembers which series it had. */
export class ScrapeLoop {
	readonly #options: ScrapeLoopOptions;
	readonly #appender: Appender;
	readonly #rules: SampleRules;
	readonly #parser = createTextParser();
	readonly #series = new SeriesCache();
	readonly #metadata = new MetadataCache();
	readonly #report: ReportWriter;
	#status: TargetStatus;

	constructor(options: ScrapeLoopOptions) {
		const { target, appender } = options;
		this.#options = options;
		this.#appender = appender;
		this.#rules = {
			labelsOf: sampleLabels(target.labels, options.honorLabels ?? false, options.metricRelabel),
			honorTimestamps: options.honorTimestamps ?? true,
			sampleLimit: options.sampleLimit ?? 0,
			labelLimits: options.labelLimits ?? {}
		};
		this.#report = new ReportWriter(appender, target.labels);
		this.#status = {
			labels: target.labels,
			scrapePool: labelValue(target.labels, 'job'),
			scrapeUrl: target.url,
			health: 'unknown',
			lastError: '',
			lastScrapeDuration: 0,
			scrapeInterval: formatDuration(options.interval),
			scrapeTimeout: formatDuration(options.timeout)
		};
	}

	/** The target as its last scrape left it. */
	get status(): TargetStatus {
		return this.#status;
	}

	/** What the target's pages have said of their metric families, by name. */
	get metadata(): ReadonlyMap<string, MetricMetadata> {
		return this.#metadata.byName;
	}

	/**
	 * Scrapes the target and stores what it brought at t. A failure is no exception: it is stored as `up` 0 and told in
	 * the report. One scrape has to be over before the next begins.
	 */
	async scrapeAt(t: Timestamp): Promise<ScrapeReport> {
		const fetched = await this.#fetch();
		this.#appender.begin(t);
		const tally = fetched.error === undefined ? this.#store(fetched) : emptyTally(fetched.error);
		if (tally.error !== undefined) this.#giveUp(t);
		const report = reportOf(t, fetched.duration, tally);
		this.#report.write(report);
		this.#appender.commit();
		this.#status = this.#statusAfter(report);
		return report;
	}

	/**
	 * Ends all series of a target that is scraped no more, as of t. Prometheus waits two intervals and a tenth before it
	 * does so, and stamps the markers with the moment at which the target would have been scraped next; if the target has
	 * returned by then they come too late, and it goes on without a gap (scrape/scrape.go, endOfRunStaleness).
	 */
	retire(t: Timestamp): void {
		this.#appender.begin(t);
		this.#series.endAll(this.#appender);
		this.#report.end();
		this.#appender.commit();
	}

	async #fetch(): Promise<Fetched> {
		const { target, timeout, bodySizeLimit = 0 } = this.#options;
		const response = await target.scrape(ACCEPT_HEADER);
		const duration = Math.min(response.duration, timeout);
		const failed = (error: string) => ({ error, duration, contentType: '', body: NO_BODY });
		if (response.duration > timeout) return failed('context deadline exceeded');
		if (!response.ok) return failed(response.error);
		const { status, contentType, body } = response;
		if (status !== 200) return failed(`server returned HTTP status ${statusLine(status)}`);
		if (bodySizeLimit > 0 && body.length >= bodySizeLimit)
			return failed('body size limit exceeded');
		return { duration, contentType, body };
	}

	/** Adds a page to the open row. When the tally has an error, what was added is to be given up. */
	#store({ contentType, body }: Fetched): PageTally {
		// An empty page is a scrape of nothing that went well; not even its content type is looked at.
		if (body.length === 0) {
			this.#series.endAll(this.#appender);
			return emptyTally();
		}
		const flaw = contentTypeError(contentType);
		if (flaw !== undefined) return emptyTally(flaw);
		const page = this.#parser.parse(body, contentType);
		if (!page.ok) return brokenPageTally(body, contentType, page, this.#rules);
		const tally = storePage(page, this.#series, this.#appender, this.#rules);
		this.#metadata.update(page.metadata);
		if (tally.error === undefined) this.#series.settle(this.#appender);
		return tally;
	}

	/**
	 * Rolls the scrape back whole and marks every series of the last good one as ended. Prometheus 3.14 spares those that it
	 * met in the page before the error, because its cache has tracked them by then. Here `up` 0 means that all have ended.
	 */
	#giveUp(t: Timestamp): void {
		this.#appender.rollback();
		this.#appender.begin(t);
		this.#series.endAll(this.#appender);
	}

	#statusAfter({ at, error, duration }: ScrapeReport): TargetStatus {
		return {
			...this.#status,
			health: error === undefined ? 'up' : 'down',
			lastError: error ?? '',
			lastScrape: at,
			lastScrapeDuration: duration / SECOND
		};
	}
}

/**
 * The tally of a page that breaks off: Prometheus reads as it stores, so it has counted and relabelled the samples before the
 * fault. They are a page of their own, once it ends as OpenMetrics wants it; and all that is wrong may be that this end is missing.
 */
function brokenPageTally(
	body: Uint8Array,
	contentType: string,
	{ message, line }: UnreadablePage,
	{ labelsOf }: SampleRules
): PageTally {
	const before = body.subarray(0, startOfLine(body, line));
	for (const page of [withPageEnd(body), before, withPageEnd(before)]) {
		const parsed = createTextParser().parse(page, contentType);
		if (!parsed.ok) continue;
		const kept = parsed.series.filter((exposed) => labelsOf(exposed));
		return { ...emptyTally(message), scraped: parsed.series.length, postRelabeling: kept.length };
	}
	return emptyTally(message);
}

function startOfLine(body: Uint8Array, line: number): number {
	let from = 0;
	for (let number = 1; number < line; number++) {
		const end = body.indexOf(NEWLINE, from);
		if (end < 0) return body.length;
		from = end + 1;
	}
	return from;
}

function withPageEnd(lines: Uint8Array): Uint8Array {
	const page = new Uint8Array(lines.length + PAGE_END.length);
	page.set(lines);
	page.set(PAGE_END, lines.length);
	return page;
}

const NEWLINE = 0x0a;
const PAGE_END = new TextEncoder().encode('# EOF\n');
