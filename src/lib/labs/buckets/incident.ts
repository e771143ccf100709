import { createRandom, type LatencyModel } from '#engine/sim';
import { classicQuantile, observe, type ClassicBuckets } from './classic.ts';
import { draw, trueQuantile } from './crowd.ts';
import type { Edges } from './edges.ts';
import { latencyModel, type Traffic } from './traffic.ts';

/** The incident that the heatmap shows: requests of half an hour in columns of 30 s. */
export const INCIDENT = {
	columns: 60,
	seconds: 30,
	/** Requests in a column. */
	requests: 1200,
	/** The minute at which a second mode begins to take requests over. */
	begins: 10,
	/** Of all requests, so much more each minute. */
	growth: 0.01,
	most: 0.15,
	/** How many times as long a request of the second mode takes. */
	slower: 12
} as const;

/** The columns of the incident, each with its requests in seconds, ascending. */
export type Incident = readonly Float64Array[];

/** The minute at which a column ends. */
export function minuteOf(column: number): number {
	return ((column + 1) * INCIDENT.seconds) / 60;
}

/** The share of requests in the second mode while a column lasts. */
export function slowShareAt(column: number): number {
	const since = (column * INCIDENT.seconds) / 60 - INCIDENT.begins;
	return Math.min(INCIDENT.most, Math.max(0, since * INCIDENT.growth));
}

/** The traffic with an incident in it: a dependency gets slow for more and more of the requests. */
export function drawIncident(traffic: Traffic, seed: number): Incident {
	const random = createRandom(seed).fork('incident');
	const base = latencyModel(traffic);
	const slow: LatencyModel = {
		kind: 'lognormal',
		median: traffic.median * INCIDENT.slower,
		sigma: 0.2
	};
	return Array.from({ length: INCIDENT.columns }, (_, column) => {
		const weight = slowShareAt(column);
		const model: LatencyModel = {
			kind: 'bimodal',
			modes: [
				{ weight: 1 - weight, model: base },
				{ weight, model: slow }
			]
		};
		return draw(model, random.fork(`column ${column}`), INCIDENT.requests).sort();
	});
}

/** What Prometheus has of an incident: for each column the buckets, what they give for the quantile, and the true one. */
export interface IncidentReading {
	readonly columns: readonly ClassicBuckets[];
	readonly estimates: Float64Array;
	readonly truths: Float64Array;
}

export function readIncident(incident: Incident, edges: Edges, q: number): IncidentReading {
	const columns = incident.map((sorted) => observe(sorted, edges));
	return {
		columns,
		estimates: Float64Array.from(columns, (buckets) => classicQuantile(q, buckets)),
		truths: Float64Array.from(incident, (sorted) => trueQuantile(q, sorted))
	};
}

/**
 * The first column from which on a line stays at more than `factor` times its median before the incident; undefined if it never does.
 */
export function risesAt(line: Float64Array, factor = 2): number | undefined {
	const calm = (INCIDENT.begins * 60) / INCIDENT.seconds;
	const level = line.slice(0, calm).sort()[calm >> 1] as number;
	let at: number | undefined;
	for (let i = line.length - 1; i >= 0 && (line[i] as number) > level * factor; i--) at = i;
	return at;
}

/** The first column in which the boxes above all that were used before the incident have a two-hundredth of the requests. */
export function secondModeSeenAt({ columns }: IncidentReading): number | undefined {
	const calm = (INCIDENT.begins * 60) / INCIDENT.seconds;
	const before = columns.slice(0, calm);
	const usual = columns[0]
		? [...columns[0].bounds].findIndex((_, b) => before.every((c) => shareFrom(c, b) < SEEN / 4))
		: -1;
	if (usual < 0) return undefined;
	const at = columns.findIndex((buckets, i) => i >= calm && shareFrom(buckets, usual) >= SEEN);
	return at < 0 ? undefined : at;
}

/** Six requests of a column. */
export const SEEN = 0.005;

/** The share of observations in this bucket and all above it. */
function shareFrom({ counts }: ClassicBuckets, b: number): number {
	const total = counts[counts.length - 1] ?? NaN;
	return 1 - (b === 0 ? 0 : (counts[b - 1] as number)) / total;
}
