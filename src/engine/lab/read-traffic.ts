import type {
	LatencyMode,
	LatencyModel,
	RateProfile,
	RouteSpec,
	UserPopulation
} from '#engine/sim';
import type { World } from './world.ts';
import type { YamlValue } from './yaml-reader.ts';

/** Requests a second. Each is simulated, so that more would be a tab that hangs. */
const HIGHEST_RATE = 100_000;

/** The crowd: how many requests arrive, on which routes, from whom. */
export function readTraffic(value: YamlValue): World['traffic'] {
	const { rate, routes, users } = value.fields('rate', 'routes', 'users');
	return { rate: readRate(rate), routes: readRoutes(routes), users: readUsers(users) };
}

function readUsers(value: YamlValue): UserPopulation {
	if (!value.exists) return { count: 1000, exponent: 1 };
	const { count, exponent } = value.fields('count', 'exponent');
	return { count: count.integer(1, { fallback: 1000 }), exponent: exponent.number(1) };
}

/** `50`, or one of the named profiles. */
function readRate(value: YamlValue): RateProfile {
	const variant = value.variant();
	if (!variant) return { kind: 'constant', rate: perSecond(value) };
	switch (variant.name) {
		case 'steps':
			return readSteps(variant.value);
		case 'ramp':
			return readRamp(variant.value);
		case 'daily':
			return readDaily(variant.value);
	}
	variant.value.fail(`rate is a number, or one of steps, ramp and daily; not "${variant.name}"`);
	return { kind: 'constant', rate: 0 };
}

function perSecond(value: YamlValue): number {
	const rate = value.number();
	if (rate > HIGHEST_RATE) value.fail(`rate must be at most ${HIGHEST_RATE} requests a second`);
	return rate;
}

function readSteps(value: YamlValue): RateProfile {
	let last = -1;
	const steps = value.list().map((step) => {
		const fields = step.fields('at', 'rate');
		const at = fields.at.duration(0);
		if (at <= last) step.fail('each step must be later than the one before');
		last = at;
		return [at, perSecond(fields.rate)] as const;
	});
	return { kind: 'steps', steps };
}

function readRamp(value: YamlValue): RateProfile {
	const fields = value.fields('start', 'end', 'from', 'to');
	const start = fields.start.duration(0);
	const end = fields.end.duration();
	if (end <= start) fields.end.fail('end must be later than start');
	return { kind: 'ramp', start, end, from: perSecond(fields.from), to: perSecond(fields.to) };
}

function readDaily(value: YamlValue): RateProfile {
	const fields = value.fields('mean', 'swing', 'peak_at', 'period');
	const period = fields.period.exists ? { period: fields.period.duration() } : {};
	if (period.period === 0) fields.period.fail('period must be longer than 0s');
	return {
		kind: 'daily',
		mean: perSecond(fields.mean),
		swing: fields.swing.share(0.5),
		peakAt: fields.peak_at.duration(0),
		...period
	};
}

function readRoutes(value: YamlValue): RouteSpec[] {
	const routes = value.list().map(readRoute);
	if (routes.length === 0) value.fail('there must be at least one route');
	else if (!hasWeight(routes)) value.fail('one of the routes must have a weight above 0');
	return routes;
}

function hasWeight(choices: readonly { readonly weight: number }[]): boolean {
	return choices.some(({ weight }) => weight > 0);
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
		status: fields.status.integer(100, { highest: 599, fallback: 200 }),
		ids: fields.ids.integer(1, { fallback: 10_000 }),
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
		case 'bimodal':
			return { kind: 'bimodal', modes: readModes(inner) };
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

function readModes(value: YamlValue): LatencyMode[] {
	const modes = value.list().map((mode) => {
		const { weight, latency } = mode.fields('weight', 'latency');
		return { weight: weight.number(), model: readLatency(latency) };
	});
	if (!hasWeight(modes)) {
		value.fail('bimodal must have at least one mode with a weight above 0');
	}
	return modes;
}
