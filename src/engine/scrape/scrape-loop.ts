import {
	createTextParser,
	type HistogramConverter,
	type ParsedPage,
	type TextParser
} from '#engine/exposition';
import {
	SECOND,
	type Appender,
	type Duration,
	type MetricMetadata,
	type TargetHealth,
	type Timestamp
} from '#engine/model';
import { acceptHeader, mediaTypeOf } from './accept.ts';
import { readableType } from './content-type.ts';
import { statusLine } from './http-status.ts';
import { MetadataCache } from './metadata-cache.ts';
import { reportOf, ReportWriter, type ScrapeReport } from './report.ts';
import { sampleLabels } from './sample-labels.ts';
import { SeriesCache } from './series-cache.ts';
import { DEFAULT_SETTINGS, type ScrapeSettings } from './settings.ts';
import { emptyTally, storePage, type PageTally, type SampleRules } from './store-page.ts';
import type { Target } from './target.ts';

export interface ScrapeLoopOptions {
	readonly target: Target;
	/** A response that takes longer fails the scrape. */
	readonly timeout: Duration;
	/** What is not given is as in a job that says nothing. */
	readonly settings?: Partial<ScrapeSettings>;
	/** What the loop that it follows remembered, or a new `ScrapeMemory`. */
	readonly memory: ScrapeMemory;
	/** Where it is told how scrapes go; its own when left out. */
	readonly state?: TargetState;
}

/** How a target is, whichever loop scrapes it. */
export interface TargetState {
	health: TargetHealth;
}

/** What a loop knows from the scrapes of its target, and where it writes. It can be handed on to another loop of the same target. */
export class ScrapeMemory {
	/** The target's own: it has a column of timestamps to itself. */
	readonly appender: Appender;
	readonly parser: TextParser = createTextParser();
	readonly series = new SeriesCache();
	readonly metadata = new MetadataCache();
	/** Makes native histograms of classic ones, where that is wanted. */
	readonly converter: HistogramConverter | undefined;

	constructor(appender: Appender, converter?: HistogramConverter) {
		this.appender = appender;
		this.converter = converter;
	}
}

interface Fetched {
	readonly error?: string;
	readonly duration: Duration;
	readonly contentType: string;
	readonly body: Uint8Array;
	/** As the report tells it. */
	readonly bodySize: number;
}

/** A scrape that has been answered. */
export interface ScrapeInFlight {
	/** How long the answer took. */
	readonly duration: Duration;
	/** Stores what it brought. */
	store(): ScrapeReport;
}

const NO_BODY = new Uint8Array(0);

/** Of a target that is new. */
export const NEVER_SCRAPED: TargetHealth = {
	health: 'unknown',
	lastError: '',
	lastScrapeDuration: 0
};

/** The scraping of one target: fetches its page, stores the samples, remembers which series it had. */
export class ScrapeLoop {
	readonly #options: ScrapeLoopOptions;
	readonly #memory: ScrapeMemory;
	readonly #settings: ScrapeSettings;
	readonly #accept: string;
	readonly #fallbackType: string;
	readonly #rules: SampleRules;
	readonly #report: ReportWriter;
	readonly #state: TargetState;
	/** Why the target is not to be scraped at all: the pool has too many. */
	forcedError: string | undefined;

