import {
	MINUTE,
	type Appendable,
	type Appender,
	type Duration,
	type Labels,
	type Matcher,
	type Querier,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { ColumnAppender } from './appender.ts';
import { STRIDE, type Column } from './column.ts';
import { mergeColumns } from './merge.ts';
import type { Rows } from './rows.ts';
import { hasRows, readRows } from './sealed/open-segment.ts';
import { OpenedCache } from './sealed/opened-cache.ts';
import type { Segment } from './segment.ts';
import { SeriesTable } from './series-table.ts';
import { setSegments, type MemSeries } from './series.ts';
import type { HeadSize } from './size.ts';
import { bytesByMetricName, cardinality, extent, liveness, type HeadStats } from './status.ts';
import { APPENDABLE_WINDOW, TimeBounds } from './time-bounds.ts';

/** How long the lists of `stats` are when nothing else is asked for (web/api/v1, serveTSDBStatus). */
const TOP_LIST_LENGTH = 10;

/** The most bytes of opened blocks that are kept from one query to the next, when nothing else is said. */
const OPENED_BYTES = 32 * 2 ** 20;

/** More series than this are read one at a time where that is possible: together they would take tens of megabytes. */
const MANY = 50_000;

/** Retention by bytes forgets so much time at once: what a sealed block holds of scrapes every 15 s, rounded. */
const SHRINK_STEP: Duration = 30 * MINUTE;

export interface HeadOptions {
	/** The most bytes of opened blocks that are kept from one query to the next; 32 MiB if left out. */
	readonly openedBytes?: number;
	/**
	 * The most bytes that may be stored, as `size` counts them. A new series for which there is no room is refused, and its samples are
	 * out of budget; series that are there go on, until there is a quarter more: then all samples are refused. Unlimited if left out.
	 */
	readonly maxBytes?: number;
	/**
	 * How much older than the newest sample of the head a sample may be; older ones are out of bounds. An hour if left out, as in Prometheus;
	 * Infinity for a head that is filled with what was sampled long ago, one target after the other.
	 */
	readonly appendableWindow?: Duration;
}

/** The time series in memory: written through appenders, one for each target, and read by label matchers. */
export class Head implements Querier, Appendable {
	readonly #opened: OpenedCache;
	readonly #table: SeriesTable;

	constructor({
		openedBytes = OPENED_BYTES,
		maxBytes = Infinity,
		appendableWindow = APPENDABLE_WINDOW
	}: HeadOptions = {}) {
		this.#opened = new OpenedCache(openedBytes);
		this.#table = new SeriesTable(this.#opened, maxBytes, new TimeBounds(appendableWindow));
	}

	/** A new appender, with a column of timestamps of its own. */
	appender(): Appender {
		return new ColumnAppender(this.#table);
	}

	/**
	 * The series as views of the head's own arrays; what was written to several columns is copied into one.
	 * Rows in [start, end) never change, but the arrays go on to be filled after `end`: never write to them, never transfer them.
	 */
	select(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): readonly SeriesColumns[] {
		return this.#readAll(this.#table.find(matchers), rowWindow(from, to));
	}

	scan(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): Iterable<SeriesColumns> {
		const found = this.#table.find(matchers);
		const window = rowWindow(from, to);
		return found.length > MANY ? this.#readInTurn(found, window) : this.#readAll(found, window);
	}

	#readAll(all: readonly MemSeries[], window: RowWindow): SeriesColumns[] {
		const found: SeriesColumns[] = [];
		for (const series of all) {
			const columns = readSeries(series, window);
			if (columns) found.push(columns);
		}
		this.#opened.trim();
		return found;
	}

	*#readInTurn(all: readonly MemSeries[], window: RowWindow): Generator<SeriesColumns> {
		let read = 0;
		for (const series of all) {
			const columns = readSeries(series, window);
			if (columns) yield columns;
			if (++read % MANY === 0) this.#opened.trim();
		}
		this.#opened.trim();
	}

	series(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): readonly Labels[] {
		const window = rowWindow(from, to);
		return this.#table
			.find(matchers)
			.filter(({ segments }) => segments.some((segment) => isInWindow(segment, window)))
			.map(({ labels }) => labels);
	}

	/** Bytes of the sealed rows that were opened for queries and are kept for the next ones; not part of what is stored. */
	get openedBytes(): number {
		return this.#opened.bytes;
	}

	/** What is stored, in bytes. Walks over all series, not over samples. */
	size(): HeadSize {
		return this.#table.size();
	}

	/** How much is stored. Walks over all series, but not far into each. */
	count(): Pick<HeadStats, 'numSeries' | 'samples'> {
		const { samples } = extent(this.#segments());
		return { numSeries: this.#table.all().length, samples };
	}

	/** Counts, sizes and the top lists of cardinality. Walks over everything: for a status page, not for every frame. */
	stats(limit: number = TOP_LIST_LENGTH): HeadStats {
		const all = this.#table.all();
		const size = this.size();
		this.#opened.trim();
		return {
			numSeries: all.length,
			...extent(this.#segments()),
			...liveness(all),
			bytes: size.total,
			size,
			openedBytes: this.openedBytes,
			...cardinality(this.#table.postings, limit),
			bytesByMetricName: limit === 0 ? [] : bytesByMetricName(all, limit)
		};
	}

	/**
	 * Retention: forgets series whose last sample is before the given time, and of the others older rows, in batches, so that
	 * some may stay a while. Samples from before it are out of bounds from now on. Throws while an appender has a row open.
	 */
	truncate(before: Timestamp): void {
		if (this.#table.openRows > 0) throw new Error('cannot truncate while a row is open');
		this.#table.bounds.cut(before);
		for (const series of this.#table.all()) dropSegments(series, before);
		this.#table.sweep();
		const segments = this.#segments();
		const cuts = new Map(columnsOf(segments).map((column) => [column, rowsToCut(column, before)]));
		for (const segment of segments) segment.cut(cuts.get(segment.column) ?? 0);
		for (const [column, rows] of cuts) column.cut(rows);
		this.#table.budget.outdate();
	}

	/**
	 * Deletes the samples with from <= time <= to of the series that satisfy every matcher (tsdb/head.go, Delete). They are seen no more, but
	 * take their bytes until retention comes to them. Until then they count in `stats` as before, but for the number of samples: Prometheus keeps
	 * tombstones beside its series, and neither their number nor the times of the head look at those. Throws while an appender has a row
	 * open.
	 */
	delete(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): void {
		if (this.#table.openRows > 0) throw new Error('cannot delete while a row is open');
		const window = rowWindow(from, to);
		for (const { segments } of this.#table.find(matchers)) {
			for (const segment of segments) {
				const { low, high } = window(segment.column);
				segment.erase(low, high);
			}
		}
	}

	/**
	 * Retention by bytes: forgets as `truncate` does, from the oldest on, until at most so many bytes are stored. The last stretch of time
	 * stays in any case. Returns the time before which samples may be missing; undefined when nothing had to go.
	 */
	shrink(maxBytes: number): Timestamp | undefined {
		let before: Timestamp | undefined;
		while (this.size().total > maxBytes) {
			const { minTime, maxTime } = extent(this.#segments());
			if (minTime === undefined || maxTime === undefined) break;
			// What is older than `before` and still there are rows that wait for the rest of their block.
			const from = Math.max(minTime, before ?? -Infinity);
			const next = (Math.floor(from / SHRINK_STEP) + 1) * SHRINK_STEP;
			if (next > maxTime) break;
			this.truncate((before = next));
		}
		return before;
	}

	#segments(): Segment[] {
		return this.#table.all().flatMap(({ segments }) => segments);
	}
}

function columnsOf(segments: readonly Segment[]): Column[] {
	return [...new Set(segments.map(({ column }) => column))];
}

/** Whole strides only, so that the segments that begin later need not be copied. */
function rowsToCut(column: Column, before: Timestamp): number {
	const rows = column.rowAt(before);
	return rows - (rows % STRIDE);
}

function dropSegments(series: MemSeries, before: Timestamp): void {
	const expired = series.segments.filter((segment) => segment.lastTime() < before);
	if (expired.length === 0) return;
	for (const segment of expired) segment.drop();
	if (series.own?.isDropped()) series.own = undefined;
	setSegments(
		series,
		series.segments.filter((segment) => !segment.isDropped())
	);
}

/** The rows of a column between two times, found once for all its series. */
type RowWindow = (column: Column) => Rows;

function rowWindow(from: Timestamp, to: Timestamp): RowWindow {
	const known = new Map<Column, Rows>();
	// Series of one target mostly come one after the other.
	let lastColumn: Column | undefined;
	let lastRows: Rows = { low: 0, high: 0 };
	return (column) => {
		if (column === lastColumn) return lastRows;
		let rows = known.get(column);
		if (!rows) known.set(column, (rows = rowsBetween(column, from, to)));
		lastColumn = column;
		lastRows = rows;
		return rows;
	};
}

function rowsBetween(column: Column, from: Timestamp, to: Timestamp): Rows {
	const high = column.rowAt(to);
	return { low: column.rowAt(from), high: column.timeAt(high) === to ? high + 1 : high };
}

function readSegment(segment: Segment, window: RowWindow): SeriesColumns | undefined {
	const { low, high } = window(segment.column);
	return readRows(segment, low, high);
}

function isInWindow(segment: Segment, window: RowWindow): boolean {
	const { low, high } = window(segment.column);
	return hasRows(segment, low, high);
}

function readSeries(series: MemSeries, window: RowWindow): SeriesColumns | undefined {
	const { only, labels } = series;
	if (only) return readSegment(only, window);
	const pieces = series.segments.flatMap((segment) => readSegment(segment, window) ?? []);
	return pieces.length > 1 ? mergeColumns(labels, pieces) : pieces[0];
}
