import {
	isValidUtf8,
	labelPairs,
	labelsKey,
	metricName,
	quote,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { makeSampleLine, type ExposedSeries } from '../exposed-series.ts';
import { PageError } from '../page-error.ts';
import type { PageReader } from '../page-reader.ts';
import { SymbolTable } from '../symbols.ts';
import { shareTimes } from './share-times.ts';
import { SampleColumn } from './sample-column.ts';

/** The last moment that a date can be written of, ms from the epoch either way. Promtool works for ever on what is much further. */
const LAST_TIME: Timestamp = 8.64e15;
const TOO_FAR = 'the timestamp is beyond all dates: write it in seconds since 1970';

/** Gathers the samples of a text by series. */
export class SampleSink {
	readonly #text: Uint8Array;
	readonly #symbols = new SymbolTable();
	readonly #columns = new Map<string, SampleColumn>();
	#count = 0;
	/** The column of the last sample, and where what was before its value is: in a dump most lines begin as the one before. */
	#last: SampleColumn | undefined;
	#lastFrom = 0;
	#lastTo = 0;
	#lastType = '';

	constructor(text: Uint8Array) {
		this.#text = text;
	}

	/** Adds the sample that the reader has just read. Throws a PageError when it cannot be stored. */
	add(reader: PageReader): void {
		this.#count++;
		const column = this.#isLast(reader) && this.#last ? this.#last : this.#columnOf(reader);
		if (Number.isNaN(reader.timestamp)) throw this.#timestampMissing(column, reader);
		if (Math.abs(reader.timestamp) > LAST_TIME) throw new PageError(TOO_FAR, reader.valueFrom);
		column.add(reader.timestamp, reader.value, reader.from);
	}

	/** The series, each in order of time. What cannot be is added to the errors. */
	finish(errors: PageError[]): SeriesColumns[] {
		return shareTimes([...this.#columns.values()].map((column) => column.finish(errors)));
	}

	#isLast({ from, valueFrom, type }: PageReader): boolean {
		const length = this.#lastTo - this.#lastFrom;
		if (valueFrom - from !== length || type !== this.#lastType) return false;
		for (let i = 0; i < length; i++) {
			if (this.#text[from + i] !== this.#text[this.#lastFrom + i]) return false;
		}
		return true;
	}

	#columnOf(reader: PageReader): SampleColumn {
		const series = makeSampleLine(reader, this.#text, this.#symbols);
		const problem = problemOf(series);
		if (problem !== undefined) throw new PageError(problem, reader.from);
		const key = labelsKey(series.labels);
		let column = this.#columns.get(key);
		if (!column) this.#columns.set(key, (column = new SampleColumn(series.labels)));
		this.#last = column;
		this.#lastFrom = reader.from;
		this.#lastTo = reader.valueFrom;
		this.#lastType = reader.type;
		return column;
	}

	#timestampMissing({ name }: SampleColumn, { valueFrom }: PageReader): PageError {
		const what = `sample ${this.#count}, of ${name}, has no timestamp`;
		return new PageError(`${what}: write it in seconds after the value`, valueFrom);
	}
}

/** Why a series cannot be stored (scrape/scrape.go and tsdb/head_append.go say it alike). */
function problemOf({ labels, duplicateLabel }: ExposedSeries): string | undefined {
	if (duplicateLabel !== undefined)
		return `label name ${quote(duplicateLabel)} is not unique: give it once`;
	if (metricName(labels) === '') return 'the name of the metric is empty: give it one';
	for (const [name, value] of labelPairs(labels)) {
		if (!isValidUtf8(name) || !isValidUtf8(value)) {
			return `${quote(isValidUtf8(name) ? value : name)} is no UTF-8: save the text as UTF-8`;
		}
	}
	return undefined;
}
