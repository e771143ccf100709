import type { MetricType } from '#engine/model';
import { decodeText, isUtf8, parseMilliseconds, quoteBytes } from './go-text.ts';
import { unescapeHelp } from './escapes.ts';
import { BLANK, END, FACT, PageReader, REMARK, SAMPLE, type Entry } from './page-reader.ts';
import { TextLexer } from './text-lexer.ts';
import {
	BRACE_OPEN,
	COMMENT,
	EOF,
	HELP,
	IN_INIT,
	IN_VALUE,
	LINEBREAK,
	METRIC_NAME,
	TEXT,
	TIMESTAMP,
	tokenName,
	TYPE,
	VALUE,
	type Token
} from './tokens.ts';

const TYPES: Readonly<Record<string, MetricType>> = {
	counter: 'counter',
	gauge: 'gauge',
	histogram: 'histogram',
	summary: 'summary',
	untyped: 'unknown'
};

/** Reads the text format, 0.0.4 and 1.0.0 (model/textparse/promparse.go). The page must end with a line break. */
export class TextReader extends PageReader {
	constructor(page: Uint8Array) {
		super(new TextLexer(page));
	}

	override next(): Entry {
		this.begin();
		const token = this.lexer.next();
		switch (token) {
			case METRIC_NAME:
				return this.#sample();
			case LINEBREAK:
				return BLANK;
			case HELP:
			case TYPE:
				return this.#fact(token);
			case COMMENT:
				this.#expectLinebreak('linebreak expected after comment');
				return REMARK;
			case BRACE_OPEN:
				this.readLabels(false);
				return this.#suffix(this.lexer.next());
			case EOF:
				return END;
			default:
				throw this.unexpected('expected a valid start token', token);
		}
	}

	override skipTo(position: number): void {
		this.lexer.i = position;
		this.lexer.state = IN_INIT;
	}

	override readValueAt(from: number, valueFrom: number): void {
		this.begin();
		this.from = from;
		this.lexer.i = valueFrom;
		this.lexer.state = IN_VALUE;
		this.#value(this.lexer.next());
	}

	/** A name begins where the line does: blanks before it become part of it, as in Prometheus. */
	#sample(): Entry {
		this.nameFrom = this.from;
		this.nameTo = this.lexer.i;
		const token = this.lexer.next();
		if (token !== BRACE_OPEN) return this.#suffix(token);
		this.readLabels(false);
		return this.#suffix(this.lexer.next());
	}

	#suffix(token: Token): Entry {
		this.requireName();
		this.valueFrom = this.lexer.start;
		this.#value(token);
		return SAMPLE;
	}

	#value(token: Token): void {
		if (token !== VALUE) throw this.unexpected('expected value after metric', token);
		this.value = this.readFloat(this.lexer.start);
		const next = this.lexer.next();
		if (next === LINEBREAK) return;
		if (next !== TIMESTAMP) throw this.unexpected('expected timestamp or new record', next);
		this.timestamp = this.readInteger(parseMilliseconds);
		this.#expectLinebreak('expected next entry after timestamp');
	}

	#expectLinebreak(expected: string): void {
		const token = this.lexer.next();
		if (token !== LINEBREAK) throw this.unexpected(expected, token);
	}

	#fact(kind: Token): Entry {
		const nameToken = this.lexer.next();
		if (nameToken !== METRIC_NAME) {
			throw this.unexpected(`expected metric name after ${tokenName(kind)}`, nameToken);
		}
		const name = this.metaName();
		const textToken = this.lexer.next();
		if (textToken !== TEXT) {
			throw this.error(`expected text in ${tokenName(kind)}, got ${tokenName(textToken)}`);
		}
		const text = this.token().subarray(1);
		this.fact =
			kind === TYPE ? { name, type: this.#readType(text) } : { name, help: this.#readHelp(text) };
		this.#expectLinebreak('linebreak expected after metadata');
		return FACT;
	}

	#readType(text: Uint8Array): MetricType {
		const word = decodeText(text);
		const type = Object.hasOwn(TYPES, word) ? TYPES[word] : undefined;
		if (!type) throw this.error(`invalid metric type ${quoteBytes(text)}`);
		return (this.type = type);
	}

	#readHelp(text: Uint8Array): string {
		if (!isUtf8(text)) {
			throw this.error(`help text ${quoteBytes(text)} is not a valid utf8 string`);
		}
		return unescapeHelp(decodeText(text));
	}
}
