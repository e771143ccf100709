import {
	CLOSE,
	COMMA_BYTE,
	EQUALS,
	HASH,
	isDigit,
	isLabelStart,
	isNameStart,
	matchWord,
	NEWLINE,
	NUL,
	OPEN,
	QUOTE,
	skipBlanks,
	skipDigits,
	skipLabelName,
	skipName,
	SPACE,
	TAB
} from './bytes.ts';
import { skipQuoted, type QuoteRules } from './quoted.ts';
import {
	BRACE_CLOSE,
	BRACE_OPEN,
	COMMA,
	COMMENT,
	EOF,
	EQUAL,
	HELP,
	IN_COMMENT,
	IN_INIT,
	IN_LABEL_VALUE,
	IN_LABELS,
	IN_META_NAME,
	IN_META_TEXT,
	IN_TIMESTAMP,
	IN_VALUE,
	INVALID,
	LABEL_NAME,
	LABEL_VALUE,
	LINEBREAK,
	METRIC_NAME,
	QUOTED,
	TEXT,
	TIMESTAMP,
	TYPE,
	VALUE,
	type Lexer,
	type LexerState,
	type Token
} from './tokens.ts';

const QUOTED_NAME: QuoteRules = { newline: true, nul: false };
const QUOTED_VALUE: QuoteRules = { newline: true, nul: true };

/**
 * The lexer of the text format (model/textparse/promlex.l). Blanks and tabs between tokens are skipped everywhere.
 * The page must end with a line break. A byte 0 outside of texts ends the page where a line begins, and is invalid elsewhere.
 */
export class TextLexer implements Lexer {
	bytes: Uint8Array;
	start = 0;
	i = 0;
	state: LexerState = IN_INIT;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	next(): Token {
		const i = skipBlanks(this.bytes, this.i);
		if (i >= this.bytes.length) {
			this.i = i;
			return EOF;
		}
		this.start = this.i = i;
		switch (this.state) {
			case IN_INIT:
				return this.#atLineStart(i);
			case IN_META_NAME:
				return this.#metaName(i);
			case IN_META_TEXT:
				return this.#metaText(i);
			case IN_LABELS:
				return this.#label(i);
			case IN_LABEL_VALUE:
				return this.#labelValue(i);
			case IN_VALUE:
				return this.#value(i);
			default:
				return this.#timestamp(i);
		}
	}

	#take(token: Token, end: number, state: LexerState): Token {
		this.i = end;
		this.state = state;
		return token;
	}

	#atLineStart(i: number): Token {
		const byte = this.bytes[i];
		if (isNameStart(byte)) return this.#take(METRIC_NAME, skipName(this.bytes, i + 1), IN_VALUE);
		if (byte === NEWLINE) return this.#take(LINEBREAK, i + 1, IN_INIT);
		if (byte === OPEN) return this.#take(BRACE_OPEN, i + 1, IN_LABELS);
		if (byte === HASH) return this.#hash(i + 1);
		return byte === NUL ? this.#take(EOF, i + 1, IN_INIT) : INVALID;
	}

	/** HELP and TYPE need a blank on either side; whatever else begins with # is a comment. */
	#hash(i: number): Token {
		const { bytes } = this;
		const word = skipBlanks(bytes, i);
		if (word === i) return this.#comment(i, IN_INIT);
		const token = matchWord(bytes, word, 'HELP')
			? HELP
			: matchWord(bytes, word, 'TYPE')
				? TYPE
				: INVALID;
		const end = skipBlanks(bytes, word + 4);
		if (token === INVALID || end === word + 4) return this.#comment(word, IN_COMMENT);
		return this.#take(token, end, IN_META_NAME);
	}

	#comment(i: number, state: LexerState): Token {
		const { bytes } = this;
		while (bytes[i] !== NEWLINE) {
			// Where the lexer knows that it is in a comment it passes over the byte 0; right after a # it takes it for the end.
			if (bytes[i] === NUL && state === IN_INIT) return this.#take(EOF, i, state);
			i++;
		}
		return this.#take(COMMENT, i, IN_INIT);
	}

	#metaName(i: number): Token {
		const byte = this.bytes[i];
		if (isNameStart(byte))
			return this.#take(METRIC_NAME, skipName(this.bytes, i + 1), IN_META_TEXT);
		if (byte === QUOTE) return this.#quoted(METRIC_NAME, i, QUOTED_NAME, IN_META_TEXT);
		return INVALID;
	}

	/** The rest of the line with the blank before it; a rest of blanks alone is empty. */
	#metaText(i: number): Token {
		const { bytes } = this;
		let end = i;
		while (bytes[end] !== NEWLINE) end++;
		if (end > i) this.start = this.#blanksBefore(i);
		return this.#take(TEXT, end, IN_INIT);
	}

	#blanksBefore(i: number): number {
		while (this.bytes[i - 1] === SPACE || this.bytes[i - 1] === TAB) i--;
		return i;
	}

	#label(i: number): Token {
		const byte = this.bytes[i];
		if (isLabelStart(byte)) {
			return this.#take(LABEL_NAME, skipLabelName(this.bytes, i + 1), IN_LABELS);
		}
		if (byte === EQUALS) return this.#take(EQUAL, i + 1, IN_LABEL_VALUE);
		if (byte === COMMA_BYTE) return this.#take(COMMA, i + 1, IN_LABELS);
		if (byte === CLOSE) return this.#take(BRACE_CLOSE, i + 1, IN_VALUE);
		if (byte === QUOTE) return this.#quoted(QUOTED, i, QUOTED_NAME, IN_LABELS);
		return INVALID;
	}

	#labelValue(i: number): Token {
		if (this.bytes[i] !== QUOTE) return INVALID;
		return this.#quoted(LABEL_VALUE, i, QUOTED_VALUE, IN_LABELS);
	}

	#quoted(token: Token, from: number, rules: QuoteRules, state: LexerState): Token {
		const end = skipQuoted(this.bytes, from, rules);
		if (end >= 0) return this.#take(token, end, state);
		this.i = -1 - end;
		return INVALID;
	}

	#value(i: number): Token {
		const { bytes } = this;
		if (bytes[i] === OPEN) return this.#take(BRACE_OPEN, i + 1, IN_LABELS);
		let end = i;
		while (isValueByte(bytes[end]!)) end++;
		return end === i ? INVALID : this.#take(VALUE, end, IN_TIMESTAMP);
	}

	#timestamp(i: number): Token {
		const byte = this.bytes[i];
		if (byte === NEWLINE) return this.#take(LINEBREAK, i + 1, IN_INIT);
		if (isDigit(byte)) return this.#take(TIMESTAMP, skipDigits(this.bytes, i + 1), IN_TIMESTAMP);
		return INVALID;
	}
}

function isValueByte(byte: number): boolean {
	return byte > SPACE
		? byte !== OPEN
		: byte !== SPACE && byte !== NEWLINE && byte !== TAB && byte !== NUL;
}
