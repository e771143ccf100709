/**
 * How many rows a sealed block has: half an hour of scrapes every 15 s, as a chunk of Prometheus (tsdb/head_append.go). Blocks
 * are stretches of rows and not of time, so what opening one costs does not depend on how often a target is scraped.
 */
export const BLOCK_ROWS = 128;

/**
 * An entry is what one series has in one block: 32-bit words, of which the first says what the others are.
 *
 *     head
 *     [first row and number of rows]        when PARTIAL
 *     [2 bits for each row of the block]    when MARKED: its mark
 *     [1 bit for each row]                  when REPETITIVE: whether its value differs from the one before; only those follow
 *     numbers and bits                      as the kind says
 *
 * Bits of the head, from the lowest: kind 3, decimals 4, width 7, PARTIAL, MARKED, REPETITIVE, WIDE, OFFSET, restarts 4, extra 9.
 */
export const PARTIAL = 1 << 14;
export const MARKED = 1 << 15;
export const REPETITIVE = 1 << 16;
/** Numbers are doubles, two words each; without it they are integers of one word. */
export const WIDE = 1 << 17;
/** What is packed counts from a number of its own, instead of from 0. */
export const OFFSET = 1 << 18;

/** What the bits of an entry are, of values as whole numbers (they are divided by 10 ** decimals at last). */
export const CONSTANT = 0;
/** The values. */
export const LEVELS = 1;
/** How far each is from the one before. */
export const DELTAS = 2;
/** How far the deltas are from one another. */
export const ACCELERATIONS = 3;
/** How far the deltas are from those of the entry before, a bucket of the same histogram. `extra` is how many words before. */
export const BESIDE = 4;
/** No whole numbers: both halves of the doubles, each combined with the one before by exclusive or (after tsdb/chunkenc/xor.go). */
export const FLOATS = 5;

/** No numbers alone: native histograms, and perhaps floats among them (histograms.ts). */
export const HISTOGRAMS = 6;

export type Kind = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** How many numbers at the beginning an entry of the kind holds whole. */
export function leadingOf(kind: Kind): number {
	if (kind === ACCELERATIONS) return 2;
	return kind === DELTAS || kind === BESIDE || kind === CONSTANT ? 1 : 0;
}

export const MARK_WORDS = (BLOCK_ROWS * 2) / 32;
export const REPEAT_WORDS = BLOCK_ROWS / 32;

const DECIMALS_SHIFT = 3;
const WIDTH_SHIFT = 7;
const RESTARTS_SHIFT = 19;
const EXTRA_SHIFT = 23;

export const MAX_DECIMALS = 15;
export const MAX_RESTARTS = 15;
export const MAX_EXTRA = 511;

/** The fields of a head that are numbers; flags are added by or. */
export interface HeadFields {
	readonly kind: Kind;
	readonly decimals: number;
	readonly width: number;
	readonly restarts: number;
	readonly extra: number;
}

export function headOf({ kind, decimals, width, restarts, extra }: HeadFields): number {
	return (
		kind |
		(decimals << DECIMALS_SHIFT) |
		(width << WIDTH_SHIFT) |
		(restarts << RESTARTS_SHIFT) |
		(extra << EXTRA_SHIFT)
	);
}

export function kindOf(head: number): Kind {
	return (head & 7) as Kind;
}

export function decimalsOf(head: number): number {
	return (head >>> DECIMALS_SHIFT) & 15;
}

export function widthOf(head: number): number {
	return (head >>> WIDTH_SHIFT) & 127;
}

export function restartsOf(head: number): number {
	return (head >>> RESTARTS_SHIFT) & 15;
}

export function extraOf(head: number): number {
	return head >>> EXTRA_SHIFT;
}

/** Powers of ten, read from text, because what `**` gives need not be exact. */
export const POWERS_OF_TEN = Float64Array.from({ length: MAX_DECIMALS + 1 }, (_, i) =>
	Number(`1e${i}`)
);
