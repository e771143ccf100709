import { SECOND, type Duration, type Problem, type Timestamp } from '#engine/model';
import type {
	Fault,
	FaultTimeline,
	LatencyModel,
	RateProfile,
	RouteSpec,
	UserPopulation
} from '#engine/sim';
import { YamlReader, type YamlValue } from './yaml-reader.ts';

/** Everything a simulation starts from, apart from its seed and the learner's code. Plain data. */
export interface World {
	readonly title: string;
	/** Where the virtual clock begins. */
	readonly start: Timestamp;
	readonly scrape: ScrapeSettings;
	/** The service whose code the learner writes. */
	readonly service: ServiceSpec;
	/** Built-in services beside it, that the learner's one depends on. */
	readonly dependencies: readonly DependencySpec[];
	readonly traffic: {
		/** Moments count from `start`. */
		readonly rate: RateProfile;
		readonly routes: readonly RouteSpec[];
		readonly users: UserPopulation;
	};
	/** Moments count from `start`. */
	readonly faults: FaultTimeline;
	/** Which metrics measure what the simulator knows; their truth can be drawn beside them. */
	readonly truth: TruthNames;
}

export interface ScrapeSettings {
	readonly interval: Duration;
	readonly timeout: Duration;
	/** Bytes of an uncompressed page; 0 for no limit. */
	readonly bodySizeLimit: number;
}

export interface ServiceSpec {
	readonly job: string;
	readonly instances: number;
	readonly port: number;
	/** Requests that one instance serves at a time. */
	readonly workers: number;
}

/** What the nth instance of a service is called, counted from 1: its `instance` label. */
export function instanceName(service: { readonly job: string; readonly port: number }, n: number) {
	return `${service.job}-${n}:${service.port}`;
}

export interface DependencySpec {
	readonly job: string;
	readonly port: number;
}

export interface TruthNames {
	/** The counter of requests. */
	readonly requests: string;
	/** The histogram of their durations, in seconds. */
	readonly durations: string;
}

export type WorldOutcome =
	| { readonly ok: true; readonly world: World }
	| { readonly ok: false; readonly problems: readonly Problem[] };

const DEFAULT_START = '2026-01-05T09:00:00Z';
/** Far above any honest page and far below what would hurt the tab. */
const DEFAULT_BODY_SIZE_LIMIT = 20_000_000;

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
	const { rate, routes, users } = traffic.fields('rate', 'routes', 'users');
	const spec = readService(service);
	return {
		title: title.text(),
		start: readStart(start),
		scrape: readScrape(scrape),
		service: spec,
		dependencies: dependencies.list().map(readDependency),
		traffic: {
			rate: readRate(rate),
			routes: routes.list().map(readRoute),
			users: readUsers(users)
		},
		faults: faults.list().map((fault) => readFault(fault, spec)),
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
		bodySizeLimit: fields.body_size_limit.number(DEFAULT_BODY_SIZE_LIMIT)
	};
}

function readService(value: YamlValue): ServiceSpec {
	const { job, instances, port, workers } = value.fields('job', 'instances', 'port', 'workers');
	return {
		job: job.text(),
		instances: instances.number(1, 1),
		port: port.number(8000, 1),
		workers: workers.number(32, 1)
	};
}

function readDependency(value: YamlValue): DependencySpec {
	const { job, port } = value.fields('job', 'port');
	return { job: job.text(), port: port.number(8000, 1) };
}

function readUsers(value: YamlValue): UserPopulation {
	if (!value.exists) return { count: 1000, exponent: 1 };
	const { count, exponent } = value.fields('count', 'exponent');
	return { count: count.number(1000, 1), exponent: exponent.number(1) };
}

/** `50`, or one of the named profiles. */
function readRate(value: YamlValue): RateProfile {
	const variant = value.variant();
	if (!variant) return { kind: 'constant', rate: value.number() };
	const { name, value: inner } = variant;
	if (name === 'steps') {
		const steps = inner.list().map((step) => {
			const { at, rate } = step.fields('at', 'rate');
			return [at.duration(0), rate.number()] as const;
		});
		return { kind: 'steps', steps };
	}
	if (name === 'ramp') {
		const { start, end, from, to } = inner.fields('start', 'end', 'from', 'to');
		return {
			kind: 'ramp',
			start: start.duration(0),
			end: end.duration(),
			from: from.number(),
			to: to.number()
		};
	}
	if (name === 'daily') {
		const { mean, swing, peak_at, period } = inner.fields('mean', 'swing', 'peak_at', 'period');
		return {
			kind: 'daily',
			mean: mean.number(),
			swing: swing.share(0.5),
			peakAt: peak_at.duration(0),
			...(period.exists && { period: period.duration() })
		};
	}
	inner.fail(`rate is a number, or one of steps, ramp and daily; not "${name}"`);
	return { kind: 'constant', rate: 0 };
}

