import { isSurrogate } from '#engine/model';
import { scanDuration } from './duration.ts';
import { messages } from './messages.ts';
import { isDigitUnit, isLetterUnit, isWordUnit, scanNumber } from './number-literal.ts';
import { isFill, reservedKind, type TokenKind } from './tokens.ts';

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKQUOTE = 96;
const BACKSLASH = 92;
const NEWLINE = 10;
const COLON = 58;
const HASH = 35;
const REPLACEMENT = 0xfffd;

/** What a token of one character is, where nothing can follow to make it longer. */
const SINGLE: Readonly<Record<string, TokenKind>> = {
	',': ',',
	'*': '*',
	'/': '/',
	'%': '%',
	'+': '+',
	'-': '-',
	'^': '^',
	'@': '@'
};

const DURATION_WORDS: ReadonlySet<string> = new Set(['step', 'range', 'max_of', 'min_of']);
const ESCAPABLE = 'abfnrtv\\';

/**
 * Cuts a query into tokens, one at a time. As in Prometheus (promql/parser/lex.go), what a character means depends on
 * where it stands: inside braces there are no keywords, and after an opening bracket only durations until a number came.
 *
 * After `next()` the fields `kind`, `from` and `to` describe the token. After an `error` there are no more tokens.
 */
export class Lexer {
	readonly text: string;
	kind: TokenKind = 'eof';
	from = 0;
	to = 0;
	/** What is wrong, when the kind is `error`. */
	message = '';

	#at = 0;
	#parens = 0;
	#inBraces = false;
	#inBrackets = false;
	/** Just after `[`, before the first number. */
	#expectsDuration = false;
	#sawColon = false;
	#sawNumberInBrackets = false;

	constructor(text: string) {
		this.text = text;
	}

	/** Moves to the next token and returns its kind. Comments and white space are passed over. */
	next(): TokenKind {
		if (this.#expectsDuration) return this.#skipSpaceThen(this.#inDuration);
		for (;;) {
			this.#skipSpace();
			if (this.text.charCodeAt(this.#at) !== HASH) break;
			this.#skipComment();
		}
		this.from = this.#at;
		return this.#inBraces ? this.#inSelector() : this.#inExpression();
	}

	#skipSpaceThen(read: () => TokenKind): TokenKind {
		this.#skipSpace();
		this.from = this.#at;
		return read.call(this);
	}

	#skipSpace(): void {
		while (isSpaceUnit(this.text.charCodeAt(this.#at))) this.#at++;
	}

	#skipComment(): void {
		const rest = /[\r\n]/g;
		rest.lastIndex = this.#at;
		this.#at = rest.exec(this.text)?.index ?? this.text.length;
	}

	#emit(kind: TokenKind, to: number): TokenKind {
		this.#at = to;
		this.to = to;
		this.kind = kind;
		return kind;
	}

	#fail(message: string, from = this.from): 'error' {
		this.from = from;
		this.to = this.text.length;
		this.message = message;
		this.kind = 'error';
		return 'error';
	}

	/** The character at an offset, undefined past the end. */
	#character(at: number): string | undefined {
		const code = this.text.codePointAt(at);
		return code === undefined ? undefined : String.fromCodePoint(code);
	}

	#inExpression(): TokenKind {
		const at = this.#at;
		const unit = this.text.charCodeAt(at);
		if (isLetterUnit(unit) || unit === COLON) return this.#word(unit);
		if (this.#startsNumber(unit)) return this.#number();
		if (unit === QUOTE || unit === APOSTROPHE) return this.#string(unit);
		if (unit === BACKQUOTE) return this.#rawString();
		return at >= this.text.length ? this.#end() : this.#sign(this.text.charAt(at));
	}

	#end(): TokenKind {
		if (this.#parens !== 0) return this.#fail(messages.unclosedParenthesis);
		if (this.#inBrackets) return this.#fail(messages.unclosedBracket);
		return this.#emit('eof', this.#at);
	}

	#sign(sign: string): TokenKind {
		const single = SINGLE[sign];
		if (single) return this.#emit(single, this.#at + 1);
		switch (sign) {
			case '=':
			case '!':
			case '<':
			case '>':
				return this.#comparison(sign);
			case '(':
			case ')':
				return this.#parenthesis(sign);
			case '{':
				this.#inBraces = true;
				return this.#emit('{', this.#at + 1);
			case '[':
				return this.#openBracket();
			case ']':
				if (!this.#inBrackets) return this.#fail(messages.unexpectedRightBracket(sign));
				return this.#closeBracket();
			default:
				return this.#fail(messages.unexpectedCharacter(this.#character(this.#at)));
		}
	}

	#comparison(sign: '=' | '!' | '<' | '>'): TokenKind {
		const after = this.#at + 1;
		const follower = this.text.charAt(after);
		if (follower === '=') return this.#emit(`${sign}=`, after + 1);
		if (sign === '!') return this.#fail(messages.characterAfter('!', this.#character(after)));
		if (sign === '=') {
			return follower === '~'
				? this.#fail(messages.characterAfter('=', follower))
				: this.#emit('=', after);
		}
		return follower === '/' ? this.#emit(`${sign}/`, after + 1) : this.#emit(sign, after);
	}

