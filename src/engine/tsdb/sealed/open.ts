import { ABSENT, SAMPLE } from '#engine/model';
import {
	ACCELERATIONS,
	BESIDE,
	BLOCK_ROWS,
	CONSTANT,
	decimalsOf,
	DELTAS,
	extraOf,
	FLOATS,
	HISTOGRAMS,
	kindOf,
	leadingOf,
	MARK_WORDS,
	MARKED,
	OFFSET,
	PARTIAL,
	POWERS_OF_TEN,
	REPEAT_WORDS,
	REPETITIVE,
	restartsOf,
	WIDE,
	widthOf
} from './layout.ts';
import { doubleOf, unpackBits, wordsForBits } from './words.ts';

/** Values of a whole block: those of row r stand at values[offset + r]. */
export interface OpenRows {
	readonly values: Float64Array;
	readonly offset: number;
}

/** Where the entry begins beside which the one at `at` was sealed; undefined for most. */
export function neighbourOf(words: Uint32Array, at: number): number | undefined {
	const head = words[at] as number;
	return kindOf(head) === BESIDE ? at - extraOf(head) : undefined;
}

/**
 * Writes the values of an entry to values[offset + r], r being rows of the block; rows that the series does not have are left alone,
 * and marked ones get any value. `beside` must be given where there is a neighbour.
 */
export function openEntry(
	words: Uint32Array,
	at: number,
	values: Float64Array,
	offset: number,
	beside?: OpenRows
): void {
	const head = words[at] as number;
	const { first, end } = entrySpan(words, at);
	const repeats = contentOf(words, at);
	const from = offset + first;
	if ((head & REPETITIVE) === 0) {
		openValues(words, head, repeats, end - first, values, from, beside);
		return;
	}
	const distinct = countOnes(words, repeats);
	openValues(words, head, repeats + REPEAT_WORDS, distinct, values, from, undefined);
	spread(words, repeats, distinct, values, from, end - first);
}

/** Whether the entry has native histograms, which `openEntry` can not open. */
export function hasHistograms(words: Uint32Array, at: number): boolean {
	return kindOf(words[at] as number) === HISTOGRAMS;
}

/** What the entry has after its marks. */
export function contentOf(words: Uint32Array, at: number): number {
	const head = words[at] as number;
	return at + 1 + ((head & PARTIAL) === 0 ? 0 : 1) + ((head & MARKED) === 0 ? 0 : MARK_WORDS);
}

/** The rows of the block between which the entry has samples: [first, end). */
export function entrySpan(
	words: Uint32Array,
	at: number
): { readonly first: number; readonly end: number } {
	if (((words[at] as number) & PARTIAL) === 0) return { first: 0, end: BLOCK_ROWS };
	const span = words[at + 1] as number;
	const first = span & 0xffff;
	return { first, end: first + (span >>> 16) };
}

/** Whether some row of the block in [from, to) is not a sample. */
export function isEntryMarked(words: Uint32Array, at: number, from: number, to: number): boolean {
	const head = words[at] as number;
	if ((head & (PARTIAL | MARKED)) === 0) return false;
	for (let row = from; row < to; row++) if (markAt(words, at, row) !== SAMPLE) return true;
	return false;
}

/** What the entry has in a row of the block. */
export function markAt(words: Uint32Array, at: number, row: number): number {
	const { first, end } = entrySpan(words, at);
	if (row < first || row >= end) return ABSENT;
	const head = words[at] as number;
	if ((head & MARKED) === 0) return SAMPLE;
	const marks = at + ((head & PARTIAL) === 0 ? 1 : 2);
	return ((words[marks + (row >>> 4)] as number) >>> (2 * (row & 15))) & 3;
}

/** The words that the entry takes. */
export function entrySize(words: Uint32Array, at: number): number {
	const head = words[at] as number;
	const kind = kindOf(head);
	const { first, end } = entrySpan(words, at);
	let next = contentOf(words, at);
	if (kind === HISTOGRAMS) return next - at + 1 + (words[next] as number);
	let count = end - first;
	if ((head & REPETITIVE) !== 0) {
		count = countOnes(words, next);
		next += REPEAT_WORDS;
	}
	if (kind === FLOATS) {
		const bits = wordsForBits(count - 1, widthOf(head)) + wordsForBits(count - 1, extraOf(head));
		return next - at + 2 + bits;
	}
	const unit = (head & WIDE) === 0 ? 1 : 2;
	const restarts = restartsOf(head);
	const wholes = leadingOf(kind) + ((head & OFFSET) === 0 ? 0 : 1) + restarts;
	const packed = kind === CONSTANT ? 0 : wordsForBits(count - leadingOf(kind), widthOf(head));
	return next - at + wholes * unit + restarts + packed;
}

