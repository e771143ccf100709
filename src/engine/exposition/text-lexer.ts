import {
	HASH,
	isDigit,
	isNameStart,
	NEWLINE,
	NUL,
	OPEN,
	skipBlanks,
	skipDigits,
	skipName,
	skipWord,
	SPACE,
	TAB
} from './bytes.ts';
import { Lexer, QUOTED_NAME, type LabelRules } from './lexer.ts';
import {
	BRACE_OPEN,
	COMMENT,
	EOF,
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
	LINEBREAK,
	METRIC_NAME,
	TEXT,
	TIMESTAMP,
	TYPE,
	VALUE,
	type LexerState,
	type Token
} from './tokens.ts';

const LABELS: LabelRules = {
	inside: IN_LABELS,
	inValue: IN_LABEL_VALUE,
	after: IN_VALUE,
	quotedName: QUOTED_NAME,
	quotedValue: { newline: true, nul: true }
};

const KEYWORDS: readonly (readonly [string, Token])[] = [
	['HELP', HELP],
	['TYPE', TYPE]
];

/**
 * The lexer of the text format (model/textparse/promlex.l). Blanks and tabs between tokens are skipped everywhere.
 * The page must end with a line break. A byte 0 outside of texts ends the page where a line begins, and is invalid elsewhere.
 */
export class TextLexer extends Lexer {
	override next(): Token {
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
				return this.metaName(i);
			case IN_META_TEXT:
				return this.#metaText(i);
			case IN_LABELS:
				return this.label(i, LABELS);
			case IN_LABEL_VALUE:
				return this.labelValue(i, LABELS);
			case IN_VALUE:
				return this.#value(i);
			default:
				return this.#timestamp(i);
		}
	}

	#atLineStart(i: number): Token {
		const byte = this.bytes[i];
		if (isNameStart(byte)) return this.take(METRIC_NAME, skipName(this.bytes, i + 1), IN_VALUE);
		if (byte === NEWLINE) return this.take(LINEBREAK, i + 1, IN_INIT);
		if (byte === OPEN) return this.take(BRACE_OPEN, i + 1, IN_LABELS);
		if (byte === HASH) return this.#hash(i + 1);
		return byte === NUL ? this.take(EOF, i + 1, IN_INIT) : INVALID;
	}

	/** HELP and TYPE need a blank on either side; whatever else begins with # is a comment. */
	#hash(i: number): Token {
		const { bytes } = this;
		const word = skipBlanks(bytes, i);
		if (word === i) return this.#comment(i, IN_INIT);
		for (const [text, token] of KEYWORDS) {
			const end = skipWord(bytes, word, text);
			if (end >= 0 && isBlank(bytes[end])) {
				return this.take(token, skipBlanksAndNuls(bytes, end), IN_META_NAME);
			}
		}
		return this.#comment(word, IN_COMMENT);
	}

	#comment(i: number, state: LexerState): Token {
		const { bytes } = this;
		if (bytes[i] === NUL) return this.take(EOF, i, state);
		while (bytes[i] !== NEWLINE) {
			// Where the lexer knows that it is in a comment it passes over the byte 0; right after a # it takes it for the end.
			if (bytes[i] === NUL && state === IN_INIT) return this.take(EOF, i, state);
			i++;
		}
		return this.take(COMMENT, i, IN_INIT);
	}

	/** The rest of the line with the blank before it; a rest of blanks alone is empty, and so is one that begins with the byte 0. */
	#metaText(i: number): Token {
		const { bytes } = this;
		const from = this.#blanksBefore(i);
		if (from === i && bytes[i] === NUL) return this.take(TEXT, i, IN_INIT);
		const blank = skipBlanksAndNuls(bytes, i);
		const end = bytes.indexOf(NEWLINE, blank);
		this.start = blank === end ? end : from;
		return this.take(TEXT, end, IN_INIT);
	}

	#blanksBefore(i: number): number {
		while (this.bytes[i - 1] === SPACE || this.bytes[i - 1] === TAB) i--;
		return i;
	}

	#value(i: number): Token {
		const { bytes } = this;
		if (bytes[i] === OPEN) return this.take(BRACE_OPEN, i + 1, IN_LABELS);
		let end = i;
		while (isValueByte(bytes[end]!)) end++;
		return end === i ? INVALID : this.take(VALUE, end, IN_TIMESTAMP);
	}

	#timestamp(i: number): Token {
		const byte = this.bytes[i];
		if (byte === NEWLINE) return this.take(LINEBREAK, i + 1, IN_INIT);
		if (isDigit(byte)) return this.take(TIMESTAMP, skipDigits(this.bytes, i + 1), IN_TIMESTAMP);
		return INVALID;
	}
}

function isBlank(byte: number | undefined): boolean {
	return byte === SPACE || byte === TAB;
}

function skipBlanksAndNuls(bytes: Uint8Array, i: number): number {
	while (isBlank(bytes[i]) || bytes[i] === NUL) i++;
	return i;
}

function isValueByte(byte: number): boolean {
	return byte > SPACE
		? byte !== OPEN
		: byte !== SPACE && byte !== NEWLINE && byte !== TAB && byte !== NUL;
}
