import { createApi, readInstant, type PrometheusApi } from '#engine/api';
import { formatDuration, parseDuration, type Querier, type Timestamp } from '#engine/model';
import type { Features } from '#engine/promql';
import { readFeatures } from './features.ts';
import { durationOf, wholeNumber } from './numbers.ts';
import { loadOpenMetrics } from './open-metrics.ts';
import type { Options } from './options.ts';
import { liveWorld } from './world.ts';

/** Something that can be asked, and the two moments that times are given relative to. */
export interface Source {
	/** What it is to the person who asks. */
	readonly kind: 'world' | 'file';
	readonly api: PrometheusApi;
	readonly querier: Querier;
	readonly features: Features;
	readonly start: Timestamp;
	readonly now: Timestamp;
}

/** The world or the file that the options name. Throws a UsageError. */
export async function openSource(options: Options): Promise<Source> {
	const features = readFeatures(options['enable-feature'] ?? []);
	return options.openmetrics === undefined
		? fromWorld(options, features)
		: fromFile(options.openmetrics, features);
}

async function fromWorld(options: Options, features: Features): Promise<Source> {
	const lab = await liveWorld({
		world: options.world ?? 'shop',
		app: options.app,
		seed: wholeNumber('seed', options.seed ?? '1'),
		until: durationOf('until', options.until ?? '15m'),
		config: options.config,
		features
	});
	const { api, head: querier, now } = lab;
	return { kind: 'world', api, querier, features, start: lab.world.start, now };
}

function fromFile(path: string, features: Features): Source {
	const { head, metadata, start, end } = loadOpenMetrics(path);
	const api = createApi({
		querier: head,
		now: () => end,
		metadata: () => metadata,
		pools: () => [],
		queryOptions: () => ({ features })
	});
	return { kind: 'file', api, querier: head, features, start, now: end };
}

/** What the options say about time, as the parameters of an instant query or of a range query. */
export type TimeParams =
	| { readonly kind: 'instant'; readonly time: string }
	| {
			readonly kind: 'range';
			readonly start: string;
			readonly end: string;
			readonly step: string;
	  };

/** When to ask. Durations count from where the world or the file begins; the API reads the rest, and says what is wrong with it. */
export function timeParams({ time, start, end, step }: Options, source: Source): TimeParams {
	if (start === undefined || end === undefined || step === undefined) {
		const now = String(source.now / 1000);
		return { kind: 'instant', time: time === undefined ? now : moment(time, source) };
	}
	return { kind: 'range', start: moment(start, source), end: moment(end, source), step };
}

/** A line on standard error about a moment later than anything there is: results are old there, or missing. */
export function tellLateness(when: TimeParams, { kind, start, now }: Source): void {
	const [option, time] = when.kind === 'instant' ? ['--time', when.time] : ['--end', when.end];
	const asked = readInstant({ time }, now);
	if (asked.status === 'error' || asked.data <= now) return;
	const end = `${formatDuration(now - start)} after its beginning, at ${new Date(now).toISOString()}`;
	console.error(`lab: ${option} is too late: the ${kind} ends ${end}`);
}

function moment(text: string, { start }: Source): string {
	try {
		return Number.isNaN(Number(text)) ? String((start + parseDuration(text)) / 1000) : text;
	} catch {
		return text;
	}
}