function openValues(
	words: Uint32Array,
	head: number,
	at: number,
	count: number,
	values: Float64Array,
	from: number,
	beside: OpenRows | undefined
): void {
	if (kindOf(head) === FLOATS) openFloats(words, head, at, count, values, from);
	else openNumbers(words, head, at, count, values, from, beside);
}

function openNumbers(
	words: Uint32Array,
	head: number,
	at: number,
	count: number,
	values: Float64Array,
	from: number,
	beside: OpenRows | undefined
): void {
	const kind = kindOf(head);
	const isWide = (head & WIDE) !== 0;
	const unit = isWide ? 2 : 1;
	const leading = leadingOf(kind);
	for (let i = 0; i < leading; i++, at += unit) values[from + i] = numberAt(words, at, isWide);
	let base = 0;
	if ((head & OFFSET) !== 0) {
		base = numberAt(words, at, isWide);
		at += unit;
	}
	const restarts = at;
	const restartCount = restartsOf(head);
	at += restartCount * (unit + 1);
	if (kind === CONSTANT) values.fill(values[from] as number, from, from + count);
	else unpackBits(words, at, count - leading, widthOf(head), base, values, from + leading);
	if (kind === BESIDE && beside) addChanges(values, from, count, beside);
	if (kind === ACCELERATIONS) addUpTwice(values, from, count);
	else if (kind === DELTAS || kind === BESIDE) {
		addUp(values, from, count, words, restarts, restartCount, isWide);
	}
	const decimals = decimalsOf(head);
	if (decimals > 0) divide(values, from, count, POWERS_OF_TEN[decimals] as number);
}

function numberAt(words: Uint32Array, at: number, isWide: boolean): number {
	const word = words[at] as number;
	return isWide ? doubleOf(word, words[at + 1] as number) : word | 0;
}

/** Adds to each delta the one of the neighbour. */
function addChanges(
	values: Float64Array,
	from: number,
	count: number,
	{ values: others, offset }: OpenRows
): void {
	let last = others[offset] as number;
	for (let i = 1; i < count; i++) {
		const other = others[offset + i] as number;
		values[from + i] = (values[from + i] as number) + (other - last);
		last = other;
	}
}

/** Makes values of a first value and deltas; at restarts the value begins anew. */
function addUp(
	values: Float64Array,
	from: number,
	count: number,
	words: Uint32Array,
	restarts: number,
	restartCount: number,
	isWide: boolean
): void {
	let value = values[from] as number;
	let i = 1;
	for (let k = 0; k < restartCount; k++) {
		const row = words[restarts] as number;
		for (; i < row; i++) values[from + i] = value += values[from + i] as number;
		values[from + i++] = value = numberAt(words, restarts + 1, isWide);
		restarts += isWide ? 3 : 2;
	}
	for (; i < count; i++) values[from + i] = value += values[from + i] as number;
}

function addUpTwice(values: Float64Array, from: number, count: number): void {
	let value = values[from + 1] as number;
	let delta = value - (values[from] as number);
	for (let i = 2; i < count; i++) {
		delta += values[from + i] as number;
		values[from + i] = value += delta;
	}
}

function divide(values: Float64Array, from: number, count: number, power: number): void {
	for (let i = from; i < from + count; i++) values[i] = (values[i] as number) / power;
}

/** Scratch for the halves of doubles. */
const HIGHS = new Float64Array(BLOCK_ROWS);
const LOWS = new Float64Array(BLOCK_ROWS);

function openFloats(
	words: Uint32Array,
	head: number,
	at: number,
	count: number,
	values: Float64Array,
	from: number
): void {
	const zeros = 2 * decimalsOf(head);
	let low = words[at] as number;
	let high = words[at + 1] as number;
	values[from] = doubleOf(low, high);
	const lows = unpackBits(words, at + 2, count - 1, widthOf(head), 0, HIGHS, 0);
	unpackBits(words, lows, count - 1, extraOf(head), 0, LOWS, 0);
	for (let i = 1; i < count; i++) {
		low ^= (LOWS[i - 1] as number) << zeros;
		high ^= HIGHS[i - 1] as number;
		values[from + i] = doubleOf(low, high);
	}
}

function countOnes(words: Uint32Array, at: number): number {
	let ones = 0;
	for (let word = 0; word < REPEAT_WORDS; word++) {
		for (let bits = words[at + word] as number; bits !== 0; bits &= bits - 1) ones++;
	}
	return ones;
}

/** Moves distinct values, from the last on, to the rows where they are new, and repeats them up to the next. */
function spread(
	words: Uint32Array,
	repeats: number,
	distinct: number,
	values: Float64Array,
	from: number,
	count: number
): void {
	for (let i = count - 1, last = from + distinct - 1; i >= 0; i--) {
		values[from + i] = values[last] as number;
		if ((((words[repeats + (i >>> 5)] as number) >>> (i & 31)) & 1) === 1) last--;
	}
}
