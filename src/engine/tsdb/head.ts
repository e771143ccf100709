import type {
	Appendable,
	Appender,
	Labels,
	Matcher,
	Querier,
	SeriesColumns,
	Timestamp
} from '#engine/model';
import { ColumnAppender } from './appender.ts';
import { STRIDE, type Column } from './column.ts';
import { mergeColumns } from './merge.ts';
import type { Segment } from './segment.ts';
import { SeriesTable } from './series-table.ts';
import { setSegments, type MemSeries } from './series.ts';
import { cardinality, extent, type HeadStats } from './status.ts';

/** How long the lists of `stats` are when nothing else is asked for (web/api/v1, serveTSDBStatus). */
const TOP_LIST_LENGTH = 10;

/** The time series in memory: written through appenders, one for each target, and read by label matchers. */
export class Head implements Querier, Appendable {
	readonly #table = new SeriesTable();

	/** A new appender, with a column of timestamps of its own. */
	appender(): Appender {
		return new ColumnAppender(this.#table);
	}

	/**
	 * The series as views of the head's own arrays; what was written to several columns is copied into one.
	 * Rows in [start, end) never change, but the arrays go on to be filled after `end`: never write to them, never transfer them.
	 */
	select(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): readonly SeriesColumns[] {
		const window = rowWindow(from, to);
		const found: SeriesColumns[] = [];
		for (const series of this.#table.find(matchers)) {
			const columns = readSeries(series, window);
			if (columns) found.push(columns);
		}
		return found;
	}

	series(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): readonly Labels[] {
		const window = rowWindow(from, to);
		return this.#table
			.find(matchers)
			.filter(({ segments }) => segments.some((segment) => readSegment(segment, window)))
			.map(({ labels }) => labels);
	}

	/** Counts, sizes and the top lists of cardinality. Walks over everything: for a status page, not for every frame. */
	stats(limit: number = TOP_LIST_LENGTH): HeadStats {
		const segments = this.#segments();
		return {
			numSeries: this.#table.all().length,
			...extent(segments),
			bytes: this.#table.byteSize() + byteSize(segments),
			...cardinality(this.#table.postings, limit)
		};
	}

	/**
	 * Retention: forgets series whose last sample is before the given time, and of the others older rows, in batches, so that
	 * some may stay a while. Throws while an appender has a row open.
	 */
	truncate(before: Timestamp): void {
		if (this.#table.openRows > 0) throw new Error('cannot truncate while a row is open');
		for (const series of this.#table.all()) dropSegments(series, before);
		this.#table.sweep();
		const segments = this.#segments();
		const cuts = new Map(columnsOf(segments).map((column) => [column, rowsToCut(column, before)]));
		for (const segment of segments) segment.cut(cuts.get(segment.column) ?? 0);
		for (const [column, rows] of cuts) column.cut(rows);
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

function byteSize(segments: readonly Segment[]): number {
	const times = columnsOf(segments).reduce((sum, column) => sum + column.times.byteLength, 0);
	return segments.reduce((sum, segment) => sum + segment.byteSize(), times);
}

/** The rows [low, high) of a column. */
interface Rows {
	readonly low: number;
	readonly high: number;
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
	return { low: column.rowAt(from), high: column.times[high] === to ? high + 1 : high };
}

function readSegment(segment: Segment, window: RowWindow): SeriesColumns | undefined {
	const { low, high } = window(segment.column);
	return segment.read(low, high);
}

function readSeries({ labels, segments }: MemSeries, window: RowWindow): SeriesColumns | undefined {
	if (segments.length === 1) return readSegment(segments[0] as Segment, window);
	const pieces = segments.flatMap((segment) => readSegment(segment, window) ?? []);
	return pieces.length > 1 ? mergeColumns(labels, pieces) : pieces[0];
}
