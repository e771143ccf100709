import { format, nice, precisionFixed, ticks } from 'd3';
import { scaleFor, type Unit } from './numbers.ts';
import { isDrawable, type NamedSeries, type TimeRange } from './series.ts';
import { indexRange } from './lookup.ts';

/** Lowest and highest value. */
export type Extent = readonly [number, number];

/** A tick of the value axis; the unit is written once, above the axis. */
export interface ValueTick {
	readonly value: number;
	readonly text: string;
}

/** Everything a vertical axis needs: from where to where, its ticks, and the unit they are written in. */
export interface ValueAxis {
	readonly domain: Extent;
	readonly ticks: readonly ValueTick[];
	readonly unit: string;
}

// Air above the highest value, and below the lowest where the axis does not stand on zero.
const PADDING = 0.06;

// Beyond these, sums and steps of ticks would leave what a double can hold; below the last, neighbours are hardly told apart.
const LARGEST = 1e300;
const SMALLEST = 1e-300;
const RESOLUTION = 1e-12;

// A range that is less than this part of the highest value would be a flat line on an axis from zero.
const ZERO_SPAN = 0.25;

/** Lowest and highest drawable value of the series within a time range; undefined where there is none. */
export function valueExtent(series: readonly NamedSeries[], range: TimeRange): Extent | undefined {
	let low = Infinity;
	let high = -Infinity;
	for (const one of series) {
		const [from, to] = indexRange(one.times, range);
		for (let i = from; i < to; i++) {
			if (!isDrawable(one, i)) continue;
			const value = one.values[i] as number;
			if (value < low) low = value;
			if (value > high) high = value;
		}
	}
	return low <= high ? [low, high] : undefined;
}

/**
 * The part of the value axis to show, before rounding. Values that are never negative stand on zero, so that heights can be
 * compared, unless they vary so little that the line would be flat.
 */
export function valueDomain(extent: Extent, unit: Unit = 'number'): Extent {
	const [low, high] = [Math.max(extent[0], -LARGEST), Math.min(extent[1], LARGEST)];
	const size = Math.max(Math.abs(low), Math.abs(high));
	if (size < SMALLEST) return [0, 1];
	if (high - low <= size * RESOLUTION) return constantDomain(high);
	const padding = (high - low) * PADDING;
	const top = high <= 0 && standsOnZero(-high, -low) ? 0 : high + padding;
	const bottom = low >= 0 && standsOnZero(low, high) ? 0 : low - padding;
	// A share has no more than all.
	return [bottom, unit === 'ratio' && high <= 1 ? Math.min(1, top) : top];
}

function constantDomain(value: number): Extent {
	return value > 0 ? [0, value * 1.25] : [value * 1.25, 0];
}

function standsOnZero(near: number, far: number): boolean {
	return far - near >= far * ZERO_SPAN;
}

/** The axis of a chart without data: a base line. */
export const EMPTY_AXIS: ValueAxis = {
	domain: [0, 1],
	ticks: [{ value: 0, text: '0' }],
	unit: ''
};

/** The axis for an extent, with about `count` ticks. Ticks are round in the unit they are written in, also in KiB. */
export function valueAxis(extent: Extent, unit: Unit, count: number): ValueAxis {
	const domain = valueDomain(extent, unit);
	const { size, suffix } = scaleFor(Math.max(...domain.map(Math.abs)), unit);
	const [low, high] = nice(domain[0] / size, domain[1] / size, count);
	const scaled = ticks(low, high, count);
	const step = Math.abs((scaled[1] ?? 1) - (scaled[0] ?? 0));
	const write = format(`,.${precisionFixed(step)}f`);
	return {
		domain: [low * size, high * size],
		ticks: scaled.map((value) => ({ value: value * size, text: value === 0 ? '0' : write(value) })),
		unit: suffix.trim()
	};
}
