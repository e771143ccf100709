import { isDigit, isNameByte, NEWLINE, NUL } from './bytes.ts';
import type { DecimalReader } from './decimal.ts';
import { makeSampleLine, type ExposedSeries } from './exposed-series.ts';
import { LineTable } from './line-table.ts';
import { metadataOf } from './metadata.ts';
import { OpenMetricsReader } from './openmetrics-reader.ts';
import { layoutOf } from './page-layout.ts';
import { NOTHING, PageMemory, viewOf, type Line } from './page-memory.ts';
import {
	BLANK,
	END,
	FACT,
	SAMPLE,
	type Fact,
	type PageReader,
	type ParsedExemplar
} from './page-reader.ts';
import type { PageContent, ParsedPage } from './parsed-page.ts';
import type { SymbolTable } from './symbols.ts';
import { TextReader } from './text-reader.ts';

/** One pass over one page. */
export class PagePass {
	readonly #page: Uint8Array;
	readonly #view: DataView;
	readonly #reader: PageReader;
	readonly #isOpenMetrics: boolean;
	readonly #memory: PageMemory;
	/** Pages before that one, where lines may have been. */
	readonly #older: readonly PageMemory[];
	readonly #symbols: SymbolTable;
	readonly #decimals: DecimalReader;
	/** The memory's own array for as long as every line is the one that was there before. */
	lines: readonly Line[];
	#ownLines: Line[] | undefined;
	#newLines: LineTable | undefined;
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
		older: readonly PageMemory[],
		symbols: SymbolTable,
		decimals: DecimalReader
	) {
		this.#page = page;
		this.#view = viewOf(page);
		this.#isOpenMetrics = isOpenMetrics;
		this.#reader = isOpenMetrics ? new OpenMetricsReader(page) : new TextReader(page);
		this.#memory = memory;
		this.#older = older;
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

	/** What was read, as a memory for the pages that come. */
	remember(): PageMemory {
		const lines =
			this.lines.length > this.#lineCount ? this.lines.slice(0, this.#lineCount) : this.lines;
		return new PageMemory(this.#page, lines, this.#from, this.#to);
	}

	content(): PageContent {
		return contentOf(this.lines, this.#isOpenMetrics, true);
	}

	result(content: PageContent): ParsedPage {
		const count = this.#valueCount;
		return {
			ok: true,
			...content,
			values: this.#values.slice(0, count),
			...(this.#timestamps && { timestamps: this.#timestamps.slice(0, count) }),
			...(this.#exemplars && { exemplars: this.#exemplars })
		};
	}

	/** The lines that were read before the one that cannot be. */
	soFar(): ParsedPage {
		const lines = this.lines.slice(0, this.#lineCount);
		const content = contentOf(lines, this.#isOpenMetrics, false);
		// The value of a line may have been taken before something behind it turned out to be wrong.
		this.#valueCount = content.series.length;
		return this.result(content);
	}

	/** Reads the next line if it begins as the expected one did; false when it has to be read as a new one. */
	#readKnownLine(): boolean {
		const reader = this.#reader;
		const from = reader.position;
		const line = this.#memory.lines[this.#expected];
		if (!line) return false;
		const to = this.#memory.match(this.#expected, this.#view, from);
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
		const known =
			this.#memory === NOTHING ? -1 : this.#memory.find(this.#page, this.#view, reader.from, to);
		const line = this.#memory.lines[known];
		const isSame = line !== undefined && (!line.series || line.type === reader.type);
		if (entry === SAMPLE) this.#addSample();
		const found = isSame ? line : this.#newLine(entry, line, reader.from, to);
		this.#keep(found, isSame ? known : -1, reader.from, to);
		return true;
	}

	/** A line that is not on the last page, or there in a family of another type (`known`). */
	#newLine(entry: number, known: Line | undefined, from: number, to: number): Line {
		const reader = this.#reader;
		const { type } = reader;
		if (entry === FACT) return { fact: reader.fact!, type };
		if (entry !== SAMPLE) return { type };
		const same = known ?? this.#findElsewhere(from, to);
		if (same?.type === type) return same;
		const line = makeSampleLine(reader, this.#page, this.#symbols);
		if (same?.series) line.sameText = same.series.sameText ?? same.series;
		return line;
	}

	/** The line that begins like this one, earlier on this page or on an older one. */
	#findElsewhere(from: number, to: number): Line | undefined {
		this.#newLines ??= new LineTable(this.#page);
		const number = this.#newLines.enter(this.#lineCount, from, to);
		if (number >= 0) return this.lines[number];
		for (const memory of this.#older) {
			const line = memory.lines[memory.find(this.#page, this.#view, from, to)];
			if (line) return line;
		}
		return undefined;
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

/** The series and the facts of lines, in order. `isWhole`: the page has no others. */
function contentOf(lines: readonly Line[], isOpenMetrics: boolean, isWhole: boolean): PageContent {
	const all: ExposedSeries[] = [];
	const facts: Fact[] = [];
	for (const { series, fact } of lines) {
		if (series) all.push(series);
		if (fact) facts.push(fact);
	}
	const layout = layoutOf(lines, isOpenMetrics, isWhole);
	return { series: all, metadata: metadataOf(facts), layout };
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
