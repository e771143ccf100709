import type { Span } from '#engine/model';

/** A place as Prometheus' messages name it: 1-based, the column in bytes of UTF-8. */
export interface MessagePlace {
	readonly line: number;
	readonly column: number;
}

/** What to mark in a query for an error at a place: the word that stands there, or at the end the last character. */
export function errorSpan(query: string, { line, column }: MessagePlace): Span {
	const lines = query.split('\n');
	const row = Math.min(Math.max(line, 1), lines.length) - 1;
	const start = lines.slice(0, row).reduce((sum, one) => sum + one.length + 1, 0);
	const from = start + unitsIn(lines[row] ?? '', column - 1);
	const word = /^(?:[\w:]+|\S)/u.exec(query.slice(from))?.[0].length ?? 0;
	return word > 0 ? { from, to: from + word } : { from: Math.max(0, from - 1), to: from };
}

/** How many UTF-16 code units the first bytes of a text are. */
function unitsIn(text: string, bytes: number): number {
	let units = 0;
	let seen = 0;
	for (const character of text) {
		if (seen >= bytes) break;
		seen += utf8Length(character.codePointAt(0) as number);
		units += character.length;
	}
	return units;
}

function utf8Length(codePoint: number): number {
	if (codePoint < 0x80) return 1;
	if (codePoint < 0x800) return 2;
	return codePoint < 0x10000 ? 3 : 4;
}
