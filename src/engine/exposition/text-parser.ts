import type { MetricMetadata } from '#engine/model';
import { isDigit, isNameByte, NEWLINE, NUL } from './bytes.ts';
import { DecimalReader } from './decimal.ts';
import { makeSeries, type ExposedSeries } from './exposed-series.ts';
import { OpenMetricsReader } from './openmetrics-reader.ts';
import { metadataOf } from './metadata.ts';
import { PageError } from './page-error.ts';
import { NOTHING, PageMemory, type Line } from './page-memory.ts';
import {
	BLANK,
	END,
	FACT,
	SAMPLE,
	type Fact,
	type PageReader,
	type ParsedExemplar
} from './page-reader.ts';
import { placeOf, type Place } from './place.ts';
import { SymbolTable } from './symbols.ts';
import { TextReader } from './text-reader.ts';

/** A page in columns: sample i is of series[i] and has the value values[i]. */
export interface ParsedPage {
	readonly ok: true;
	/** In the order of the page. The same array as for the page before, when no line began differently. */
	readonly series: readonly ExposedSeries[];
	readonly values: Float64Array;
	/** ms, NaN where a sample has none; absent when none has one. */
	readonly timestamps?: Float64Array;
	/** By the number of the sample; absent when there are none. */
	readonly exemplars?: ReadonlyMap<number, ParsedExemplar>;
	/** By the name in HELP, TYPE and UNIT lines. The same map as for the page before, when no line began differently. */
	readonly metadata: ReadonlyMap<string, MetricMetadata>;
}

/** Why a page cannot be read, and where. Nothing of it counts then. */
export interface UnreadablePage extends Place {
	readonly ok: false;
	/** In Prometheus' words. */
	readonly message: string;
}

export type ParsedExposition = ParsedPage | UnreadablePage;

/** Reads the pages of one target, one after the other. */
export interface TextParser {
	/**
	 * Reads a page as OpenMetrics if its content type says so, otherwise as the text format. The body is not kept.
	 * A page that cannot be read leaves what the parser remembers of the ones before as it was.
	 */
	parse(body: Uint8Array, contentType: string): ParsedExposition;
}

/**
 * A parser for the pages of one target. It remembers the last page and compares each line with it before it reads it:
 * from one scrape to the next only values change, and those are read straight from the bytes.
 */
export function createTextParser(): TextParser {
	return new StatefulParser();
}

class StatefulParser implements TextParser {
	readonly #symbols = new SymbolTable();
	readonly #decimals = new DecimalReader();
	#memory = NOTHING;
	#isOpenMetrics = false;
	#series: readonly ExposedSeries[] = [];
	#metadata: ReadonlyMap<string, MetricMetadata> = new Map();

	parse(body: Uint8Array, contentType: string): ParsedExposition {
		const isOpenMetrics = isOpenMetricsType(contentType);
		const page = copyOf(body, isOpenMetrics);
		const memory = isOpenMetrics === this.#isOpenMetrics ? this.#memory : NOTHING;
		const pass = new Pass(page, isOpenMetrics, memory, this.#symbols, this.#decimals);
		try {
			pass.run();
		} catch (error) {
			if (error instanceof PageError) return unreadable(error, page);
			throw error;
		}
		this.#isOpenMetrics = isOpenMetrics;
		if (memory === NOTHING || pass.hasNewLines) this.#learn(pass);
		this.#memory = pass.remember();
		return pass.result(this.#series, this.#metadata);
	}

	#learn({ lines }: Pass): void {
		const all: ExposedSeries[] = [];
		const facts: Fact[] = [];
		for (const { series, fact } of lines) {
			if (series) all.push(series);
			if (fact) facts.push(fact);
		}
		this.#series = all;
		this.#metadata = metadataOf(facts);
	}
}

/** One pass over one page. */
class Pass {
	readonly #page: Uint8Array;
	readonly #reader: PageReader;
	readonly #memory: PageMemory;
	readonly #symbols: SymbolTable;
	readonly #decimals: DecimalReader;
	/** The memory's own array for as long as every line is the one that was there before. */
	lines: readonly Line[];
	#ownLines: Line[] | undefined;
	#lineCount = 0;
	/** The line of the memory that should come next. */
	#expected = 0;
	#from: Int32Array;
	#to: Int32Array;
	#values: Float64Array;
	#valueCount = 0;
	#timestamps: Float64Array | undefined;
	#exemplars: Map<number, ParsedExemplar> | undefined;

	constructor(
		page: Uint8Array,
		isOpenMetrics: boolean,
		memory: PageMemory,
		symbols: SymbolTable,
		decimals: DecimalReader
	) {
		this.#page = page;
		this.#reader = isOpenMetrics ? new OpenMetricsReader(page) : new TextReader(page);
		this.#memory = memory;
		this.#symbols = symbols;
		this.#decimals = decimals;
		this.lines = memory.lines;
		const capacity = memory.lines.length + 16;
		this.#from = new Int32Array(capacity);
		this.#to = new Int32Array(capacity);
		this.#values = new Float64Array(capacity);
	}

	get hasNewLines(): boolean {
		return this.#ownLines !== undefined;
	}

