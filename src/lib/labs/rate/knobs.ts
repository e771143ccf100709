import type { Layer } from '$lib/xray/rate/layers.ts';

/** Everything that can be set, as plain data; with these and nothing else the lab looks the same everywhere. Times in seconds. */
export interface Knobs {
	/** What is counted: one event, or so many a second. */
	readonly traffic: 'once' | 'steady';
	readonly eventAt: number;
	readonly perSecond: number;
	/** What the counter had counted before the lab begins. */
	readonly before: number;
	/** Whether the series is not there before it has counted something, as it is with labels that nobody initialised. */
	readonly isBorn: boolean;
	/** Between two scrapes, and when the first one is. */
	readonly interval: number;
	readonly phase: number;
	/** Scrapes that were lost, counted from 1. */
	readonly lost: readonly number[];
	/** When the program is first started again, 0 for never; and how often after that, 0 for not again. */
	readonly restartAt: number;
	readonly restartEvery: number;
	readonly range: number;
	/** Where the window ends. */
	readonly at: number;
	readonly layer: Layer;
}

/** How long the lab lasts. */
export const DURATION = 300;

/** How far each number goes. */
export const LIMITS = {
	eventAt: { min: 1, max: DURATION },
	perSecond: { min: 1, max: 1000 },
	before: { min: 0, max: 1_000_000 },
	interval: { min: 5, max: 60 },
	phase: { min: 0, max: 59 },
	restartAt: { min: 0, max: DURATION },
	restartEvery: { min: 0, max: DURATION },
	range: { min: 1, max: DURATION },
	at: { min: 0, max: DURATION },
	layer: { min: 1, max: 5 }
} as const;

/** One event on a counter that stands at 1,000: the window that makes 1.33 of it. */
export const START: Knobs = {
	traffic: 'once',
	eventAt: 100,
	perSecond: 10,
	before: 1000,
	isBorn: false,
	interval: 15,
	phase: 0,
	lost: [],
	restartAt: 0,
	restartEvery: 0,
	range: 60,
	at: 120,
	layer: 4
};

/** A number brought within its limits, and to whole seconds or pieces. */
export function limited(
	value: number,
	{ min, max }: { readonly min: number; readonly max: number }
): number {
	return Math.min(max, Math.max(min, Math.round(value)));
}
