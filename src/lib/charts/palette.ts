import { labelsKey, type Labels } from '#engine/model';
import type { ChartSeries } from './series.ts';

/** How a series is drawn. `color` is a custom property of lib/ui/tokens.css, so that one style serves both themes. */
export interface SeriesStyle {
	readonly color: `--${string}`;
	/** Lengths of dashes and gaps in pixels; empty for a solid line. */
	readonly dash: readonly number[];
	readonly width: number;
}

/** How many colours tokens.css has for series. */
export const COLOR_COUNT = 8;

const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [10, 3, 2, 3]];

// A slot is a colour and a dash. Neighbouring colours have different dashes, and every slot is a pair of its own.
const SLOT_COUNT = COLOR_COUNT * DASHES.length;

/** The truth lies broad and dashed beneath what Prometheus makes of it, so that both show where they agree. */
export const TRUTH_STYLE: SeriesStyle = { color: '--truth', dash: [7, 3], width: 3 };

/** A series that is the only one of what Prometheus sees. */
export const MEASURED_STYLE: SeriesStyle = { color: '--measured', dash: [], width: 1.75 };

/** A number from a label set, spread evenly over 32 bits (FNV-1a, on code points). */
export function labelsHash(labels: Labels): number {
	let hash = 0x811c9dc5;
	for (const character of labelsKey(labels)) {
		hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
	}
	return hash >>> 0;
}

/** The style of a slot. */
export function slotStyle(slot: number): SeriesStyle {
	const dash = DASHES[dashIndex(slot)] as readonly number[];
	return { color: `--series-${colorIndex(slot) + 1}`, dash, width: 1.5 };
}

function colorIndex(slot: number): number {
	return slot % COLOR_COUNT;
}

function dashIndex(slot: number): number {
	return (colorIndex(slot) + Math.floor(slot / COLOR_COUNT)) % DASHES.length;
}

/**
 * A style for each series, by key. A series takes the slot that the hash of its labels names, or the next one that is free:
 * first of a colour and a dash nobody has yet, then of a colour. So four series differ in both, and eight in colour. Their look
 * depends on neither order nor values.
 */
export function assignStyles(series: readonly ChartSeries[]): ReadonlyMap<string, SeriesStyle> {
	const styles = new Map<string, SeriesStyle>();
	const seen = series.filter((one) => one.role !== 'truth');
	for (const one of series) if (one.role === 'truth') styles.set(one.key, TRUTH_STYLE);
	if (seen.length === 1) styles.set((seen[0] as ChartSeries).key, MEASURED_STYLE);
	else for (const [key, slot] of assignSlots(seen)) styles.set(key, slotStyle(slot));
	for (const one of series) if (one.style) styles.set(one.key, one.style);
	return styles;
}

function assignSlots(series: readonly ChartSeries[]): Map<string, number> {
	const taken = new Set<number>();
	const ranked = series
		.map((one) => ({ key: one.key, hash: labelsHash(one.labels) }))
		.sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : 1));
	return new Map(
		ranked.map(({ key, hash }) => {
			// Past the last free slot looks repeat; labels, isolation and the read-out still tell the series apart.
			if (taken.size === SLOT_COUNT) taken.clear();
			const slot = freeSlot(hash % SLOT_COUNT, taken);
			taken.add(slot);
			return [key, slot];
		})
	);
}

function freeSlot(home: number, taken: ReadonlySet<number>): number {
	const colors = new Set([...taken].map(colorIndex));
	const dashes = new Set([...taken].map(dashIndex));
	const candidates = Array.from({ length: SLOT_COUNT }, (_, i) => (home + i) % SLOT_COUNT);
	return (
		candidates.find((slot) => !colors.has(colorIndex(slot)) && !dashes.has(dashIndex(slot))) ??
		candidates.find((slot) => !colors.has(colorIndex(slot))) ??
		candidates.find((slot) => !taken.has(slot)) ??
		home
	);
}
