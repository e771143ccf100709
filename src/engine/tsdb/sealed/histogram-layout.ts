import { NO_BUCKETS, type FloatHistogram } from '#engine/model';
import type { BitReader, BitWriter } from './bits.ts';

/** What mostly stays the same from one histogram of a series to the next: all but what was counted. */
export interface HistogramLayout {
	readonly schema: number;
	readonly zeroThreshold: number;
	readonly positive: { readonly indexes: readonly number[] };
	readonly negative: { readonly indexes: readonly number[] };
	readonly customValues: readonly number[];
}

/** What the first histogram of an entry is compared with. */
export const NO_HISTOGRAM: FloatHistogram = {
	schema: 0,
	zeroThreshold: 0,
	zeroCount: 0,
	count: 0,
	sum: 0,
	positive: NO_BUCKETS,
	negative: NO_BUCKETS,
	customValues: [],
	counterReset: 'unknown'
};

/** Whether the layouts are the same, bit for bit. */
export function isSameLayout(a: HistogramLayout, b: HistogramLayout): boolean {
	return (
		a.schema === b.schema &&
		Object.is(a.zeroThreshold, b.zeroThreshold) &&
		areSame(a.positive.indexes, b.positive.indexes) &&
		areSame(a.negative.indexes, b.negative.indexes) &&
		areSame(a.customValues, b.customValues)
	);
}

/** Whether the numbers are the same, bit for bit. */
export function areSame(a: readonly number[], b: readonly number[]): boolean {
	if (a === b) return true;
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
	return true;
}

/** Writes a layout, those parts of it that differ from the one before. */
export function writeLayout(
	bits: BitWriter,
	layout: HistogramLayout,
	before: HistogramLayout
): void {
	bits.pushWhole(layout.schema);
	bits.pushDouble(layout.zeroThreshold, before.zeroThreshold);
	writeIndexes(bits, layout.positive.indexes, before.positive.indexes);
	writeIndexes(bits, layout.negative.indexes, before.negative.indexes);
	writeBounds(bits, layout.customValues, before.customValues);
}

export function readLayout(bits: BitReader, before: HistogramLayout): HistogramLayout {
	return {
		schema: bits.readWhole(),
		zeroThreshold: bits.readDouble(before.zeroThreshold),
		positive: { indexes: readIndexes(bits, before.positive.indexes) },
		negative: { indexes: readIndexes(bits, before.negative.indexes) },
		customValues: readBounds(bits, before.customValues)
	};
}

/** How far each is from the one before, so that a run of adjacent buckets takes a bit for each. */
function writeIndexes(
	bits: BitWriter,
	indexes: readonly number[],
	before: readonly number[]
): void {
	if (!writeChange(bits, indexes, before)) return;
	let next = 0;
	for (const index of indexes) {
		bits.pushWhole(index - next);
		next = index + 1;
	}
}

function readIndexes(bits: BitReader, before: readonly number[]): readonly number[] {
	if (bits.read(1) === 0) return before;
	const indexes: number[] = [];
	let next = 0;
	for (let left = bits.readWhole(); left > 0; left--) {
		const index = next + bits.readWhole();
		indexes.push(index);
		next = index + 1;
	}
	return indexes;
}

function writeBounds(bits: BitWriter, bounds: readonly number[], before: readonly number[]): void {
	if (!writeChange(bits, bounds, before)) return;
	let last = 0;
	for (const bound of bounds) {
		bits.pushDouble(bound, last);
		last = bound;
	}
}

function readBounds(bits: BitReader, before: readonly number[]): readonly number[] {
	if (bits.read(1) === 0) return before;
	const bounds: number[] = [];
	let last = 0;
	for (let left = bits.readWhole(); left > 0; left--) bounds.push((last = bits.readDouble(last)));
	return bounds;
}

/** Writes whether the numbers differ from those before, and if so, how many there are. */
function writeChange(
	bits: BitWriter,
	numbers: readonly number[],
	before: readonly number[]
): boolean {
	const isChanged = !areSame(numbers, before);
	bits.push(isChanged ? 1 : 0, 1);
	if (isChanged) bits.pushWhole(numbers.length);
	return isChanged;
}
