import edgesApp from '$lessons/worlds/edges/app.ts?raw';
import edgesWorld from '$lessons/worlds/edges/world.yaml?raw';
import { MINUTE, SECOND, type Duration, type Timestamp } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import type { LabStart } from '#workers/protocol';

/** The home page's world: the shop, with one histogram for each place that the knob can be in. */
export const EDGE = { first: 150, last: 900, step: 50, start: 600 } as const;

export const HEAD_START: Duration = 15 * MINUTE;

export const demo = {
	world: edgesWorld,
	files: { 'app.ts': edgesApp },
	seed: 1,
	headStart: HEAD_START
} satisfies Omit<LabStart, 'speed'>;

/** What the knob asks: always the same question about the same requests, through buckets with another edge. */
export function edgeQuery(edge: number): string {
	return `histogram_quantile(0.95, sum by (le) (rate(request_duration_edge_${edge}ms_seconds_bucket[2m])))`;
}

/** The truth behind all of them. */
export const TRUTH_QUERY =
	'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))';

const STEP: Duration = 5 * SECOND;
const SHOWN: Duration = 10 * MINUTE;

/** The last ten minutes. */
export function demoGrid(now: Timestamp): StepGrid {
	const end = Math.floor(now / STEP) * STEP;
	return { start: end - SHOWN, step: STEP, count: SHOWN / STEP + 1 };
}
