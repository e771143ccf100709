import type { Timestamp } from '#engine/model';
import type { WindowDetail, WindowSample } from '#engine/promql';
import type { Extent } from '$lib/charts/value-axis.ts';
import { isExtrapolated, liftedSamples, termsOf, type Layer, type Terms } from './layers.ts';
import { truthBetween, type RawSeries, type TruthCount } from './raw-series.ts';

/** A point of the picture, in the units of its axes. */
export type Spot = Pick<WindowSample, 'time' | 'value'>;

/** A straight piece of the picture. */
export type Piece = readonly [Spot, Spot];

/** What the layers draw over the samples; what a layer beyond the one on show would draw is not there. */
export interface Shapes {
	/** Last − first: along from the first sample, and up to the last. */
	readonly difference?: readonly [Spot, Spot, Spot];
	/** The samples without their falls, where there are any. */
	readonly lifted: readonly Spot[];
	/** By what a sample is lifted at a fall, and from where. */
	readonly lifts: readonly { readonly added: number; readonly piece: Piece }[];
	/** The stretches beyond the samples that are made up for, as lines that go on as steeply. */
	readonly extended: readonly Piece[];
	/** From first and last sample outwards: a gap that is as long as this is not extrapolated over whole. */
	readonly rulers: readonly Piece[];
	/** Where a counter would have been below zero. */
	readonly wedge?: readonly [Spot, Spot, Spot];
}

const NO_SHAPES: Shapes = { lifted: [], lifts: [], extended: [], rulers: [] };

/** What the layers up to this one draw of a window. */
export function shapesOf(detail: WindowDetail | undefined, layer: Layer): Shapes {
	const terms = termsOf(detail);
	if (!terms || !isExtrapolated(detail) || layer === 1) return NO_SHAPES;
	const { first, last, difference } = terms;
	const along = { time: last.time, value: first.value };
	const bracket: Shapes = { ...NO_SHAPES, difference: [first, along, last] };
	if (layer === 2 || Number.isNaN(difference)) return bracket;
	const resets = { ...bracket, ...liftShapes(detail, terms) };
	if (layer === 3) return resets;
	return { ...resets, ...extrapolationShapes(detail, terms) };
}

function liftShapes(detail: WindowDetail, { resets }: Terms): Pick<Shapes, 'lifted' | 'lifts'> {
	if (resets.length === 0) return NO_SHAPES;
	const lifted = liftedSamples(detail);
	const lifts = resets.map(({ before, after }) => {
		const top = lifted.find(({ time }) => time === after.time) ?? after;
		return { added: before.value, piece: [after, top] as const };
	});
	return { lifted, lifts };
}

function extrapolationShapes(
	detail: WindowDetail & { readonly rate: NonNullable<WindowDetail['rate']> },
	{ first, last, increase, sampled, toStart, toEnd }: Terms
): Pick<Shapes, 'extended' | 'rulers' | 'wedge'> {
	const { threshold, startLimit, reachToStart } = detail.rate;
	const slope = increase / sampled;
	const top = { time: last.time, value: first.value + increase };
	const on = (from: Spot, seconds: number): Spot => ({
		time: from.time + seconds * 1000,
		value: from.value + slope * seconds
	});
	const aside = (from: Spot, seconds: number): Piece => [
		from,
		{ time: from.time + seconds * 1000, value: from.value }
	];
	const zero = on(first, -toStart);
	const below = on(first, -reachToStart);
	return {
		extended: [
			[on(first, -toStart), first],
			[top, on(top, toEnd)]
		],
		rulers: [aside(first, -threshold), aside(top, threshold)],
		...(startLimit === 'counter was zero' && {
			wedge: [zero, { time: below.time, value: 0 }, below]
		})
	};
}

/**
 * How many there truly were, as a line through the first sample; empty where that is not known. Where a counter began again within the
 * window, what was before its first sample lies below zero, and is left out.
 */
export function truthSpots(
	truth: TruthCount | undefined,
	detail: WindowDetail | undefined,
	raw: RawSeries
): readonly Spot[] {
	const first = detail?.samples.items[0];
	if (!truth || !first || raw.times.length === 0) return [];
	const spots: Spot[] = [];
	const until = Math.min(detail.windowEnd, truth.start + (truth.counts.length - 1) * truth.step);
	for (let at = Math.max(detail.windowStart, truth.start); at <= until; at += truth.step) {
		const since = at < first.time ? truthBetween(truth, at, first.time) : undefined;
		const count = since === undefined ? truthBetween(truth, first.time, at) : -since;
		const value = first.value + (count ?? NaN);
		if (value >= Math.min(0, first.value)) spots.push({ time: at, value });
	}
	return spots;
}

/** A wedge that would be no deeper than this part of the picture is not worth the room below zero. */
const WORTH_ROOM = 0.05;

/** Lowest and highest of all that is drawn in a stretch of time; undefined when there is nothing. */
export function heightOf(
	{ times, values }: RawSeries,
	{ lifted, extended, wedge }: Shapes,
	truth: readonly Spot[],
	[from, to]: readonly [Timestamp, Timestamp]
): Extent | undefined {
	const isIn = (_: number, row: number) =>
		(times[row] as number) >= from && (times[row] as number) <= to;
	const drawn = [...lifted, ...extended.flat(), ...truth].map(({ value }) => value);
	const heights = [...values.filter(isIn), ...drawn].filter(Number.isFinite);
	if (heights.length === 0) return undefined;
	const [low, high] = [Math.min(...heights), Math.max(...heights)];
	const depth = wedge ? wedge[2].value : low;
	return [-depth > WORTH_ROOM * (high - low) ? Math.min(low, depth) : low, high];
}
