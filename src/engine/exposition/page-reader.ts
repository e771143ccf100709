import { compareText, type Labels, type MetricType } from '#engine/model';
import {
	CLOSE,
	COMMA_BYTE,
	EQUALS,
	isLabelStart,
	QUOTE,
	skipLabelName,
	skipPlainText
} from './bytes.ts';
import { DecimalReader } from './decimal.ts';
import { decodeName, decodeText, isUtf8, parseSampleFloat, quoteBytes } from './go-text.ts';
import type { Lexer } from './lexer.ts';
import { PageError } from './page-error.ts';
import {
	BRACE_CLOSE,
	BRACE_OPEN,
	COMMA,
	EQUAL,
	IN_INIT,
	IN_VALUE,
	LABEL_NAME,
	LABEL_VALUE,
	METRIC_NAME,
	QUOTED,
	tokenName,
	type Token
} from './tokens.ts';

/** What a line of a page turned out to be. */
export type Entry = number;

export const END: Entry = 0;
/** Nothing to keep: a blank line. */
export const BLANK: Entry = 1;
/** A comment. */
export const REMARK: Entry = 2;
/** HELP, TYPE or UNIT: the reader's `fact`. */
export const FACT: Entry = 3;
export const SAMPLE: Entry = 4;

/** What a HELP, TYPE or UNIT line says. */
export interface Fact {
	readonly name: string;
	readonly type?: MetricType;
	readonly help?: string;
	readonly unit?: string;
}

/** A single observation that a sample points to. */
export interface ParsedExemplar {
	readonly labels: Labels;
	readonly value: number;
	/** ms; absent where the line has none. */
	readonly timestamp?: number;
}

/** In what the two formats differ, as far as reading them is the same otherwise. */
export interface Format {
	/** How many blanks belong to the token of a value. */
	readonly blanks: 0 | 1;
	/** Whether labels must have commas between them. */
	readonly needsCommas: boolean;
	/** By the word in a TYPE line. */
	readonly types: ReadonlyMap<string, MetricType>;
	unescapeHelp(text: string): string;
}

/**
 * Reads a page entry by entry and leaves what it found in its fields, as offsets where it can: texts are made only of
 * series that were not there before. The two formats derive from it; both follow Prometheus' own parser step by step, so that
 * they accept what it accepts and complain in its words. Throws a PageError.
 */
export abstract class PageReader {
	protected readonly lexer: Lexer;
	readonly #format: Format;
	readonly #decimals = new DecimalReader();
	/** The type of the last TYPE line. As in Prometheus it holds until the next one, whatever the samples are called. */
	type: MetricType | '' = '';
	/** Where the entry begins. */
	from = 0;
	nameFrom = -1;
	nameTo = -1;
	/** Name from, name to, value from, value to, … of the labels, without quotes. */
	offsets = new Int32Array(64);
	offsetCount = 0;
	/** Where the value begins: what is before it is the same in every scrape. */
	valueFrom = 0;
	value = 0;
	/** ms; NaN where the line has none. */
	timestamp = NaN;
	exemplar: ParsedExemplar | undefined;
	fact: Fact | undefined;

	constructor(lexer: Lexer, format: Format) {
		this.lexer = lexer;
		this.#format = format;
	}

	/** Reads the next entry. */
	abstract next(): Entry;
	/** Reads the rest of a sample, whose value should be the given token. */
	protected abstract readEndOfLine(value: Token): void;

	/** Reads the rest of a sample whose series is known, from its value on. */
	readValueAt(from: number, valueFrom: number): void {
		this.begin();
		this.from = from;
		this.lexer.i = valueFrom - this.#format.blanks;
		this.lexer.state = IN_VALUE;
		this.readEndOfLine(this.lexer.next());
	}

	/** Where the next entry begins. */
	get position(): number {
		return this.lexer.i;
	}

	/** Goes on at the beginning of a line. */
	skipTo(position: number): void {
		this.lexer.i = position;
		this.lexer.state = IN_INIT;
	}

	protected begin(): void {
		this.from = this.lexer.i;
		this.nameFrom = this.nameTo = -1;
		this.offsetCount = 0;
		this.exemplar = undefined;
		this.timestamp = NaN;
	}

