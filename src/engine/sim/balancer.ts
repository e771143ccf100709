import { weightedIndex } from './latency.ts';
import type { RandomSource } from './random.ts';

/** How requests are spread over instances, as plain data. */
export type Balancing =
	| { readonly kind: 'round-robin' }
	| { readonly kind: 'random' }
	/** By chance, in proportion to the weight of each instance; one without a weight gets nothing. */
	| { readonly kind: 'weighted'; readonly weights: Readonly<Record<string, number>> };

/** Chooses the instance for the next request among those that are up; undefined when the request is refused. */
export type Balancer = (up: readonly string[]) => string | undefined;

/** A balancer of the given kind. */
export function createBalancer(balancing: Balancing, random: RandomSource): Balancer {
	switch (balancing.kind) {
		case 'round-robin':
			return roundRobin();
		case 'random':
			return (up) => up[Math.floor(random() * up.length)];
		case 'weighted':
			return (up) => pickWeighted(up, balancing.weights, random);
	}
}

function roundRobin(): Balancer {
	let turn = 0;
	return (up) => (up.length === 0 ? undefined : up[turn++ % up.length]);
}

function pickWeighted(
	up: readonly string[],
	weights: Readonly<Record<string, number>>,
	random: RandomSource
): string | undefined {
	const own = up.map((instance) => weights[instance] ?? 0);
	return own.some((weight) => weight > 0) ? up[weightedIndex(own, random)()] : undefined;
}