	constructor(options: ScrapeLoopOptions) {
		const { target, memory, timeout } = options;
		const settings = { ...DEFAULT_SETTINGS, ...options.settings };
		const { fallbackScrapeProtocol: fallback } = settings;
		this.#options = options;
		this.#memory = memory;
		this.#state = options.state ?? { health: NEVER_SCRAPED };
		this.#settings = settings;
		this.#accept = acceptHeader(settings.scrapeProtocols, settings.metricNameEscapingScheme);
		this.#fallbackType = fallback === '' ? '' : mediaTypeOf(fallback);
		this.#rules = rulesOf(target, settings);
		const extra = { timeout, sampleLimit: settings.sampleLimit };
		this.#report = new ReportWriter(
			memory.appender,
			target.labels,
			settings.extraScrapeMetrics ? extra : undefined
		);
	}

	/** The target as its last scrape left it. */
	get health(): TargetHealth {
		return this.#state.health;
	}

	/** What the target's pages have said of their metric families, by name. */
	get metadata(): ReadonlyMap<string, MetricMetadata> {
		return this.#memory.metadata.byName;
	}

	/**
	 * Scrapes the target and stores what it brought at t. A failure is no exception: it is stored as `up` 0 and told in
	 * the report. One scrape has to be over before the next begins.
	 */
	async scrapeAt(t: Timestamp): Promise<ScrapeReport> {
		return (await this.begin(t)).store();
	}

	/** Asks the target at t for its page, which is to be stored `duration` later. */
	async begin(t: Timestamp): Promise<ScrapeInFlight> {
		const fetched = await this.#fetch();
		return { duration: fetched.duration, store: () => this.#end(fetched, t) };
	}

	/**
	 * Ends all series of a target that is scraped no more, as of t. If the target has returned by then, the markers come too late,
	 * and it goes on without a gap (scrape/scrape.go, endOfRunStaleness).
	 */
	retire(t: Timestamp): void {
		const { appender, series } = this.#memory;
		appender.begin(t);
		series.giveUp(appender);
		this.#report.end();
		appender.commit();
	}

	async #fetch(): Promise<Fetched> {
		const { target, timeout } = this.#options;
		const { bodySizeLimit } = this.#settings;
		if (this.forcedError !== undefined) return failed(this.forcedError, 0);
		const response = await target.scrape(this.#accept);
		if (response.duration > timeout) {
			return failed(`Get "${target.url}": context deadline exceeded`, timeout);
		}
		const { duration } = response;
		if (!response.ok) return failed(response.error, duration);
		const { status, contentType, body } = response;
		if (status !== 200) {
			return failed(`server returned HTTP status ${statusLine(status)}`, duration);
		}
		if (bodySizeLimit > 0 && body.length >= bodySizeLimit) {
			return { ...failed('body size limit exceeded', duration), bodySize: -1 };
		}
		return { duration, contentType, body, bodySize: body.length };
	}

	#end(fetched: Fetched, t: Timestamp): ScrapeReport {
		const { appender } = this.#memory;
		appender.begin(t);
		const tally = this.#store(fetched, t);
		const report = reportOf(t, fetched.duration, fetched.bodySize, tally);
		this.#report.write(report);
		appender.commit();
		this.#state.health = healthAfter(report);
		return report;
	}

	/** Adds what a scrape brought to the open row, and ends what it did not bring. */
	#store(fetched: Fetched, t: Timestamp): PageTally {
		const { appender, series, metadata } = this.#memory;
		// An empty page is a scrape of nothing that went well; not even its content type is looked at.
		const isNothing = fetched.error !== undefined || fetched.body.length === 0;
		const tally = isNothing ? emptyTally(fetched.error) : this.#storePage(fetched, t);
		const isGood = !isNothing && tally.error === undefined;
		if (isGood) {
			series.settle(appender);
			this.#memory.parser.settle();
		} else {
			appender.rollback();
			appender.begin(t);
			series.giveUp(appender);
		}
		metadata.next(isGood);
		return tally;
	}

	/** Adds a page. When the tally has an error, what was added is to be given up. */
	#storePage({ contentType, body, duration }: Fetched, t: Timestamp): PageTally {
		const { parser, converter, series, metadata, appender } = this.#memory;
		const media = readableType(contentType, this.#fallbackType);
		if ('error' in media) return emptyTally(media.error);
		const parsed = parser.parse(body, media.type);
		const read: ParsedPage = parsed.ok ? parsed : parsed.before;
		metadata.update(read.metadata);
		const page = converter ? converter.convert(read) : read;
		const fault = parsed.ok ? undefined : parsed.message;
		return storePage(page, series, appender, this.#rules, t + duration, fault);
	}
}

function healthAfter({ at, error, duration }: ScrapeReport): TargetHealth {
	return {
		health: error === undefined ? 'up' : 'down',
		lastError: error ?? '',
		lastScrape: at,
		lastScrapeDuration: duration / SECOND
	};
}

function failed(error: string, duration: Duration): Fetched {
	return { error, duration, contentType: '', body: NO_BODY, bodySize: 0 };
}

function rulesOf(target: Target, settings: ScrapeSettings): SampleRules {
	return {
		labelsOf: sampleLabels(target.labels, settings.honorLabels, settings.metricRelabelConfigs),
		honorTimestamps: settings.honorTimestamps,
		trackTimestamps: settings.trackTimestampsStaleness,
		sampleLimit: settings.sampleLimit,
		bucketLimit: settings.nativeHistogramBucketLimit,
		labelLimits: {
			count: settings.labelLimit,
			nameLength: settings.labelNameLengthLimit,
			valueLength: settings.labelValueLengthLimit
		},
		nameScheme: settings.metricNameValidationScheme
	};
}
