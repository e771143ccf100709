import { scaleLog } from 'd3';
import { formatValue } from '$lib/charts/numbers.ts';
import type { Domain } from './density.ts';

/** Where plots of the lab begin and end, in pixels from the sides: all share one axis of durations. */
export const INSET = { left: 14, right: 14 } as const;

/** A logarithmic axis of durations in pixels. */
export interface DurationScale {
	(value: number): number;
	invert(pixel: number): number;
}

/** The axis across a plot of this width. What lies beyond the domain is put at its end. */
export function durationScale({ min, max }: Domain, width: number): DurationScale {
	const scale = scaleLog([min, max], [INSET.left, Math.max(INSET.left + 1, width - INSET.right)]);
	const place = (value: number) => scale(Math.min(max, Math.max(min, value)));
	return Object.assign(place, { invert: (pixel: number) => scale.invert(pixel) });
}

/** A tick of the axis; in a narrow plot only the powers of ten have words. */
export interface DurationTick {
	readonly value: number;
	readonly text: string;
}

/** From 1 to 2 is a little less than the third of a decade that a label has on average. */
const WIDTH_OF_LABEL = 60;

/** 1, 2 and 5 of each decade, or the powers of ten alone where there is no room for more. */
export function durationTicks({ min, max }: Domain, width: number): DurationTick[] {
	const decades = Math.log10(max / min);
	const steps = width / (decades * 3) >= WIDTH_OF_LABEL ? [1, 2, 5] : [1];
	const ticks: DurationTick[] = [];
	for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.log10(max); exponent++) {
		for (const step of steps) {
			const value = Number(`${step}e${exponent}`);
			if (value >= min && value <= max) ticks.push({ value, text: formatValue(value, 'seconds') });
		}
	}
	return ticks;
}
