import { NEWLINE } from './bytes.ts';
import { decodeText } from './go-text.ts';

/** Where something is in a text. */
export interface Place {
	/** 1-based. */
	readonly line: number;
	/** 1-based, in UTF-16 code units. */
	readonly column: number;
}

/** The place of a byte. */
export function placeOf(text: Uint8Array, offset: number): Place {
	const before = text.subarray(0, offset);
	const lineFrom = before.lastIndexOf(NEWLINE) + 1;
	let line = 1;
	for (const byte of before) if (byte === NEWLINE) line++;
	return { line, column: decodeText(before.subarray(lineFrom)).length + 1 };
}
