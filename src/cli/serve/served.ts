import { createApi, type ApiSources, type PrometheusApi } from '#engine/api';
import type { Lab } from '#engine/lab';
import { formatDuration, type Timestamp } from '#engine/model';
import type { Features } from '#engine/promql';
import { readScrapeConfig, type Config } from '#engine/scrape';
import type { Head } from '#engine/tsdb';
import { PER_STEP_STATISTICS, readFeatures } from '../features.ts';
import { positiveNumber } from '../numbers.ts';
import { loadOpenMetrics } from '../open-metrics.ts';
import type { ServeOptions } from '../options.ts';
import { limitedQuery, readQueryLimits, type QueryLimits } from '../query-limits.ts';
import { readWorldChoice } from '../world-choice.ts';
import { liveWorld } from '../world.ts';
import { createOwnMetrics, type OwnMetrics } from './own-metrics.ts';

/** What a server answers from. */
export interface Served {
	readonly api: PrometheusApi;
	readonly head: Head;
	readonly features: Features;
	/** What is set, by the names of Prometheus' command line. */
	readonly flags: Readonly<Record<string, string>>;
	/** The prometheus.yml by which targets are scraped. */
	configuration(): Config;
	/** Where the world or the file begins. */
	readonly start: Timestamp;
	/** The moment of a question that names none. */
	now(): Timestamp;
	/** What is told at /metrics. */
	readonly metrics: OwnMetrics;
	/** The world that goes on while it is served, and how many times as fast as clocks on walls. */
	readonly live?: { readonly lab: Lab; readonly speed: number };
}

/** Where it listens when nothing is said. */
export const PORT = '9090';
export const LOOPBACK = '127.0.0.1';

/** Faster than this a world does not keep up. */
const TOP_SPEED = 3600;

/** The world or the file that the options name. Throws a UsageError. */
export async function openServed(options: ServeOptions): Promise<Served> {
	const features = readFeatures(options['enable-feature'] ?? [], [PER_STEP_STATISTICS]);
	const limits = readQueryLimits(options);
	const asking: Asking = { features, limits };
	return options.openmetrics === undefined
		? fromWorld(options, asking)
		: fromFile(options.openmetrics, options, asking);
}

/** How queries are answered. */
interface Asking {
	readonly features: Features;
	readonly limits: QueryLimits;
}

async function fromWorld(options: ServeOptions, asking: Asking): Promise<Served> {
	const speed = positiveNumber('speed', options.speed ?? '1', TOP_SPEED);
	const queryOptions = () => limitedQuery(asking.features, asking.limits);
	const lab = await liveWorld({ ...readWorldChoice(options, 0), queryOptions });
	const now = () => lab.now;
	const { head } = lab;
	const queries = createApi({
		querier: head,
		now,
		metadata: () => [],
		pools: () => [],
		...answering(options, asking)
	});
	return {
		// What the lab knows of its targets, and queries that are answered in time.
		api: { ...lab.api, query: queries.query, queryRange: queries.queryRange },
		configuration: () => configOf(lab.config),
		head,
		features: asking.features,
		flags: flagsOf(options, asking.limits),
		metrics: createOwnMetrics({ head, now }),
		start: lab.world.start,
		now,
		...(options.until === undefined && { live: { lab, speed } })
	};
}

function fromFile(path: string, options: ServeOptions, asking: Asking): Served {
	const { head, metadata, start, end } = loadOpenMetrics(path);
	const now = () => end;
	const api = createApi({
		querier: head,
		now,
		metadata: () => metadata,
		pools: () => [],
		...answering(options, asking)
	});
	return {
		api,
		configuration: () => configOf(''),
		head,
		features: asking.features,
		flags: flagsOf(options, asking.limits),
		metrics: createOwnMetrics({ head, now }),
		start,
		now
	};
}

function configOf(text: string): Config {
	const { config } = readScrapeConfig(text);
	if (!config) throw new Error('a configuration in use cannot be read');
	return config;
}

/** What Prometheus' command line knows and has a meaning here, with the values that hold. */
function flagsOf(
	{ config, 'enable-feature': features = [], listen, port }: ServeOptions,
	{ maxSamples, timeout, lookback }: QueryLimits
): Record<string, string> {
	return {
		...(config !== undefined && { 'config.file': config }),
		'enable-feature': features.join(','),
		'query.lookback-delta': formatDuration(lookback),
		'query.max-samples': String(maxSamples),
		'query.timeout': formatDuration(timeout),
		'web.enable-admin-api': 'false',
		'web.enable-lifecycle': 'false',
		'web.enable-otlp-receiver': 'false',
		'web.enable-remote-write-receiver': 'false',
		'web.listen-address': `${listen ?? LOOPBACK}:${port ?? PORT}`
	};
}

/** How queries are answered: in time, which needs a clock from outside, and with statistics. */
function answering(
	{ 'enable-feature': lists = [] }: ServeOptions,
	{ features, limits }: Asking
): Pick<ApiSources, 'queryOptions' | 'clock' | 'perStepStatistics'> {
	return {
		queryOptions: (timeout) => limitedQuery(features, limits, timeout),
		clock: () => performance.now(),
		perStepStatistics: lists.some((list) => list.split(',').includes(PER_STEP_STATISTICS))
	};
}
