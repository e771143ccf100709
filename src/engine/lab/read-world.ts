import { SECOND, type Problem, type Timestamp } from '#engine/model';
import { readFault } from './read-fault.ts';
import { readTraffic } from './read-traffic.ts';
import type { DependencySpec, ScrapeSettings, ServiceSpec, TruthNames, World } from './world.ts';
import { YamlReader, type YamlValue } from './yaml-reader.ts';

/** A world, or all that is wrong with the text. */
export type WorldOutcome =
	| { readonly ok: true; readonly world: World }
	| { readonly ok: false; readonly problems: readonly Problem[] };

const DEFAULT_START = '2026-01-05T09:00:00Z';
/** Each is a thread. */
const MOST_INSTANCES = 100;
/** Far above any honest page and far below what would hurt the tab. */
const DEFAULT_BODY_SIZE_LIMIT = 20_000_000;
/** A program that has a core to itself and does not count every byte. */
const DEFAULT_PAGE_RATE = 20_000_000;

/** Reads a `world.yaml`. All that is wrong with it comes back, with positions. */
export function parseWorld(text: string): WorldOutcome {
	const reader = new YamlReader(text);
	if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
	const world = readWorld(reader.root);
	return reader.problems.length > 0
		? { ok: false, problems: reader.problems }
		: { ok: true, world };
}

function readWorld(root: YamlValue): World {
	const { title, start, scrape, service, dependencies, traffic, faults, truth } = root.fields(
		'title',
		'start',
		'scrape',
		'service',
		'dependencies',
		'traffic',
		'faults',
		'truth'
	);
	const spec = readService(service);
	const jobs = new Set([spec.job]);
	return {
		title: title.text(),
		start: readStart(start),
		scrape: readScrape(scrape),
		service: spec,
		dependencies: dependencies.list().map((dependency) => readDependency(dependency, jobs)),
		traffic: readTraffic(traffic),
		faults: faults.list().flatMap((fault) => readFault(fault, spec) ?? []),
		truth: readTruth(truth)
	};
}

function readStart(value: YamlValue): Timestamp {
	const start = Date.parse(value.text(DEFAULT_START));
	if (Number.isNaN(start)) value.fail(`start must be a time such as ${DEFAULT_START}`);
	return start;
}

function readScrape(value: YamlValue): ScrapeSettings {
	if (!value.exists) {
		return {
			interval: 15 * SECOND,
			timeout: 10 * SECOND,
			bodySizeLimit: DEFAULT_BODY_SIZE_LIMIT
		};
	}
	const fields = value.fields('interval', 'timeout', 'body_size_limit');
	const interval = fields.interval.duration(15 * SECOND);
	const timeout = fields.timeout.duration(Math.min(10 * SECOND, interval));
	if (interval <= 0) fields.interval.fail('interval must be longer than 0s');
	if (timeout > interval) fields.timeout.fail('timeout must not be longer than interval');
	return {
		interval,
		timeout,
		bodySizeLimit: fields.body_size_limit.integer(0, { fallback: DEFAULT_BODY_SIZE_LIMIT })
	};
}

function readService(value: YamlValue): ServiceSpec {
	const { job, instances, port, workers, page_rate } = value.fields(
		'job',
		'instances',
		'port',
		'workers',
		'page_rate'
	);
	return {
		job: readJob(job, /^[a-z_][\w-]*$/i, 'shop: letters, digits, - and _'),
		instances: instances.integer(1, { highest: MOST_INSTANCES, fallback: 1 }),
		port: readPort(port),
		workers: workers.integer(1, { fallback: 32 }),
		pageRate: page_rate.integer(1, { fallback: DEFAULT_PAGE_RATE })
	};
}

/** The names of a dependency's metrics begin with its job. */
function readDependency(value: YamlValue, jobs: Set<string>): DependencySpec {
	const fields = value.fields('job', 'port');
	const job = readJob(fields.job, /^[a-z_]\w*$/i, 'payments: letters, digits and _');
	if (jobs.has(job)) value.fail(`there is another job named ${job}`);
	jobs.add(job);
	return { job, port: readPort(fields.port) };
}

function readJob(value: YamlValue, pattern: RegExp, example: string): string {
	const job = value.text('');
	if (!pattern.test(job)) {
		value.fail(`job must be a name such as ${example}, with no digit in front`);
	}
	return job;
}

function readPort(value: YamlValue): number {
	return value.integer(1, { highest: 65_535, fallback: 8000 });
}

function readTruth(value: YamlValue): TruthNames {
	if (!value.exists) {
		return { requests: 'http_requests_total', durations: 'http_request_duration_seconds' };
	}
	const { requests, durations } = value.fields('requests', 'durations');
	return { requests: requests.text(), durations: durations.text() };
}
