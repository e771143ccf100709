import { trueQuantile } from '$lib/labs/buckets/crowd.ts';
import { edgesOf } from '$lib/labs/buckets/edges.ts';
import { duration, errorText, quantileName } from '$lib/labs/buckets/words.ts';
import { samplesOf, valuesOf, type Evidence } from './check-kit.ts';

/** What Prometheus says of a quantile of all requests of a trial, and what it is in truth. Durations in seconds. */
export interface QuantileReading {
	/** What the world is called. */
	readonly world: string;
	readonly q: number;
	/** What histogram_quantile() answers; NaN when it answers nothing. */
	readonly said: number;
	readonly truth: number;
	/** How far off it is, relatively: 0.29 is 29 % too high. */
	readonly error: number;
	/** The bucket that the true quantile is in: all that is certain. */
	readonly lower: number;
	/** +Inf above the last edge. */
	readonly upper: number;
}

/** The edges that a histogram shows, as numbers, in the order of its page; +Inf is left out. The languages write 1 in two ways. */
export function edgesShown(evidence: Evidence, name: string): number[] {
	return valuesOf(samplesOf(evidence, `${name}_bucket`), 'le')
		.map(Number)
		.filter(Number.isFinite);
}

/** The same, ascending: a client need not sort what it was given. */
export function edgesAscending(evidence: Evidence, name: string): number[] {
	return edgesShown(evidence, name).sort((a, b) => a - b);
}

/** Whether a client takes these edges where none are given, in any language; ascending. */
export function areDefaultEdges(edges: readonly number[]): boolean {
	return ['python', 'typescript'].some((client) => edgesOf(client).join() === edges.join());
}

/**
 * What the store is to be asked for `readQuantiles`: each quantile of all that was observed since the program began, which are the
 * requests that the truth of a trial has, but for those since the last scrape.
 */
export function quantileQueries(name: string, quantiles: readonly number[]): string[] {
	return quantiles.map((q) => `histogram_quantile(${q}, sum by (le) (${name}_bucket))`);
}

/** The answers to `quantileQueries`, the first of the trial's queries, beside the truth. */
export function readQuantiles(
	evidence: Evidence,
	name: string,
	quantiles: readonly number[]
): QuantileReading[] {
	const durations = durationsOf(evidence);
	const edges = edgesAscending(evidence, name);
	return quantiles.map((q, i) => {
		const said = answerOf(evidence, i);
		const truth = trueQuantile(q, durations);
		return {
			world: evidence.world,
			q,
			said,
			truth,
			error: said / truth - 1,
			lower: edges.findLast((edge) => edge < truth) ?? 0,
			upper: edges.find((edge) => edge >= truth) ?? Infinity
		};
	});
}

/** How long each request truly took, in seconds, ascending. */
function durationsOf({ truth }: Evidence): Float64Array {
	const all = truth.flatMap(({ latencies }) => [...latencies]);
	return Float64Array.from(all, (latency) => latency / 1000).sort();
}

function answerOf({ queries }: Evidence, i: number): number {
	const answer = queries[i];
	if (answer?.status !== 'success' || answer.data.type !== 'vector') return NaN;
	return answer.data.samples[0]?.value ?? NaN;
}

/** A reading in words: In “Web page” p99 reads 422 ms, and is 327 ms: +29 %. */
export function saysOf({ world, q, said, truth, error }: QuantileReading): string {
	const off = Number.isNaN(error) ? '' : `: ${errorText(error)}`;
	return `In “${world}” ${quantileName(q)} reads ${duration(said)}, and is ${duration(truth)}${off}.`;
}

/** How far off a reading is, without its sign. No answer is as far off as can be. */
export function distanceOf({ error }: QuantileReading): number {
	return Number.isNaN(error) ? Infinity : Math.abs(error);
}

/** The bucket that the true quantile is in, in words: between 250 ms and 500 ms; above 5 s, the last edge. */
export function boxOf({ lower, upper }: QuantileReading): string {
	if (upper === Infinity) return `above ${duration(lower)}, the last edge`;
	return `between ${duration(lower)} and ${duration(upper)}`;
}
