import { SAMPLE } from '#engine/model';
import { floatHead, planFloats, writeFloats, type FloatPlan } from './floats.ts';
import {
	BESIDE,
	BLOCK_ROWS,
	CONSTANT,
	headOf,
	leadingOf,
	MAX_EXTRA,
	OFFSET,
	REPEAT_WORDS,
	REPETITIVE,
	WIDE
} from './layout.ts';
import { planNumbers, type Plan } from './plan.ts';
import { residuals } from './residuals.ts';
import { hasMarks, spanFlags, writeSpan, type UnsealedRows } from './span.ts';
import { toWholeNumbers } from './whole-numbers.ts';
import type { WordList } from './words.ts';

/** What can be sealed beside the entry: another bucket of the same histogram, sealed just before. */
export interface Neighbour {
	readonly rows: UnsealedRows;
	/** Where its entry is in the list. */
	readonly at: number;
}

/** Values that are to be written, and in which way. */
interface Writing {
	readonly values: Float64Array;
	readonly count: number;
	readonly numbers: Float64Array;
	readonly decimals: number;
	readonly plan: Plan | undefined;
	readonly floats: FloatPlan | undefined;
	readonly size: number;
}

/** From so many repeated values on it may pay to say which rows repeat, and write only the others. */
const MANY_REPEATS = BLOCK_ROWS / 4;

/** A way to write that is wider than this had better be compared with the one of doubles. */
const BROAD = 32;

// Scratch, as in residuals.ts.
const VALUES = new Float64Array(BLOCK_ROWS);
const NUMBERS = new Float64Array(BLOCK_ROWS);
const BESIDE_NUMBERS = new Float64Array(BLOCK_ROWS);
const DISTINCT = new Float64Array(BLOCK_ROWS);
const DISTINCT_NUMBERS = new Float64Array(BLOCK_ROWS);

/**
 * Appends an entry with the rows, bit for bit: every double comes back as it was, only NaNs are all alike. Rows that are marked
 * keep their mark and lose their value. Tries several ways to write and takes the smallest; at most that is the doubles as they are, a head,
 * and the marks. Returns where the entry is.
 */
export function sealEntry(list: WordList, rows: UnsealedRows, neighbour?: Neighbour): number {
	const at = list.length;
	const count = rows.end - rows.first;
	copySamples(rows);
	const beside = neighbour && besideOf(rows, neighbour, at);
	const all = planValues(VALUES, count, NUMBERS, beside);
	const distinct = planDistinct(count, all.size);
	const isRepetitive = distinct !== undefined;
	const writing = isRepetitive ? distinct : all;
	const flags = spanFlags(rows) | (isRepetitive ? REPETITIVE : 0);
	list.push(flags | writtenHead(writing, neighbour ? at - neighbour.at : 0));
	writeSpan(list, rows);
	if (isRepetitive) writeRepeats(list, count);
	write(list, writing, beside);
	return at;
}

/** The values without repeats, if it pays. */
function planDistinct(count: number, size: number): Writing | undefined {
	const repeats = size > REPEAT_WORDS ? countRepeats(count) : 0;
	if (repeats < MANY_REPEATS) return undefined;
	copyDistinct(count);
	const distinct = planValues(DISTINCT, count - repeats, DISTINCT_NUMBERS);
	return distinct.size + REPEAT_WORDS < size ? distinct : undefined;
}

function planValues(
	values: Float64Array,
	count: number,
	numbers: Float64Array,
	beside?: Float64Array
): Writing {
	const decimals = toWholeNumbers(values, count, numbers);
	const plan =
		decimals < 0 ? undefined : planNumbers(numbers, count, decimals === 0 ? beside : undefined);
	if (plan && plan.width <= BROAD) return asNumbers(values, count, numbers, decimals, plan);
	const floats = planFloats(values, count);
	if (plan && plan.size <= floats.size) return asNumbers(values, count, numbers, decimals, plan);
	return { values, count, numbers, decimals, plan: undefined, floats, size: floats.size };
}

