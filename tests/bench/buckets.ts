import { createRandom } from '#engine/sim';
import {
	classicEstimate,
	classicQuantile,
	observe,
	sumByLe
} from '../../src/lib/labs/buckets/classic.ts';
import { CROWD_SIZE, drawCrowd, trueQuantile } from '../../src/lib/labs/buckets/crowd.ts';
import { boxesOf, fitDomain } from '../../src/lib/labs/buckets/density.ts';
import { EDGE_PRESETS } from '../../src/lib/labs/buckets/edges.ts';
import { drawWindows, samplingBand } from '../../src/lib/labs/buckets/sampling.ts';
import { TRAFFIC_PRESETS } from '../../src/lib/labs/buckets/traffic.ts';
import { budgetRows, readings } from '../../src/lib/labs/buckets/verdict.ts';

const FRAMES = 400;
/** Quantiles that the cumulative plot asks for, to draw what is assumed between the edges. */
const ANSWERS = 200;
/** The edge that is dragged, and from where to where, in seconds. */
const [DRAGGED, FROM, TO] = [3, 0.11, 0.49];

/** Prints what the bucket lab computes for one frame of a drag, and what it costs to have other requests. */
export function benchBuckets(print: (line: string) => void = console.log): void {
	print(`buckets: medians of ${FRAMES} frames, ${CROWD_SIZE.toLocaleString('en')} requests`);
	const [{ traffic }] = TRAFFIC_PRESETS;
	const frame = frameOf();
	const times = Array.from({ length: FRAMES }, (_, i) => {
		const edge = FROM + ((TO - FROM) * i) / FRAMES;
		return time(() => frame(EDGE_PRESETS[0].edges.with(DRAGGED, edge)));
	});
	tell(print, 'an edge dragged by one frame', times);
	const draws = Array.from({ length: 20 }, (_, seed) => time(() => drawCrowd(traffic, seed)));
	tell(print, 'other requests drawn, sorted', draws);
}

function tell(print: (line: string) => void, what: string, times: readonly number[]): void {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (q: number) => (sorted[Math.floor(q * (sorted.length - 1))] as number).toFixed(2);
	print(`${what.padEnd(30)} ${at(0.5).padStart(7)} ms   p95 ${at(0.95).padStart(7)} ms`);
}

/** All that hangs on the edges: counts, the estimate with its box and its band, three quantiles, the plots, and the budget. */
function frameOf(): (edges: readonly number[]) => unknown {
	const crowds = TRAFFIC_PRESETS.slice(0, 3).map(({ label, traffic }) => ({
		label,
		sorted: drawCrowd(traffic, 190).all
	}));
	const [{ traffic }] = TRAFFIC_PRESETS;
	const { all, instances } = drawCrowd(traffic, 190);
	const windows = drawWindows(1000, createRandom(190).fork('windows'));
	return (edges) => {
		const buckets = sumByLe(instances.map((sorted) => observe(sorted, edges)));
		const domain = fitDomain(all, edges);
		return [
			classicEstimate(0.95, buckets),
			trueQuantile(0.95, all),
			readings(buckets, all),
			samplingBand(0.95, buckets, windows),
			boxesOf(buckets, domain),
			Array.from({ length: ANSWERS }, (_, i) => classicQuantile((i + 0.5) / ANSWERS, buckets)),
			budgetRows(edges, crowds)
		];
	};
}

function time(run: () => unknown): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}
