import { createApi, readInstant, type PrometheusApi } from '#engine/api';
import {
	formatDuration,
	MINUTE,
	parseDuration,
	type Duration,
	type Querier,
	type Timestamp
} from '#engine/model';
import type { Features, QueryOptions } from '#engine/promql';
import { readFeatures } from './features.ts';
import { loadOpenMetrics } from './open-metrics.ts';
import type { Options, SourceOptions } from './options.ts';
import { limitedQuery, readQueryLimits } from './query-limits.ts';
import { liveWorld } from './world.ts';
import { readWorldChoice } from './world-choice.ts';

/** Something that can be asked, and the two moments that times are given relative to. */
export interface Source {
	/** What it is to the person who asks. */
	readonly kind: 'world' | 'file';
	readonly api: PrometheusApi;
	readonly querier: Querier;
	readonly features: Features;
	/** How a query that begins now is evaluated. */
	queryOptions(): QueryOptions;
	readonly start: Timestamp;
	readonly now: Timestamp;
}

/** The world or the file that the options name. Throws a UsageError. */
export async function openSource(options: SourceOptions): Promise<Source> {
	const features = readFeatures(options['enable-feature'] ?? []);
	const limits = readQueryLimits(options);
	const asking: Asking = { features, queryOptions: () => limitedQuery(features, limits) };
	return options.openmetrics === undefined
		? fromWorld(options, asking)
		: fromFile(options.openmetrics, asking);
}

/** How queries are asked, wherever they are. */
type Asking = Pick<Source, 'features' | 'queryOptions'>;

async function fromWorld(options: SourceOptions, asking: Asking): Promise<Source> {
	const choice = readWorldChoice(options, DEFAULT_UNTIL);
	const lab = await liveWorld({ ...choice, queryOptions: asking.queryOptions });
	const { api, head: querier, now } = lab;
	return { kind: 'world', api, querier, ...asking, start: lab.world.start, now };
}

/** How long a world lives before it is asked, when nothing is said. */
const DEFAULT_UNTIL: Duration = 15 * MINUTE;

function fromFile(path: string, asking: Asking): Source {
	const { head, metadata, start, end } = loadOpenMetrics(path);
	const api = createApi({
		querier: head,
		now: () => end,
		metadata: () => metadata,
		pools: () => [],
		queryOptions: asking.queryOptions
	});
	return { kind: 'file', api, querier: head, ...asking, start, now: end };
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
