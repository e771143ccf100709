import { ABSENT, SAMPLE } from '#engine/model';
import { BLOCK_ROWS, MARK_WORDS, MARKED, PARTIAL } from './layout.ts';
import type { WordList } from './words.ts';

/** The rows of a series that are to be sealed: row r of the block stands at values[offset + r], for first <= r < end. */
export interface UnsealedRows {
	readonly values: Float64Array;
	readonly marks: Uint8Array | undefined;
	readonly offset: number;
	readonly first: number;
	readonly end: number;
}

/** The flags of a head that say what `writeSpan` writes. */
export function spanFlags(rows: UnsealedRows): number {
	const isPartial = rows.end - rows.first < BLOCK_ROWS;
	return (isPartial ? PARTIAL : 0) | (hasMarks(rows) ? MARKED : 0);
}

/** Appends which rows of the block the entry has, and their marks, where that has to be said. */
export function writeSpan(list: WordList, rows: UnsealedRows): void {
	const flags = spanFlags(rows);
	if ((flags & PARTIAL) !== 0) list.push(rows.first | ((rows.end - rows.first) << 16));
	if ((flags & MARKED) !== 0) writeMarks(list, rows);
}

export function hasMarks({ marks, offset, first, end }: UnsealedRows): boolean {
	if (!marks) return false;
	for (let row = first; row < end; row++) if (marks[offset + row] !== SAMPLE) return true;
	return false;
}

function writeMarks(list: WordList, { marks, offset, first, end }: UnsealedRows): void {
	for (let word = 0; word < MARK_WORDS; word++) {
		let bits = 0;
		for (let i = 0; i < 16; i++) {
			const row = word * 16 + i;
			const mark = row < first || row >= end ? ABSENT : (marks?.[offset + row] ?? SAMPLE);
			bits |= mark << (2 * i);
		}
		list.push(bits);
	}
}
