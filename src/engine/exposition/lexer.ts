import {
	CLOSE,
	COMMA_BYTE,
	EQUALS,
	isLabelStart,
	isNameStart,
	QUOTE,
	skipLabelName,
	skipName
} from './bytes.ts';
import { skipQuoted, type QuoteRules } from './quoted.ts';
import {
	BRACE_CLOSE,
	COMMA,
	EQUAL,
	IN_INIT,
	IN_META_TEXT,
	INVALID,
	LABEL_NAME,
	LABEL_VALUE,
	METRIC_NAME,
	QUOTED,
	type LexerState,
	type Token
} from './tokens.ts';

/** Labels as they stand in one place of a format. */
export interface LabelRules {
	/** Between labels, after an equals sign, and after the closing brace. */
	readonly inside: LexerState;
	readonly inValue: LexerState;
	readonly after: LexerState;
	readonly quotedName: QuoteRules;
	readonly quotedValue: QuoteRules;
}

export const QUOTED_NAME: QuoteRules = { newline: true, nul: false };

/**
 * Reads a page token by token. A token is bytes[start, i); where none can be read, `i` is at the byte that does not fit.
 * Names, labels and quotes are the same in both formats, which derive from it.
 */
export abstract class Lexer {
	bytes: Uint8Array;
	start = 0;
	i = 0;
	state: LexerState = IN_INIT;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	abstract next(): Token;

	protected take(token: Token, end: number, state: LexerState): Token {
		this.i = end;
		this.state = state;
		return token;
	}

	protected stuck(i: number): Token {
		this.i = i;
		return INVALID;
	}

	/** The name that HELP, TYPE or UNIT is about. */
	protected metaName(i: number): Token {
		const byte = this.bytes[i];
		if (isNameStart(byte)) return this.take(METRIC_NAME, skipName(this.bytes, i + 1), IN_META_TEXT);
		return byte === QUOTE ? this.#quoted(METRIC_NAME, i, QUOTED_NAME, IN_META_TEXT) : INVALID;
	}

	/** What may stand between braces, but for the values. */
	protected label(i: number, rules: LabelRules): Token {
		const byte = this.bytes[i];
		if (isLabelStart(byte)) {
			return this.take(LABEL_NAME, skipLabelName(this.bytes, i + 1), rules.inside);
		}
		if (byte === EQUALS) return this.take(EQUAL, i + 1, rules.inValue);
		if (byte === COMMA_BYTE) return this.take(COMMA, i + 1, rules.inside);
		if (byte === CLOSE) return this.take(BRACE_CLOSE, i + 1, rules.after);
		return byte === QUOTE ? this.#quoted(QUOTED, i, rules.quotedName, rules.inside) : INVALID;
	}

	protected labelValue(i: number, { quotedValue, inside }: LabelRules): Token {
		return this.bytes[i] === QUOTE ? this.#quoted(LABEL_VALUE, i, quotedValue, inside) : INVALID;
	}

	#quoted(token: Token, from: number, rules: QuoteRules, state: LexerState): Token {
		const end = skipQuoted(this.bytes, from, rules);
		return end >= 0 ? this.take(token, end, state) : this.stuck(-1 - end);
	}
}
