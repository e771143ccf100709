import { parseMilliseconds } from './go-text.ts';
import { unescapeHelp } from './escapes.ts';
import { BLANK, END, FACT, PageReader, REMARK, type Entry, type Format } from './page-reader.ts';
import { TextLexer } from './text-lexer.ts';
import {
	BRACE_OPEN,
	COMMENT,
	EOF,
	HELP,
	LINEBREAK,
	METRIC_NAME,
	TEXT,
	TIMESTAMP,
	tokenName,
	TYPE,
	VALUE,
	type Token
} from './tokens.ts';

const FORMAT: Format = {
	blanks: 0,
	needsCommas: false,
	types: new Map([
		['counter', 'counter'],
		['gauge', 'gauge'],
		['histogram', 'histogram'],
		['summary', 'summary'],
		['untyped', 'unknown']
	]),
	unescapeHelp
};

/** Reads the text format, 0.0.4 and 1.0.0 (model/textparse/promparse.go). The page must end with a line break. */
export class TextReader extends PageReader {
	constructor(page: Uint8Array) {
		super(new TextLexer(page), FORMAT);
	}

	override next(): Entry {
		this.begin();
		const token = this.lexer.next();
		switch (token) {
			case METRIC_NAME:
				return this.readNamed();
			case LINEBREAK:
				return BLANK;
			case HELP:
			case TYPE:
				return this.#fact(token);
			case COMMENT:
				this.#expectLinebreak('linebreak expected after comment');
				return REMARK;
			case BRACE_OPEN:
				return this.readLabelled();
			case EOF:
				return END;
			default:
				throw this.unexpected('expected a valid start token', token);
		}
	}

	protected override readEndOfLine(token: Token): void {
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
		const name = this.readMetaName(kind);
		const textToken = this.lexer.next();
		if (textToken !== TEXT) {
			throw this.error(`expected text in ${tokenName(kind)}, got ${tokenName(textToken)}`);
		}
		const text = this.token().subarray(1);
		this.fact =
			kind === TYPE ? { name, type: this.readType(text) } : { name, help: this.readHelp(text) };
		this.#expectLinebreak('linebreak expected after metadata');
		return FACT;
	}
}