	protected token(): Uint8Array {
		return this.lexer.bytes.subarray(this.lexer.start, this.lexer.i);
	}

	/** What was read of the entry, quoted. */
	protected entryText(): string {
		return quoteBytes(this.lexer.bytes.subarray(this.from, this.lexer.i));
	}

	protected unexpected(expected: string, token: Token): PageError {
		const { bytes, start, i } = this.lexer;
		const got = quoteBytes(bytes.subarray(start, i + 1));
		const entry = quoteBytes(bytes.subarray(this.from, i + 1));
		const message = `${expected}, got ${got} (${quoted(tokenName(token))}) while parsing: ${entry}`;
		return this.error(message);
	}

	/** An error at the current token. */
	protected error(message: string): PageError {
		return new PageError(message, this.lexer.start);
	}

	/** Reads the name after HELP, TYPE or UNIT, without its quotes; escapes stay as they are (Prometheus keeps them too). */
	protected readMetaName(kind: Token): string {
		const nameToken = this.lexer.next();
		if (nameToken !== METRIC_NAME) {
			throw this.unexpected(`expected metric name after ${tokenName(kind)}`, nameToken);
		}
		const token = this.token();
		return decodeName(token[0] === QUOTE ? token.subarray(1, -1) : token);
	}

	protected readType(text: Uint8Array): MetricType {
		const type = this.#format.types.get(decodeText(text));
		if (!type) throw this.error(`invalid metric type ${quoteBytes(text)}`);
		return (this.type = type);
	}

	protected readHelp(text: Uint8Array): string {
		if (!isUtf8(text)) {
			throw this.error(`help text ${quoteBytes(text)} is not a valid utf8 string`);
		}
		return this.#format.unescapeHelp(decodeText(text));
	}

	/** Reads a sample after its name. The name begins where the line does: blanks before it become part of it, as in Prometheus. */
	protected readNamed(): Entry {
		this.nameFrom = this.from;
		this.nameTo = this.lexer.i;
		const token = this.lexer.next();
		return token === BRACE_OPEN ? this.readLabelled() : this.#readSuffix(token);
	}

	/** Reads a sample after the brace that opens its labels. */
	protected readLabelled(): Entry {
		if (!this.#readPlainLabels()) this.#readLabels((from, to) => this.#setName(from, to));
		return this.#readSuffix(this.lexer.next());
	}

	#readSuffix(token: Token): Entry {
		if (this.nameFrom === -1) {
			throw this.error(`metric name not set while parsing: ${this.entryText()}`);
		}
		this.valueFrom = this.lexer.start + this.#format.blanks;
		this.readEndOfLine(token);
		return SAMPLE;
	}

