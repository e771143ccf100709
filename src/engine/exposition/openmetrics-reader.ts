import { formatFloat, quote, type MetricType } from '#engine/model';
import { unescapeLabelValue } from './escapes.ts';
import { decodeName, toMilliseconds } from './go-text.ts';
import { OpenMetricsLexer } from './openmetrics-lexer.ts';
import { PageError } from './page-error.ts';
import { END, FACT, PageReader, type Entry, type Fact, type Format } from './page-reader.ts';
import {
	BRACE_OPEN,
	COMMENT,
	EOF,
	EOF_WORD,
	HELP,
	LINEBREAK,
	METRIC_NAME,
	TEXT,
	TIMESTAMP,
	tokenName,
	TYPE,
	UNIT,
	VALUE,
	type Token
} from './tokens.ts';

const TYPES: readonly MetricType[] = [
	'counter',
	'gauge',
	'histogram',
	'gaugehistogram',
	'summary',
	'info',
	'stateset',
	'unknown'
];

const FORMAT: Format = {
	blanks: 1,
	needsCommas: true,
	types: new Map(TYPES.map((type) => [type, type])),
	unescapeHelp: unescapeLabelValue
};

export const DATA_AFTER_EOF = 'unexpected data after # EOF';
const NO_EOF = 'data does not end with # EOF';

/** Reads OpenMetrics 1.0 (model/textparse/openmetricsparse.go). */
export class OpenMetricsReader extends PageReader {
	constructor(page: Uint8Array) {
		super(new OpenMetricsLexer(page), FORMAT);
	}

	override next(): Entry {
		this.begin();
		const token = this.lexer.next();
		switch (token) {
			case METRIC_NAME:
				return this.readNamed();
			case HELP:
			case TYPE:
			case UNIT:
				return this.#metadata(token);
			case BRACE_OPEN:
				return this.readLabelled();
			case EOF_WORD:
				if (this.lexer.next() !== EOF) throw this.error(DATA_AFTER_EOF);
				return END;
			case EOF:
				throw this.#endMissing();
			default:
				throw this.unexpected('expected a valid start token', token);
		}
	}

	/** Value, and perhaps timestamp and exemplar. What is none of these fails as the beginning of the next entry. */
	protected override readEndOfLine(token: Token): void {
		this.value = this.#valueAfter('metric', token);
		const next = this.lexer.next();
		if (next === EOF) throw this.#endMissing();
		if (next === COMMENT) this.#exemplar();
		if (next !== TIMESTAMP) return;
		this.timestamp = this.#seconds('timestamp');
		const last = this.lexer.next();
		if (last === COMMENT) this.#exemplar();
		else if (last !== LINEBREAK) throw this.unexpected('expected next entry after timestamp', last);
	}

	#valueAfter(what: string, token: Token): number {
		if (token !== VALUE) throw this.unexpected(`expected value after ${what}`, token);
		return this.readFloat(this.lexer.start + 1);
	}

	/** A timestamp in seconds, in milliseconds. */
	#seconds(what: string): number {
		const seconds = this.readFloat(this.lexer.start + 1);
		if (!Number.isFinite(seconds)) throw this.error(`invalid ${what} ${formatFloat(seconds)}`);
		return toMilliseconds(seconds);
	}

	#exemplar(): void {
		const labels = this.readExemplarLabels();
		const value = this.#valueAfter('exemplar labels', this.lexer.next());
		const token = this.lexer.next();
		if (token === EOF) throw this.#endMissing();
		if (token === LINEBREAK) {
			this.exemplar = { labels, value };
			return;
		}
		if (token !== TIMESTAMP) throw this.unexpected('expected timestamp or comment', token);
		this.exemplar = { labels, value, timestamp: this.#seconds('exemplar timestamp') };
		const last = this.lexer.next();
		if (last !== LINEBREAK) {
			throw this.unexpected('expected next entry after exemplar timestamp', last);
		}
	}

	#metadata(kind: Token): Entry {
		const name = this.readMetaName(kind);
		if (this.lexer.next() !== TEXT) throw this.error(`expected text in ${tokenName(kind)}`);
		const text = this.token().subarray(1, -1);
		this.fact = this.#factOf(kind, name, text);
		return FACT;
	}

	#factOf(kind: Token, name: string, text: Uint8Array): Fact {
		if (kind === TYPE) return { name, type: this.readType(text) };
		if (kind === UNIT) return { name, unit: this.#readUnit(name, text) };
		return { name, help: this.readHelp(text) };
	}

	#readUnit(name: string, text: Uint8Array): string {
		const unit = decodeName(text);
		if (unit !== '' && !name.endsWith(`_${unit}`)) {
			throw this.error(`unit ${quote(unit)} not a suffix of metric ${quote(name)}`);
		}
		return unit;
	}

	#endMissing(): PageError {
		return new PageError(NO_EOF, this.lexer.bytes.length);
	}
}
