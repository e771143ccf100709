import {
	HASH,
	isNameStart,
	NEWLINE,
	NUL,
	OPEN,
	QUOTE,
	skipName,
	skipNuls,
	skipWord,
	SPACE
} from './bytes.ts';
import { Lexer, QUOTED_NAME, type LabelRules } from './lexer.ts';
import type { QuoteRules } from './quoted.ts';
import {
	BRACE_OPEN,
	COMMENT,
	EOF,
	EOF_WORD,
	HELP,
	IN_COMMENT,
	IN_EXEMPLAR,
	IN_EXEMPLAR_TIMESTAMP,
	IN_EXEMPLAR_VALUE,
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
	UNIT,
	VALUE,
	type LexerState,
	type Token
} from './tokens.ts';

const QUOTED_IN_EXEMPLAR: QuoteRules = { newline: false, nul: false };

const LABELS: LabelRules = {
	inside: IN_LABELS,
	inValue: IN_LABEL_VALUE,
	after: IN_VALUE,
	quotedName: QUOTED_NAME,
	quotedValue: { newline: false, nul: true }
};

const EXEMPLAR_LABELS: LabelRules = {
	inside: IN_EXEMPLAR,
	inValue: IN_EXEMPLAR_VALUE,
	after: IN_EXEMPLAR_VALUE,
	quotedName: QUOTED_IN_EXEMPLAR,
	quotedValue: QUOTED_IN_EXEMPLAR
};

const KEYWORDS: readonly (readonly [string, Token])[] = [
	['HELP ', HELP],
	['TYPE ', TYPE],
	['UNIT ', UNIT],
	['EOF', EOF_WORD]
];

/**
 * The lexer of OpenMetrics (model/textparse/openmetricslex.l). There is exactly one blank where one is due, and it belongs
 * to the token that follows it: a value is ` 1`.
 */
export class OpenMetricsLexer extends Lexer {
	override next(): Token {
		const { i, state } = this;
		if (i >= this.bytes.length) return EOF;
		this.start = i;
		switch (state) {
			case IN_INIT:
				return this.#atLineStart(i);
			case IN_COMMENT:
				return this.#keyword(i);
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
			case IN_TIMESTAMP:
				return this.#timestamp(i);
			case IN_EXEMPLAR:
				return this.label(i, EXEMPLAR_LABELS);
			case IN_EXEMPLAR_VALUE:
				return this.#exemplarValue(i);
			default:
				return this.#exemplarTimestamp(i);
		}
	}

	#atLineStart(i: number): Token {
		const byte = this.bytes[i];
		if (isNameStart(byte)) return this.take(METRIC_NAME, skipName(this.bytes, i + 1), IN_VALUE);
		if (byte === OPEN) return this.take(BRACE_OPEN, i + 1, IN_LABELS);
		if (byte !== HASH) return INVALID;
		if (this.bytes[i + 1] !== SPACE) return this.stuck(i + 1);
		this.state = IN_COMMENT;
		return this.#keyword(i + 2);
	}

	#keyword(i: number): Token {
		const { bytes } = this;
		let furthest = i;
		for (const [word, token] of KEYWORDS) {
			const end = skipWord(bytes, i, word);
			if (end < 0) furthest = Math.max(furthest, -1 - end);
			else if (token !== EOF_WORD) return this.take(token, end, IN_META_NAME);
			else return this.take(token, this.#afterLinebreak(end), IN_INIT);
		}
		return this.stuck(furthest);
	}

	#afterLinebreak(i: number): number {
		return this.bytes[i] === NEWLINE ? skipNuls(this.bytes, i + 1) : i;
	}

	/** A blank, the rest of the line, its line break, and bytes 0 after that, which Prometheus' lexer does not see there. */
	#metaText(i: number): Token {
		const { bytes } = this;
		if (bytes[i] !== SPACE) return INVALID;
		const end = bytes.indexOf(NEWLINE, i);
		return end < 0 ? this.stuck(bytes.length) : this.take(TEXT, this.#afterLinebreak(end), IN_INIT);
	}

	#value(i: number): Token {
		if (this.bytes[i] === OPEN) return this.take(BRACE_OPEN, i + 1, IN_LABELS);
		return this.#word(VALUE, i, IN_TIMESTAMP);
	}

	#timestamp(i: number): Token {
		const { bytes } = this;
		if (bytes[i] === NEWLINE) return this.take(LINEBREAK, i + 1, IN_INIT);
		if (bytes[i] === SPACE && bytes[i + 1] === HASH && bytes[i + 2] === SPACE) {
			return bytes[i + 3] === OPEN ? this.take(COMMENT, i + 4, IN_EXEMPLAR) : this.stuck(i + 3);
		}
		return this.#word(TIMESTAMP, i, IN_TIMESTAMP);
	}

	#exemplarValue(i: number): Token {
		if (this.bytes[i] === QUOTE) return this.labelValue(i, EXEMPLAR_LABELS);
		return this.#word(VALUE, i, IN_EXEMPLAR_TIMESTAMP);
	}

	#exemplarTimestamp(i: number): Token {
		if (this.bytes[i] === NEWLINE) return this.take(LINEBREAK, i + 1, IN_INIT);
		return this.#word(TIMESTAMP, i, IN_EXEMPLAR_TIMESTAMP);
	}

	/** A blank and what follows it up to the next blank or line break. */
	#word(token: Token, i: number, state: LexerState): Token {
		if (this.bytes[i] !== SPACE) return INVALID;
		let end = i + 1;
		while (end < this.bytes.length && isWordByte(this.bytes[end]!)) end++;
		return end === i + 1 ? this.stuck(end) : this.take(token, end, state);
	}
}

function isWordByte(byte: number): boolean {
	return byte !== SPACE && byte !== NEWLINE && byte !== NUL;
}
