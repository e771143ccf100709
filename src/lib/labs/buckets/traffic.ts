import type { Duration } from '#engine/model';
import type { LatencyModel } from '#engine/sim';

/**
 * How long requests take, by the knobs that a learner has. A share of them may be slower by a second mode, and a share may hang
 * until a timeout of 30 s; all others follow the shape.
 */
export interface Traffic {
	/** `lognormal`: spread is sigma. `uniform`: from median · (1 − spread) to median · (1 + spread). */
	readonly shape: 'lognormal' | 'uniform';
	readonly median: Duration;
	readonly spread: number;
	/** The share of requests in the second mode, 0 … 1. */
	readonly slowShare: number;
	readonly slowMedian: Duration;
	/** The share of requests that hang, 0 … 1. */
	readonly cliffShare: number;
}

/** A kind of traffic by its name. */
export interface TrafficPreset {
	readonly id: string;
	readonly label: string;
	readonly traffic: Traffic;
}

/** The spread of the second mode, a log-normal one. */
const SLOW_SIGMA = 0.3;

/** A timeout of 30 s fires up to 10 ms late. */
const CLIFF: LatencyModel = { kind: 'uniform', min: 30_000, max: 30_010 };

const PLAIN = { shape: 'lognormal', slowShare: 0, slowMedian: 180, cliffShare: 0 } as const;

/** The kinds of traffic of the lab, the one that it opens on first. */
export const TRAFFIC_PRESETS: readonly [TrafficPreset, ...TrafficPreset[]] = [
	{ id: 'promise', label: 'Web page, 100 ms', traffic: { ...PLAIN, median: 100, spread: 0.6 } },
	{ id: 'shop', label: 'Web shop, 80 ms', traffic: { ...PLAIN, median: 80, spread: 0.6 } },
	{
		id: 'cache',
		label: 'Cache and database',
		traffic: { ...PLAIN, median: 4, spread: 0.3, slowShare: 0.2 }
	},
	{ id: 'fast', label: 'Fast API, 2 ms', traffic: { ...PLAIN, median: 2, spread: 0.5 } },
	{ id: 'constant', label: 'Always 260 ms', traffic: { ...PLAIN, median: 260, spread: 0 } },
	{
		id: 'past-edge',
		label: 'All from 1.02 to 1.08 s',
		traffic: { ...PLAIN, shape: 'uniform', median: 1050, spread: 30 / 1050 }
	},
	{
		id: 'cliff',
		label: '1.5 % hang for 30 s',
		traffic: { ...PLAIN, median: 80, spread: 0.6, cliffShare: 0.015 }
	},
	{
		id: 'batch',
		label: 'Slow batch, 6 to 20 s',
		traffic: { ...PLAIN, shape: 'uniform', median: 13_000, spread: 7 / 13 }
	}
];

/** The traffic of a preset; throws for an id that none has. */
export function trafficOf(id: string): Traffic {
	const preset = TRAFFIC_PRESETS.find((one) => one.id === id);
	if (!preset) throw new Error(`no traffic preset ${id}`);
	return preset.traffic;
}

/** The traffic as the simulator's own latency model, in milliseconds. */
export function latencyModel(traffic: Traffic): LatencyModel {
	const { slowShare, slowMedian } = traffic;
	// What hangs, hangs; the second mode has what it can of the rest.
	const cliffShare = Math.min(1, traffic.cliffShare);
	const slow = Math.min(1 - cliffShare, slowShare);
	const base = baseModel(traffic);
	if (slow === 0 && cliffShare === 0) return base;
	return {
		kind: 'bimodal',
		modes: [
			{ weight: 1 - slow - cliffShare, model: base },
			{ weight: slow, model: { kind: 'lognormal', median: slowMedian, sigma: SLOW_SIGMA } },
			{ weight: cliffShare, model: CLIFF }
		]
	};
}

function baseModel({ shape, median, spread }: Traffic): LatencyModel {
	if (spread === 0) return { kind: 'constant', value: median };
	if (shape === 'lognormal') return { kind: 'lognormal', median, sigma: spread };
	return { kind: 'uniform', min: median * (1 - spread), max: median * (1 + spread) };
}

/** The two instances of the fleet: one fast, one slow. */
export const FLEET: readonly [fast: LatencyModel, slow: LatencyModel] = [
	{ kind: 'lognormal', median: 30, sigma: 0.6 },
	{ kind: 'lognormal', median: 1200, sigma: 0.3 }
];

/** The preset that this traffic is, however it was put together. */
export function presetOf(traffic: Traffic): TrafficPreset | undefined {
	return TRAFFIC_PRESETS.find(({ traffic: one }) =>
		(Object.keys(one) as (keyof Traffic)[]).every((key) => one[key] === traffic[key])
	);
}
