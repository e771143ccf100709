import { formatFloat, type MetricType } from '#engine/model';
import { unescapeLabelValue } from './escapes.ts';
import { decodeText, isUtf8, quoteBytes } from './go-text.ts';
import { OpenMetricsLexer } from './openmetrics-lexer.ts';
import { END, FACT, PageReader, SAMPLE, type Entry, type Fact } from './page-reader.ts';
import {
	BRACE_CLOSE,
	BRACE_OPEN,
	COMMA,
	COMMENT,
	EOF,
	EOF_WORD,
	HELP,
	IN_INIT,
	IN_VALUE,
	LABEL_NAME,
	LINEBREAK,
	METRIC_NAME,
	QUOTED,
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

const NO_EOF = 'data does not end with # EOF';

/** Reads OpenMetrics 1.0 (model/textparse/openmetricsparse.go). */
export class OpenMetricsReader extends PageReader {
	constructor(page: Uint8Array) {
		super(new OpenMetricsLexer(page));
	}

	override next(): Entry {
		this.begin();
		const token = this.lexer.next();
		switch (token) {
			case METRIC_NAME:
				return this.#sample();
			case HELP:
			case TYPE:
			case UNIT:
				return this.#metadata(token);
			case BRACE_OPEN:
				this.readLabels(true);
				return this.#suffix(this.lexer.next());
			case EOF_WORD:
				if (this.lexer.next() !== EOF) throw this.error('unexpected data after # EOF');
				return END;
			case EOF:
				throw this.#endMissing();
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
		this.lexer.i = valueFrom - 1;
		this.lexer.state = IN_VALUE;
		this.#endOfLine(this.lexer.next());
	}

	#sample(): Entry {
		this.nameFrom = this.from;
		this.nameTo = this.lexer.i;
		const token = this.lexer.next();
		if (token !== BRACE_OPEN) return this.#suffix(token);
		this.readLabels(true);
		return this.#suffix(this.lexer.next());
	}

	#suffix(token: Token): Entry {
		this.requireName();
		this.valueFrom = this.lexer.start + 1;
		this.#endOfLine(token);
		return SAMPLE;
	}

	/** Value, and perhaps timestamp and exemplar. What is none of these fails as the beginning of the next entry. */
	#endOfLine(token: Token): void {
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

	/** A timestamp in seconds, in milliseconds. Rounded towards zero, as Prometheus does. */
	#seconds(what: string): number {
		const seconds = this.readFloat(this.lexer.start + 1);
		if (!Number.isFinite(seconds)) throw this.error(`invalid ${what} ${formatFloat(seconds)}`);
		return Math.trunc(seconds * 1000);
	}

	#exemplar(): void {
		const first = this.offsetCount;
		this.#exemplarLabels();
		const labels = this.labelsFrom(first);
		this.offsetCount = first;
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

	/** As the labels of a series, but that a quoted text by itself is no name. */
	#exemplarLabels(): void {
		const { lexer } = this;
		let token = lexer.next();
		while (token !== BRACE_CLOSE) {
			const { start, i } = lexer;
			const isQuoted = token === QUOTED;
			if (!isQuoted && token !== LABEL_NAME) throw this.unexpected('expected label name', token);
			token = lexer.next();
			if (isQuoted && (token === COMMA || token === BRACE_CLOSE)) {
				throw this.unexpected('expected label name', token);
			}
			this.readLabelValue(token, isQuoted ? start + 1 : start, isQuoted ? i - 1 : i);
			token = lexer.next();
			if (token === COMMA) token = lexer.next();
			else if (token !== BRACE_CLOSE) {
				throw this.unexpected('expected comma or brace close', token);
			}
		}
	}

	#metadata(kind: Token): Entry {
		const nameToken = this.lexer.next();
		if (nameToken !== METRIC_NAME) {
			throw this.unexpected(`expected metric name after ${tokenName(kind)}`, nameToken);
		}
		const name = this.metaName();
		if (this.lexer.next() !== TEXT) throw this.error(`expected text in ${tokenName(kind)}`);
		const text = this.token().subarray(1, -1);
		this.fact = this.#factOf(kind, name, text);
		return FACT;
	}

	#factOf(kind: Token, name: string, text: Uint8Array): Fact {
		if (kind === TYPE) return { name, type: this.#readType(text) };
		if (kind === UNIT) return { name, unit: this.#readUnit(name, text) };
		if (!isUtf8(text)) {
			throw this.error(`help text ${quoteBytes(text)} is not a valid utf8 string`);
		}
		return { name, help: unescapeLabelValue(decodeText(text)) };
	}

	#readType(text: Uint8Array): MetricType {
		const word = decodeText(text);
		const type = TYPES.find((known) => known === word);
		if (!type) throw this.error(`invalid metric type ${quoteBytes(text)}`);
		return (this.type = type);
	}

	#readUnit(name: string, text: Uint8Array): string {
		const unit = decodeText(text);
		if (unit !== '' && !name.endsWith(`_${unit}`)) {
			const quotedName = quoteBytes(new TextEncoder().encode(name));
			throw this.error(`unit ${quoteBytes(text)} not a suffix of metric ${quotedName}`);
		}
		return unit;
	}

	#endMissing() {
		return this.error(NO_EOF);
	}
}