	/** Reads labels after their brace, as a set of their own. A quoted text by itself is no name here. */
	protected readExemplarLabels(): Labels {
		const first = this.offsetCount;
		this.#readLabels((_from, _to, token) => {
			throw this.unexpected('expected label name', token);
		});
		const labels = this.#labelsFrom(first);
		this.offsetCount = first;
		return labels;
	}

	/** Reads labels up to and with the closing brace. A quoted text that is not followed by = goes to `takeName`. */
	#readLabels(takeName: (from: number, to: number, next: Token) => void): void {
		const { lexer } = this;
		let token = lexer.next();
		while (token !== BRACE_CLOSE) {
			const { start, i } = lexer;
			const isQuoted = token === QUOTED;
			if (!isQuoted && token !== LABEL_NAME) throw this.unexpected('expected label name', token);
			token = lexer.next();
			if (isQuoted && (token === COMMA || token === BRACE_CLOSE)) {
				takeName(start + 1, i - 1, token);
				if (token === COMMA) token = lexer.next();
				continue;
			}
			this.#readLabelValue(token, isQuoted ? start + 1 : start, isQuoted ? i - 1 : i);
			token = lexer.next();
			if (token === COMMA) token = lexer.next();
			else if (this.#format.needsCommas && token !== BRACE_CLOSE) {
				throw this.unexpected('expected comma or brace close', token);
			}
		}
	}

	/**
	 * Labels as every client library writes them: bare names, values in ASCII without escapes, no blanks. Reads as many as are so
	 * and leaves the lexer at the first that is not; true when that was all of them. Only a short cut: both formats
	 * would read the same tokens here, one at a time.
	 */
	#readPlainLabels(): boolean {
		const { lexer } = this;
		const { bytes } = lexer;
		for (;;) {
			const nameFrom = lexer.i;
			if (!isLabelStart(bytes[nameFrom])) return false;
			const nameTo = skipLabelName(bytes, nameFrom + 1);
			if (bytes[nameTo] !== EQUALS || bytes[nameTo + 1] !== QUOTE) return false;
			const valueTo = skipPlainText(bytes, nameTo + 2);
			const next = bytes[valueTo + 1];
			if (bytes[valueTo] !== QUOTE || (next !== COMMA_BYTE && next !== CLOSE)) return false;
			this.#addLabel(nameFrom, nameTo, nameTo + 2, valueTo);
			lexer.start = valueTo + 1;
			lexer.i = valueTo + 2;
			if (next === CLOSE) {
				lexer.state = IN_VALUE;
				return true;
			}
		}
	}

	#addLabel(nameFrom: number, nameTo: number, valueFrom: number, valueTo: number): void {
		const { offsetCount } = this;
		if (offsetCount === this.offsets.length) this.#growOffsets();
		const { offsets } = this;
		offsets[offsetCount] = nameFrom;
		offsets[offsetCount + 1] = nameTo;
		offsets[offsetCount + 2] = valueFrom;
		offsets[offsetCount + 3] = valueTo;
		this.offsetCount = offsetCount + 4;
	}

	#setName(from: number, to: number): void {
		if (this.nameFrom !== -1) {
			throw this.error(`metric name already set while parsing: ${this.entryText()}`);
		}
		this.nameFrom = from;
		this.nameTo = to;
	}

	/** Reads = and the value of a label whose name is at [nameFrom, nameTo), and notes where all of it is. */
	#readLabelValue(equal: Token, nameFrom: number, nameTo: number): void {
		const { lexer } = this;
		if (equal !== EQUAL) throw this.unexpected('expected equal', equal);
		const token = lexer.next();
		if (token !== LABEL_VALUE) throw this.unexpected('expected label value', token);
		if (!this.#isTokenUtf8())
			throw this.error(`invalid UTF-8 label value: ${quoteBytes(this.token())}`);
		this.#addLabel(nameFrom, nameTo, lexer.start + 1, lexer.i - 1);
	}

	#isTokenUtf8(): boolean {
		const { bytes, start, i } = this.lexer;
		for (let k = start; k < i; k++) if (bytes[k]! > 0x7f) return isUtf8(this.token());
		return true;
	}

	#growOffsets(): void {
		const larger = new Int32Array(this.offsets.length * 2);
		larger.set(this.offsets);
		this.offsets = larger;
	}

	/** The current token from `from` on as a float; an error names the entry. */
	protected readFloat(from: number): number {
		const { bytes, i } = this.lexer;
		const value = this.#decimals.read(bytes, from);
		if (this.#decimals.end === i) return value;
		return this.#inEntry(() => parseSampleFloat(bytes.subarray(from, i)));
	}

	/** Runs something that may throw a PageError without a place, and adds place and entry to it. */
	#inEntry<T>(read: () => T): T {
		try {
			return read();
		} catch (error) {
			if (!(error instanceof PageError)) throw error;
			throw this.error(`${error.message} while parsing: ${this.entryText()}`);
		}
	}

	protected readInteger(parse: (bytes: Uint8Array) => number): number {
		return this.#inEntry(() => parse(this.token()));
	}

	/** Labels at the offsets from `first` on, sorted. Of a name that is given twice both stay, as in Prometheus. */
	#labelsFrom(first: number): Labels {
		const pairs: [string, string][] = [];
		for (let k = first; k < this.offsetCount; k += 4) {
			const value = this.#textAt(k + 2);
			if (value !== '') pairs.push([this.#textAt(k), value]);
		}
		return pairs.sort(([a], [b]) => compareText(a, b)).flat();
	}

	#textAt(k: number): string {
		return decodeName(this.lexer.bytes.subarray(this.offsets[k], this.offsets[k + 1]));
	}
}

function quoted(text: string): string {
	return `"${text}"`;
}