	run(): void {
		while (this.#readKnownLine() || this.#readLine());
		// Lines that were at the end of the last page and are gone.
		if (this.#lineCount < this.lines.length) this.#divergeAt(this.#lineCount);
	}

	remember(): PageMemory {
		return new PageMemory(this.#page, this.lines, this.#from, this.#to);
	}

	result(
		series: readonly ExposedSeries[],
		metadata: ReadonlyMap<string, MetricMetadata>
	): ParsedPage {
		const count = this.#valueCount;
		return {
			ok: true,
			series,
			values: this.#values.slice(0, count),
			...(this.#timestamps && { timestamps: this.#timestamps.slice(0, count) }),
			...(this.#exemplars && { exemplars: this.#exemplars }),
			metadata
		};
	}

	/** Reads the next line if it begins as the expected one did; false when it has to be read as a new one. */
	#readKnownLine(): boolean {
		const reader = this.#reader;
		const from = reader.position;
		const line = this.#memory.lines[this.#expected];
		if (!line) return false;
		const to = this.#memory.match(this.#expected, this.#page, from);
		if (to < 0) return false;
		if (!line.series) {
			// OpenMetrics' lexer takes bytes 0 after such a line for a part of it.
			if (this.#page[to] === NUL) return false;
			if (line.fact?.type) reader.type = line.fact.type;
			reader.skipTo(to);
		} else if (line.type !== reader.type || !this.#readKnownSample(from, to)) return false;
		this.#keep(line, this.#expected, from, to);
		return true;
	}

	#readKnownSample(from: number, valueFrom: number): boolean {
		// A value may follow a name without a blank, as in `up+Inf`; what follows it now may belong to the name.
		if (isNameByte(this.#page[valueFrom - 1])) return false;
		const value = this.#decimals.read(this.#page, valueFrom);
		const { end } = this.#decimals;
		if (end >= 0 && this.#page[end] === NEWLINE) {
			this.#addValue(value);
			this.#reader.skipTo(end + 1);
			return true;
		}
		if (!beginsValue(this.#page[valueFrom])) return false;
		this.#reader.readValueAt(from, valueFrom);
		this.#addSample();
		return true;
	}

	/** Reads the next line whatever it is; false at the end of the page. */
	#readLine(): boolean {
		const reader = this.#reader;
		const entry = reader.next();
		if (entry === END) return false;
		if (entry === BLANK) return true;
		const to = entry === SAMPLE ? reader.valueFrom : reader.position;
		const known = this.#findKnown(reader.from, to);
		if (entry === SAMPLE) this.#addSample();
		this.#keep(
			known < 0 ? this.#newLine(entry) : this.#memory.lines[known]!,
			known,
			reader.from,
			to
		);
		return true;
	}

	#findKnown(from: number, to: number): number {
		if (this.#memory === NOTHING) return -1;
		const known = this.#memory.find(this.#page, from, to);
		const line = this.#memory.lines[known];
		return line?.series && line.type !== this.#reader.type ? -1 : known;
	}

	#newLine(entry: number): Line {
		const reader = this.#reader;
		const { type } = reader;
		if (entry === SAMPLE) return { series: makeSeries(reader, this.#page, this.#symbols), type };
		return entry === FACT ? { fact: reader.fact!, type } : { type };
	}

	/** Notes a line, which is the memory's line number `known`, or a new one. */
	#keep(line: Line, known: number, from: number, to: number): void {
		const number = this.#lineCount++;
		if (known >= 0) this.#expected = known + 1;
		if (known !== number) this.#divergeAt(number);
		this.#ownLines?.push(line);
		if (number === this.#from.length) this.#growLines();
		this.#from[number] = from;
		this.#to[number] = to;
	}

	#divergeAt(number: number): void {
		if (this.#ownLines) return;
		this.lines = this.#ownLines = this.lines.slice(0, number);
	}

	#growLines(): void {
		this.#from = grown(this.#from);
		this.#to = grown(this.#to);
	}

	#addValue(value: number): void {
		if (this.#valueCount === this.#values.length) this.#growValues();
		this.#values[this.#valueCount++] = value;
	}

	/** Adds what the reader has just read. */
	#addSample(): void {
		const { value, timestamp, exemplar } = this.#reader;
		const number = this.#valueCount;
		this.#addValue(value);
		if (!Number.isNaN(timestamp)) {
			this.#timestamps ??= new Float64Array(this.#values.length).fill(NaN);
			this.#timestamps[number] = timestamp;
		}
		if (exemplar) (this.#exemplars ??= new Map()).set(number, exemplar);
	}

	#growValues(): void {
		this.#values = grownFloats(this.#values, 0);
		if (this.#timestamps) this.#timestamps = grownFloats(this.#timestamps, NaN);
	}
}

/** The media type alone decides; whether it is one that Prometheus reads at all is for whoever scrapes to say. */
function isOpenMetricsType(contentType: string): boolean {
	const [mediaType = ''] = contentType.split(';');
	return mediaType.trim().toLowerCase() === 'application/openmetrics-text';
}

/** The page is kept, the body is its owner's to reuse. The text format does without a last line break; its reader does not. */
function copyOf(body: Uint8Array, isOpenMetrics: boolean): Uint8Array {
	const page = new Uint8Array(body.length + (isOpenMetrics ? 0 : 1));
	page.set(body);
	if (!isOpenMetrics) page[body.length] = NEWLINE;
	return page;
}

/** Digits, signs, points and letters. What else stands where a value did before, a brace for one, makes it another line. */
function beginsValue(byte: number | undefined): boolean {
	if (byte === undefined) return false;
	const lower = byte | 0x20;
	return (
		isDigit(byte) ||
		byte === 0x2b ||
		byte === 0x2d ||
		byte === 0x2e ||
		(lower > 0x60 && lower < 0x7b)
	);
}

function unreadable({ message, offset = 0 }: PageError, page: Uint8Array): UnreadablePage {
	return { ok: false, message, ...placeOf(page, offset) };
}

function grown(ints: Int32Array): Int32Array {
	const larger = new Int32Array(ints.length * 2);
	larger.set(ints);
	return larger;
}

function grownFloats(floats: Float64Array, filler: number): Float64Array {
	const larger = new Float64Array(floats.length * 2).fill(filler);
	larger.set(floats);
	return larger;
}
