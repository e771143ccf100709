import { createRandom, latencySampler, type LatencyModel, type RandomSource } from '#engine/sim';
import { FLEET, latencyModel, type Traffic } from './traffic.ts';

/** How many requests a crowd sends. */
export const CROWD_SIZE = 20_000;

/** How long each request truly took, in seconds, ascending: of all, and of those that each instance served. */
export interface Crowd {
	readonly all: Float64Array;
	readonly instances: readonly [Float64Array, Float64Array];
}

/**
 * A crowd of one kind of traffic, its requests dealt to two instances in turn. Plain draws of the simulator's latency model, not
 * stratified: the same seed gives the same requests, and another one what another day would have brought.
 */
export function drawCrowd(traffic: Traffic, seed: number, size = CROWD_SIZE): Crowd {
	const draws = draw(latencyModel(traffic), createRandom(seed).fork('requests'), size);
	const half = Math.ceil(size / 2);
	const a = new Float64Array(half);
	const b = new Float64Array(size - half);
	for (let i = 0; i < size; i++) (i % 2 === 0 ? a : b)[i >> 1] = draws[i] as number;
	return { all: draws.sort(), instances: [a.sort(), b.sort()] };
}

/** The crowd of the fleet, of which a share (0 … 1) is sent to the slow instance. */
export function drawFleet(slowShare: number, seed: number, size = CROWD_SIZE): Crowd {
	const random = createRandom(seed);
	const slowSize = Math.round(slowShare * size);
	const fast = draw(FLEET[0], random.fork('fast'), size - slowSize).sort();
	const slow = draw(FLEET[1], random.fork('slow'), slowSize).sort();
	const all = new Float64Array(size);
	all.set(fast);
	all.set(slow, fast.length);
	return { all: all.sort(), instances: [fast, slow] };
}

/** Durations in seconds, in the order in which the requests came. */
export function draw(model: LatencyModel, random: RandomSource, size: number): Float64Array {
	const next = latencySampler(model, random);
	const drawn = new Float64Array(size);
	for (let i = 0; i < size; i++) drawn[i] = next() / 1000;
	return drawn;
}

/**
 * The q-quantile of sorted values by nearest rank, as the truth of a world has it (engine/sim, nearestRank): the least value that covers
 * at least q of them. It lies in the bucket that histogram_quantile() looks into. NaN of no values.
 */
export function trueQuantile(q: number, sorted: Float64Array): number {
	const size = sorted.length;
	if (size === 0) return NaN;
	// The slack keeps a product a hair above a whole number from asking for one rank more.
	const rank = Math.min(size, Math.max(1, Math.ceil(q * size - 1e-9)));
	return sorted[rank - 1] as number;
}

/** How many of the sorted values are at most `bound`. */
export function countUpTo(sorted: Float64Array, bound: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) <= bound) low = middle + 1;
		else high = middle;
	}
	return low;
}