	#parenthesis(sign: '(' | ')'): TokenKind {
		this.#parens += sign === '(' ? 1 : -1;
		if (this.#parens < 0) {
			return this.#fail(messages.unexpectedRightParenthesis, this.#at + 1);
		}
		return this.#emit(sign, this.#at + 1);
	}

	#openBracket(): TokenKind {
		if (this.#inBrackets) return this.#fail(messages.unexpectedLeftBracket);
		this.#inBrackets = true;
		this.#sawColon = false;
		this.#expectsDuration = true;
		return this.#emit('[', this.#at + 1);
	}

	#closeBracket(): TokenKind {
		this.#inBrackets = false;
		this.#expectsDuration = false;
		return this.#emit(']', this.#at + 1);
	}

	#startsNumber(unit: number): boolean {
		return isDigitUnit(unit) || (unit === 46 && isDigitUnit(this.text.charCodeAt(this.#at + 1)));
	}

	#number(): TokenKind {
		this.#expectsDuration = false;
		const end = scanNumber(this.text, this.#at);
		if (end >= 0) return this.#emit('number', end);
		const durationEnd = scanDuration(this.text, ~end);
		if (durationEnd >= 0) return this.#emit('duration', durationEnd);
		return this.#fail(messages.badNumber(this.text.slice(this.from, ~durationEnd)));
	}

	#word(unit: number): TokenKind {
		if (this.#inBrackets) return this.#wordInBrackets(unit);
		let end = this.#at + 1;
		let colon = unit === COLON;
		for (; ; end++) {
			const next = this.text.charCodeAt(end);
			if (next === COLON) colon = true;
			else if (!isWordUnit(next)) break;
		}
		if (colon) return this.#emit('metric identifier', end);
		const kind = reservedKind(this.text.slice(this.#at, end));
		if (kind === undefined || (isFill(kind) && !this.#parenthesisFollows(end))) {
			return this.#emit('identifier', end);
		}
		return this.#emit(kind, end);
	}

	/** fill, fill_left and fill_right became words of the language late, so they are reserved only before a parenthesis. */
	#parenthesisFollows(at: number): boolean {
		let next = at;
		while (isSpaceUnit(this.text.charCodeAt(next))) next++;
		return this.text.charAt(next) === '(';
	}

	#wordInBrackets(unit: number): TokenKind {
		if (unit === COLON) {
			if (this.#sawColon) return this.#fail(messages.unexpectedColon);
			this.#sawColon = true;
			return this.#emit(':', this.#at + 1);
		}
		const word = this.#durationWord();
		if (word !== undefined) return word;
		return this.#fail(messages.characterInBrackets(this.text.charAt(this.#at)));
	}

	#durationWord(): TokenKind | undefined {
		let end = this.#at;
		while (isLetterUnit(this.text.charCodeAt(end))) end++;
		const word = this.text.slice(this.#at, end).toLowerCase();
		return DURATION_WORDS.has(word) ? this.#emit(word as TokenKind, end) : undefined;
	}

	/** Between `[` and the first number. */
	#inDuration(): TokenKind {
		const sign = this.text.charAt(this.#at);
		if (this.#startsNumber(this.text.charCodeAt(this.#at))) {
			this.#sawNumberInBrackets = true;
			return this.#number();
		}
		switch (sign) {
			case '':
				return this.#fail(messages.endInDuration);
			case ']':
				return this.#closeBracket();
			case ':':
				return this.#colonInDuration();
			case '(':
			case ')':
				return this.#parenthesis(sign);
			case '+':
			case '-':
			case '*':
			case '/':
			case '%':
			case '^':
			case ',':
				return this.#emit(sign, this.#at + 1);
		}
		return (
			this.#durationWord() ??
			this.#fail(messages.characterInDuration(this.#character(this.#at) as string))
		);
	}

	#colonInDuration(): TokenKind {
		if (!this.#sawNumberInBrackets) return this.#fail(messages.colonBeforeDuration, this.#at + 1);
		if (this.#sawColon) return this.#fail(messages.repeatedColonInDuration, this.#at + 1);
		this.#sawColon = true;
		return this.#emit(':', this.#at + 1);
	}

	/** Between braces. */
	#inSelector(): TokenKind {
		const at = this.#at;
		const unit = this.text.charCodeAt(at);
		if (isLetterUnit(unit)) return this.#labelName();
		if (unit === QUOTE || unit === APOSTROPHE) return this.#string(unit);
		if (unit === BACKQUOTE) return this.#rawString();
		const sign = this.text.charAt(at);
		const follower = this.text.charAt(at + 1);
		switch (sign) {
			case '':
				return this.#fail(messages.endInBraces);
			case ',':
				return this.#emit(',', at + 1);
			case '=':
				return follower === '~' ? this.#emit('=~', at + 2) : this.#emit('=', at + 1);
			case '!':
				if (follower === '~') return this.#emit('!~', at + 2);
				if (follower === '=') return this.#emit('!=', at + 2);
				return this.#fail(messages.characterAfterInBraces('!', this.#character(at + 1)));
			case '{':
				return this.#fail(messages.unexpectedLeftBrace);
			case '}':
				this.#inBraces = false;
				return this.#emit('}', at + 1);
			default:
				return this.#fail(messages.characterInBraces(this.#character(at)));
		}
	}

	#labelName(): TokenKind {
		let end = this.#at + 1;
		while (isWordUnit(this.text.charCodeAt(end))) end++;
		return this.#emit('identifier', end);
	}

	#string(quoteUnit: number): TokenKind {
		const { text } = this;
		for (let at = this.#at + 1; ; at++) {
			const unit = text.charCodeAt(at);
			if (unit === quoteUnit) return this.#emit('string', at + 1);
			if (at >= text.length || unit === NEWLINE) return this.#fail(messages.unterminatedString);
			if (unit === BACKSLASH) {
				at = this.#escape(at + 1, quoteUnit);
				if (at < 0) return 'error';
			} else if (unit >= 0xd800) {
				const width = characterWidth(text, at);
				if (width === 0) return this.#fail(messages.invalidUtf8);
				at += width - 1;
			}
		}
	}

	#rawString(): TokenKind {
		const { text } = this;
		for (let at = this.#at + 1; ; at++) {
			const unit = text.charCodeAt(at);
			if (unit === BACKQUOTE) return this.#emit('string', at + 1);
			if (at >= text.length) return this.#fail(messages.unterminatedRawString);
			if (unit >= 0xd800) {
				const width = characterWidth(text, at);
				if (width === 0) return this.#fail(messages.invalidUtf8);
				at += width - 1;
			}
		}
	}

	/** Checks the escape whose letter is at `at`; returns the offset of its last character, or -1 after an error. */
	#escape(at: number, quoteUnit: number): number {
		const letter = this.#character(at);
		if (letter === undefined) return this.#failEscape(messages.escapeNotTerminated);
		if (ESCAPABLE.includes(letter) || letter.charCodeAt(0) === quoteUnit) return at;
		if (letter >= '0' && letter <= '7') return this.#codeEscape(at, 3, 8, 255);
		switch (letter) {
			case 'x':
				return this.#codeEscape(at + 1, 2, 16, 255);
			case 'u':
				return this.#codeEscape(at + 1, 4, 16, 0x10ffff);
			case 'U':
				return this.#codeEscape(at + 1, 8, 16, 0x10ffff);
			default:
				return this.#failEscape(messages.unknownEscape(letter));
		}
	}

	#codeEscape(from: number, digits: number, base: number, largest: number): number {
		let code = 0;
		for (let at = from; at < from + digits; at++) {
			const character = this.#character(at);
			if (character === undefined) return this.#failEscape(messages.escapeNotTerminated);
			const digit = /^[\da-fA-F]$/.test(character) ? Number.parseInt(character, 16) : 16;
			if (digit >= base) return this.#failEscape(messages.illegalInEscape(character));
			code = code * base + digit;
		}
		if (code > largest || isSurrogate(code)) {
			return this.#failEscape(messages.escapeNotUnicode);
		}
		return from + digits - 1;
	}

	#failEscape(message: string): -1 {
		this.#fail(message);
		return -1;
	}
}

function isSpaceUnit(unit: number): boolean {
	return unit === 32 || unit === 9 || unit === NEWLINE || unit === 13;
}

/** UTF-16 units of the character at an offset; 0 where it is U+FFFD or half a surrogate pair, which no valid UTF-8 reads as. */
function characterWidth(text: string, at: number): 0 | 1 | 2 {
	const code = text.codePointAt(at) as number;
	if (code === REPLACEMENT || isSurrogate(code)) return 0;
	return code > 0xffff ? 2 : 1;
}
