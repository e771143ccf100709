import { BACKSLASH, NEWLINE, NUL, QUOTE, skipNuls } from './bytes.ts';

/** What may stand between quotes besides escapes: a line break, the byte 0. Prometheus' lexers differ in it by place. */
export interface QuoteRules {
	readonly newline: boolean;
	readonly nul: boolean;
}

/**
 * Scans a quoted text whose opening quote is at `from`. Returns where it ends, after the closing quote and, where bytes 0 may stand, those that follow it; or, when it does
 * not, -1 - i for the byte i that does not fit.
 */
export function skipQuoted(bytes: Uint8Array, from: number, rules: QuoteRules): number {
	let i = from + 1;
	for (;;) {
		if (i >= bytes.length) return -1 - bytes.length;
		const byte = bytes[i]!;
		if (byte === QUOTE) return afterNuls(bytes, i + 1, rules);
		if (byte === BACKSLASH) {
			i = afterNuls(bytes, i + 1, rules);
			if (!isEscapable(bytes[i])) return -1 - i;
		} else if (byte === NEWLINE && !rules.newline) return -1 - i;
		else if (byte === NUL && !rules.nul) return -1 - i;
		i++;
	}
}

/** Where it may hold bytes 0 the lexer does not see them, not even those after the closing quote. */
function afterNuls(bytes: Uint8Array, i: number, rules: QuoteRules): number {
	return rules.nul ? skipNuls(bytes, i) : i;
}

/** Anything may follow a backslash but the end, a line break or the byte 0. */
function isEscapable(byte: number | undefined): boolean {
	return byte !== undefined && byte !== NEWLINE && byte !== NUL;
}