function asNumbers(
	values: Float64Array,
	count: number,
	numbers: Float64Array,
	decimals: number,
	plan: Plan
): Writing {
	return { values, count, numbers, decimals, plan, floats: undefined, size: plan.size };
}

function writtenHead({ plan, floats, decimals }: Writing, distance: number): number {
	if (!plan) return floatHead(floats as FloatPlan);
	const { kind, width, restarts, isWide, base } = plan;
	const extra = kind === BESIDE ? distance : 0;
	const head = headOf({ kind, decimals, width, restarts, extra });
	return head | (isWide ? WIDE : 0) | (base === 0 ? 0 : OFFSET);
}

function write(list: WordList, writing: Writing, beside: Float64Array | undefined): void {
	const { values, numbers, count, plan, floats } = writing;
	if (plan) writeNumbers(list, numbers, count, plan, beside);
	else writeFloats(list, values, count, floats as FloatPlan);
}

function writeNumbers(
	list: WordList,
	numbers: Float64Array,
	count: number,
	{ kind, base, width, restarts, isWide }: Plan,
	beside: Float64Array | undefined
): void {
	const push = (number: number) => (isWide ? list.pushDouble(number) : list.push(number));
	const leading = leadingOf(kind);
	for (let i = 0; i < leading; i++) push(numbers[i] as number);
	if (base !== 0) push(base);
	if (kind === CONSTANT) return;
	const packed = residuals(kind, numbers, count, base, beside);
	for (let row = 1, left = restarts; left > 0; row++) {
		if ((numbers[row] as number) >= (numbers[row - 1] as number)) continue;
		list.push(row);
		push(numbers[row] as number);
		packed[row - leading] = 0;
		left--;
	}
	list.pushBits(packed, count - leading, width);
}

/** The samples of the rows, from 0 on; a marked row repeats the sample before it, which costs least. */
function copySamples({ values, marks, offset, first, end }: UnsealedRows): void {
	for (let row = first, last = 0; row < end; row++) {
		if (!marks || marks[offset + row] === SAMPLE) last = values[offset + row] as number;
		VALUES[row - first] = last;
	}
}

/** How many values are the same as the one before. */
function countRepeats(count: number): number {
	let repeats = 0;
	for (let i = 1; i < count; i++) if (isRepeated(i)) repeats++;
	return repeats;
}

/** The values that differ from the one before. */
function copyDistinct(count: number): void {
	let distinct = 0;
	for (let i = 0; i < count; i++) if (!isRepeated(i)) DISTINCT[distinct++] = VALUES[i] as number;
}

function isRepeated(i: number): boolean {
	if (i === 0) return false;
	const value = VALUES[i] as number;
	const last = VALUES[i - 1] as number;
	return value === last ? value !== 0 || 1 / value === 1 / last : value !== value && last !== last;
}

/** The numbers of the neighbour in the same rows, if both are there in all of them. */
function besideOf(
	rows: UnsealedRows,
	{ rows: others, at }: Neighbour,
	here: number
): Float64Array | undefined {
	if (!isWhole(rows) || !isWhole(others) || here - at > MAX_EXTRA) return undefined;
	const values = others.values.subarray(others.offset, others.offset + BLOCK_ROWS);
	return toWholeNumbers(values, BLOCK_ROWS, BESIDE_NUMBERS) === 0 ? BESIDE_NUMBERS : undefined;
}

function isWhole(rows: UnsealedRows): boolean {
	return rows.end - rows.first === BLOCK_ROWS && !hasMarks(rows);
}

function writeRepeats(list: WordList, count: number): void {
	for (let word = 0; word < REPEAT_WORDS; word++) {
		let bits = 0;
		for (let i = 0; i < 32; i++) {
			const row = word * 32 + i;
			if (row < count && !isRepeated(row)) bits |= 1 << i;
		}
		list.push(bits);
	}
}
