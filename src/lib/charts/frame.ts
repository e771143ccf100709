import type { ValueAxis } from './value-axis.ts';

/** Where the plot lies within a chart, in CSS pixels from the top left corner. */
export interface Frame {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

// At --text-s one character of the mono face, and about the widest common one of the sans face.
const MONO_CHARACTER = 7.8;
const SANS_CHARACTER = 7.2;

/** What stays free at the sides of a chart at the least. */
export const EDGE = 10;
// A dot in the colour of the line stands before its label.
const DOT = 12;
const LONGEST_LABEL = 18;

/** Room for event labels and the unit above, and for the times below. */
const ABOVE = 24;
const BELOW = 26;

// Below this width a column of labels would take the room that the lines need.
const WIDTH_FOR_LABELS = 560;
const MOST_LABELS = 8;

// Where there is room, plots above each other begin at the same place, so that their times agree.
const WIDTH_TO_ALIGN = 480;
const ALIGNED_LEFT = 57;

/** The vertical room of a plot in a chart of this height; known before the axes, whose ticks depend on it. */
export function plotHeight(height: number): number {
	return height - ABOVE - BELOW;
}

/** Whether lines can be labelled at their ends. One line alone needs no label. */
export function hasRoomForLabels(width: number, height: number, count: number): boolean {
	return (
		width >= WIDTH_FOR_LABELS &&
		count > 1 &&
		count <= MOST_LABELS &&
		count * 18 <= plotHeight(height)
	);
}

/** The plot's place: left of it the value axis, right of it the labels at the ends of lines, if any. */
export function frame(
	size: { readonly width: number; readonly height: number },
	axis: ValueAxis,
	labels: readonly string[]
): Frame {
	const tick = Math.max(axis.unit.length, ...axis.ticks.map(({ text }) => text.length));
	const label = Math.max(0, ...labels.map((text) => shorten(text).length));
	const least = size.width >= WIDTH_TO_ALIGN ? ALIGNED_LEFT : 0;
	const left = Math.max(least, Math.ceil(tick * MONO_CHARACTER + EDGE));
	const right = size.width - (label > 0 ? label * SANS_CHARACTER + EDGE + DOT : EDGE);
	return {
		left,
		right: Math.max(left + 1, Math.floor(right)),
		top: ABOVE,
		bottom: size.height - BELOW
	};
}

/** A label cut to what fits beside a plot. */
export function shorten(text: string): string {
	return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}

/** About how wide a text of the sans face is at --text-s. */
export function textWidth(text: string): number {
	return text.length * SANS_CHARACTER;
}

/** How wide a text of the mono face is at --text-s. */
export function monoWidth(text: string): number {
	return text.length * MONO_CHARACTER;
}
