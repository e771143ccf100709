import type { Timestamp } from '#engine/model';
import { answer, success } from './api-error.ts';
import type { ApiResponse } from './api.ts';
import { topListLength } from './count-parameter.ts';
import { fields, type JsonData, type JsonFields, type JsonMap } from './json-map.ts';
import { rfc3339 } from './json-time.ts';

/** One line of a top list. */
export interface TopEntry {
	readonly name: string;
	readonly value: number;
}

/** What a head tells of itself; the head of tsdb gives just this. */
export interface HeadStatistics {
	readonly numSeries: number;
	readonly numLabelPairs: number;
	/** Undefined while the head is empty. */
	readonly minTime: Timestamp | undefined;
	readonly maxTime: Timestamp | undefined;
	readonly seriesCountByMetricName: readonly TopEntry[];
	readonly labelValueCountByLabelName: readonly TopEntry[];
	readonly memoryInBytesByLabelName: readonly TopEntry[];
	readonly seriesCountByLabelValuePair: readonly TopEntry[];
}

/** The times of an empty head: it begins after everything and ends before. */
const NO_MIN_TIME = 2n ** 63n - 1n;
const NO_MAX_TIME = -(2n ** 63n);

/** The status/tsdb endpoint. `stats` makes lists of the given length. */
export function tsdbStatus(
	stats: (limit: number) => HeadStatistics,
	{ limit }: { readonly limit?: string }
): ApiResponse<JsonFields> {
	return answer(() => {
		const head = stats(topListLength(limit));
		return success(
			fields({
				headStats: fields({
					numSeries: head.numSeries,
					numLabelPairs: head.numLabelPairs,
					// Samples lie in columns here, and no column is a chunk.
					chunkCount: 0,
					minTime: head.minTime ?? NO_MIN_TIME,
					maxTime: head.maxTime ?? NO_MAX_TIME
				}),
				seriesCountByMetricName: topList(head.seriesCountByMetricName),
				labelValueCountByLabelName: topList(head.labelValueCountByLabelName),
				memoryInBytesByLabelName: topList(head.memoryInBytesByLabelName),
				seriesCountByLabelValuePair: topList(head.seriesCountByLabelValuePair)
			})
		);
	});
}

function topList(entries: readonly TopEntry[]): JsonData {
	return entries.map(({ name, value }) => fields({ name, value }));
}

/** The release whose semantics the engine has. */
const VERSION = '3.14.0';

/** The status/buildinfo endpoint: the version is the one of Prometheus that clients may expect the features of. */
export function buildInfo(): ApiResponse<JsonFields> {
	return success(
		fields({
			version: VERSION,
			revision: 'promenade',
			branch: '',
			buildUser: '',
			buildDate: '',
			goVersion: ''
		})
	);
}

/** What is known of the process that answers. */
export interface RuntimeFacts {
	readonly startTime: Timestamp;
	readonly serverTime: Timestamp;
	readonly directory: string;
	readonly hostname: string;
}

/** The status/runtimeinfo endpoint. What only a program in Go has is 0 or empty; one thread does all the work. */
export function runtimeInfo(facts: RuntimeFacts): ApiResponse<JsonFields> {
	return success(
		fields({
			startTime: rfc3339(facts.startTime),
			CWD: facts.directory,
			hostname: facts.hostname,
			serverTime: rfc3339(facts.serverTime),
			reloadConfigSuccess: true,
			lastConfigTime: rfc3339(facts.startTime),
			corruptionCount: 0,
			goroutineCount: 1,
			GOMAXPROCS: 1,
			GOMEMLIMIT: 0,
			GOGC: '',
			GODEBUG: '',
			storageRetention: ''
		})
	);
}

/** The status/config endpoint: the configuration, as Prometheus prints it. */
export function statusConfig(yaml: string): ApiResponse<JsonFields> {
	return success(fields({ yaml }));
}

/** The status/flags endpoint: what is set, by the names of Prometheus' command line. */
export function flags(values: Readonly<Record<string, string>>): ApiResponse<JsonMap> {
	return success(values);
}

/** The status/walreplay endpoint of a store without a write-ahead log. */
export function walReplay(): ApiResponse<JsonFields> {
	return success(fields({ min: 0, max: 0, current: 0 }));
}

/** The status/tsdb/blocks endpoint of a store without blocks on disk. */
export function blocks(): ApiResponse<JsonMap> {
	return success({ blocks: [] });
}

/** The alerts endpoint where there are no rules. */
export function noAlerts(): ApiResponse<JsonMap> {
	return success({ alerts: [] });
}

/** The alertmanagers endpoint where none is configured. */
export function noAlertmanagers(): ApiResponse<JsonFields> {
	return success(fields({ activeAlertmanagers: [], droppedAlertmanagers: [] }));
}

/** The notifications endpoint: there is nothing of which an operator would have to be told. */
export function noNotifications(): ApiResponse<readonly never[]> {
	return success([]);
}
