import { EDGE_PRESETS, type Edges } from './edges.ts';
import type { Client } from './ledger.ts';
import { TRAFFIC_PRESETS, type Traffic } from './traffic.ts';

/** What the lab is used for: each mode has its task and its verdict. */
export type Mode = 'guess' | 'budget' | 'promise' | 'fleet' | 'native' | 'heatmap';

export const MODES: readonly { readonly value: Mode; readonly label: string }[] = [
	{ value: 'promise', label: 'Promise' },
	{ value: 'guess', label: 'Guess' },
	{ value: 'budget', label: 'Budget' },
	{ value: 'fleet', label: 'Fleet' },
	{ value: 'native', label: 'Native' },
	{ value: 'heatmap', label: 'Heatmap' }
];

/** Everything that a learner can set, as plain data; with these and nothing else the lab looks the same everywhere. */
export interface Knobs {
	readonly mode: Mode;
	readonly traffic: Traffic;
	/** Whose requests: another seed is another day with the same habits. */
	readonly seed: number;
	/** Of the guessing game: each hides another traffic. */
	readonly round: number;
	readonly edges: Edges;
	readonly q: number;
	/** The service level objective in seconds: q of the requests are to take at most so long. */
	readonly objective: number;
	readonly schema: number;
	/** How many requests a window has, for the band of chance. */
	readonly requests: number;
	/** The share of the fleet's requests that the slow instance gets. */
	readonly slowShare: number;
	readonly endpoints: number;
	readonly instances: number;
	readonly client: Client;
}

/** How far each number goes. */
export const LIMITS = {
	seed: { min: 1, max: 9999 },
	round: { min: 1, max: 9999 },
	q: { min: 0.01, max: 0.999 },
	objective: { min: 0.001, max: 60 },
	schema: { min: 0, max: 8 },
	requests: { min: 10, max: 1_000_000 },
	slowShare: { min: 0, max: 1 },
	endpoints: { min: 1, max: 1000 },
	instances: { min: 1, max: 1000 },
	median: { min: 1, max: 20_000 },
	spread: { min: 0, max: 1.5 },
	trafficShare: { min: 0, max: 0.6 }
} as const;

/**
 * The state that the lab opens in. Of the crowds that this traffic sends, seed 190 is one that reads as the average one does: a true p95
 * of 268 ms that the edges report as 305 ms. (Of endlessly many requests it would be 268.3 and 306.0.)
 */
export const START: Knobs = {
	mode: 'promise',
	traffic: TRAFFIC_PRESETS[0].traffic,
	seed: 190,
	round: 1,
	edges: EDGE_PRESETS[0].edges,
	q: 0.95,
	objective: 0.3,
	schema: 3,
	requests: 1000,
	slowShare: 0.005,
	endpoints: 6,
	instances: 20,
	client: 'python'
};

/** A number within its limits. */
export function limited(
	value: number,
	{ min, max }: { readonly min: number; readonly max: number }
) {
	return Math.min(max, Math.max(min, value));
}