function readRoute(value: YamlValue): RouteSpec {
	const fields = value.fields(
		'method',
		'path',
		'weight',
		'latency',
		'not_found',
		'errors',
		'error',
		'status',
		'ids',
		'calls'
	);
	return {
		method: fields.method.text('GET'),
		path: fields.path.text(),
		weight: fields.weight.number(1),
		latency: readLatency(fields.latency),
		notFound: fields.not_found.share(0),
		errors: fields.errors.share(0),
		error: fields.error.text('internal error'),
		status: fields.status.number(200, 100),
		ids: fields.ids.number(10_000, 1),
		...(fields.calls.exists && { dependency: fields.calls.text() })
	};
}

/** `80ms`, or one of the named models. */
function readLatency(value: YamlValue): LatencyModel {
	const variant = value.variant();
	if (!variant) return { kind: 'constant', value: value.duration() };
	const { name, value: inner } = variant;
	switch (name) {
		case 'uniform': {
			const { min, max } = inner.fields('min', 'max');
			return { kind: 'uniform', min: min.duration(), max: max.duration() };
		}
		case 'exponential': {
			const { mean } = inner.fields('mean');
			return { kind: 'exponential', mean: mean.duration() };
		}
		case 'lognormal': {
			const { median, sigma } = inner.fields('median', 'sigma');
			return { kind: 'lognormal', median: median.duration(), sigma: sigma.number() };
		}
		case 'bimodal': {
			const modes = inner.list().map((mode) => {
				const { weight, latency } = mode.fields('weight', 'latency');
				return { weight: weight.number(), model: readLatency(latency) };
			});
			return { kind: 'bimodal', modes };
		}
		case 'timeout_cliff': {
			const { base, share, hang } = inner.fields('base', 'share', 'hang');
			return {
				kind: 'timeout-cliff',
				base: readLatency(base),
				share: share.share(),
				hang: hang.duration()
			};
		}
	}
	inner.fail(
		`latency is a duration, or one of uniform, exponential, lognormal, bimodal and timeout_cliff; not "${name}"`
	);
	return { kind: 'constant', value: 0 };
}

function readFault(value: YamlValue, service: ServiceSpec): Fault {
	const fallback: Fault = { kind: 'crash', at: 0, instance: '', downFor: 0 };
	const instanceOf = (field: YamlValue): string => {
		const number = field.number(1, 1);
		if (number > service.instances) {
			field.fail(`there is no instance ${number}: the service has ${service.instances}`);
		}
		return instanceName(service, number);
	};
	const variant = value.variant();
	if (!variant) {
		value.fail('a fault is one of crash, error_burst, slow_dependency and lost_scrape');
		return fallback;
	}
	const { name, value: inner } = variant;
	switch (name) {
		case 'crash': {
			const { at, instance, down_for } = inner.fields('at', 'instance', 'down_for');
			return {
				kind: 'crash',
				at: at.duration(),
				instance: instanceOf(instance),
				downFor: down_for.duration()
			};
		}
		case 'error_burst': {
			const { at, for: length, share, endpoint } = inner.fields('at', 'for', 'share', 'endpoint');
			return {
				kind: 'error-burst',
				at: at.duration(),
				for: length.duration(),
				share: share.share(),
				...(endpoint.exists && { endpoint: endpoint.text() })
			};
		}
		case 'slow_dependency': {
			const fields = inner.fields('at', 'for', 'factor', 'dependency');
			return {
				kind: 'slow-dependency',
				at: fields.at.duration(),
				for: fields.for.duration(),
				factor: fields.factor.number(),
				dependency: fields.dependency.text()
			};
		}
		case 'lost_scrape': {
			const { at, for: length, instance } = inner.fields('at', 'for', 'instance');
			return {
				kind: 'lost-scrape',
				at: at.duration(),
				for: length.duration(),
				...(instance.exists && { instance: instanceOf(instance) })
			};
		}
	}
	value.fail(
		`"${name}" is no fault: known are crash, error_burst, slow_dependency and lost_scrape`
	);
	return fallback;
}

function readTruth(value: YamlValue): TruthNames {
	if (!value.exists) {
		return { requests: 'http_requests_total', durations: 'http_request_duration_seconds' };
	}
	const { requests, durations } = value.fields('requests', 'durations');
	return { requests: requests.text(), durations: durations.text() };
}
