import { createApi, type ApiSources, type PrometheusApi } from '#engine/api';
import type { Lab } from '#engine/lab';
import { formatDuration, MINUTE, type Duration, type Timestamp } from '#engine/model';
import type { Features, QueryOptions } from '#engine/promql';
import { readScrapeConfig, type Config } from '#engine/scrape';
import type { Head } from '#engine/tsdb';
import { PER_STEP_STATISTICS, readFeatures } from '../features.ts';
import { durationOf, positiveNumber, wholeNumber } from '../numbers.ts';
import { loadOpenMetrics } from '../open-metrics.ts';
import type { ServeOptions } from '../options.ts';
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

/** How long a query may take, ms (cmd/prometheus, query.timeout). */
export const QUERY_TIMEOUT: Duration = 2 * MINUTE;

/** Faster than this a world does not keep up. */
const TOP_SPEED = 3600;

/** The world or the file that the options name. Throws a UsageError. */
export async function openServed(options: ServeOptions): Promise<Served> {
	const features = readFeatures(options['enable-feature'] ?? [], [PER_STEP_STATISTICS]);
	return options.openmetrics === undefined
		? fromWorld(options, features)
		: fromFile(options.openmetrics, options, features);
}

async function fromWorld(options: ServeOptions, features: Features): Promise<Served> {
	const seed = wholeNumber('seed', options.seed ?? '1');
	const speed = positiveNumber('speed', options.speed ?? '1', TOP_SPEED);
	const until = options.until === undefined ? 0 : durationOf('until', options.until);
	const { world = 'shop', app, config } = options;
	const lab = await liveWorld({ world, app, seed, until, config, features });
	const now = () => lab.now;
	const { head } = lab;
	const queries = createApi({
		querier: head,
		now,
		metadata: () => [],
		pools: () => [],
		...answering(options, features)
	});
	return {
		// What the lab knows of its targets, and queries that are answered in time.
		api: { ...lab.api, query: queries.query, queryRange: queries.queryRange },
		configuration: () => configOf(lab.config),
		head,
		features,
		flags: flagsOf(options),
		metrics: createOwnMetrics({ head, now }),
		start: lab.world.start,
		now,
		...(options.until === undefined && { live: { lab, speed } })
	};
}

function fromFile(path: string, options: ServeOptions, features: Features): Served {
	const { head, metadata, start, end } = loadOpenMetrics(path);
	const now = () => end;
	const api = createApi({
		querier: head,
		now,
		metadata: () => metadata,
		pools: () => [],
		...answering(options, features)
	});
	return {
		api,
		configuration: () => configOf(''),
		head,
		features,
		flags: flagsOf(options),
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

function flagsOf({
	config,
	'enable-feature': features = []
}: ServeOptions): Record<string, string> {
	return {
		...(config !== undefined && { 'config.file': config }),
		'enable-feature': features.join(','),
		'query.lookback-delta': formatDuration(5 * MINUTE),
		'query.timeout': formatDuration(QUERY_TIMEOUT)
	};
}

/** How queries are answered: in time, which needs a clock from outside, and with statistics. */
function answering(
	{ 'enable-feature': lists = [] }: ServeOptions,
	features: Features
): Pick<ApiSources, 'queryOptions' | 'clock' | 'perStepStatistics'> {
	return {
		queryOptions: (timeout) => queryOptions(features, timeout),
		clock: () => performance.now(),
		perStepStatistics: lists.some((list) => list.split(',').includes(PER_STEP_STATISTICS))
	};
}

/** For a query that begins now, which is ended when it has taken too long for whoever asks, or for us. */
function queryOptions(features: Features, timeout: Duration = QUERY_TIMEOUT): QueryOptions {
	const latest = performance.now() + Math.min(timeout, QUERY_TIMEOUT);
	return { features, interrupt: () => (performance.now() >= latest ? 'timeout' : undefined) };
}
