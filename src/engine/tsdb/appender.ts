import {
	REFUSED,
	SAMPLE,
	STALE,
	type Appender,
	type AppendOutcome,
	type Labels,
	type SeriesRef,
	type Timestamp
} from '#engine/model';
import { Column } from './column.ts';
import { sealRipeRows } from './sealed/seal-block.ts';
import { Segment } from './segment.ts';
import type { SeriesTable } from './series-table.ts';
import { FORGOTTEN, linkSegment, type MemSeries } from './series.ts';

/**
 * What `begin` found: a new row after the last one, the last row once more (the rules of a group all write at
 * one timestamp, one commit each), or a time that is already past.
 */
type RowState = 'closed' | 'new' | 'again' | 'late';

/** A sample that waits for the commit outside of the columns. */
interface StagedSample {
	readonly time: Timestamp;
	readonly value: number;
	readonly mark: number;
	/** The row of the appender's column; undefined for the series' own column. */
	readonly row: number | undefined;
}

/** The latest that is known of a series, committed or not. */
interface LastSample {
	readonly time: Timestamp;
	readonly value: number;
	readonly stale: boolean;
}

const NO_ROW = -1;

/**
 * An appender with its column of timestamps.
 *
 * Samples of a new row are written in place, past the committed rows, where no reader looks. Everything else waits in
 * `staged`: samples with their own timestamps, and those of a row that readers already see.
 * A reference is an index into `series` and `segments`; a reference has a segment once a sample was added
 * through it, and the segment is linked to its series by the commit (`born` until then).
 */
export class ColumnAppender implements Appender {
	readonly #table: SeriesTable;
	readonly #column: Column;
	/** By the key of the series, which outlives the series itself. */
	readonly #refs = new Map<string, SeriesRef>();
	readonly #series: MemSeries[] = [];
	readonly #segments: (Segment | undefined)[] = [];
	#state: RowState = 'closed';
	#time: Timestamp = 0;
	#row = NO_ROW;
	/** The open row while samples may be written in place; else no row, so that `add` never takes its short way. */
	#freshRow = NO_ROW;
	#isRowUsed = false;
	#born: SeriesRef[] = [];
	#staged = new Map<SeriesRef, StagedSample[]>();

	constructor(table: SeriesTable) {
		this.#table = table;
		this.#column = new Column(table.opened);
	}

	ref(labels: Labels): SeriesRef {
		const series = this.#table.known(labels);
		if (!series) return REFUSED;
		let ref = this.#refs.get(series.key);
		if (ref === undefined) {
			ref = this.#series.push(series) - 1;
			this.#segments.push(undefined);
			this.#refs.set(series.key, ref);
		}
		return ref;
	}

	begin(t: Timestamp): void {
		if (this.#state !== 'closed') throw new Error(`the row at ${this.#time} is still open`);
		const last = this.#column.lastTime();
		this.#table.openRows++;
		this.#table.budget.outdate();
		this.#time = t;
		this.#state = t > last ? 'new' : t === last ? 'again' : 'late';
		if (this.#state === 'new') this.#row = this.#freshRow = this.#column.open(t);
		if (this.#state === 'again') this.#row = this.#column.rows - 1;
	}

	add(ref: SeriesRef, value: number, t?: Timestamp): AppendOutcome {
		const segment = this.#segments[ref];
		// The short way: the series had a sample in the row before, and nobody else writes it.
		if (
			segment !== undefined &&
			segment.end === this.#freshRow &&
			t === undefined &&
			segment.alone
		) {
			segment.push(value);
			this.#isRowUsed = true;
			return 'appended';
		}
		return this.#addChecked(ref, value, t);
	}

	markStale(ref: SeriesRef): void {
		this.#requireOpen();
		if (ref === REFUSED || !this.#revive(ref)) return;
		const last = this.#lastSample(ref);
		if (!last || last.stale || last.time >= this.#time || this.#state === 'late') return;
		const segment = this.#segments[ref];
		if (segment && !segment.isDropped()) this.#addToRow(ref, NaN, STALE);
		else this.#stage(ref, { time: this.#time, value: NaN, mark: STALE, row: undefined });
	}

	commit(): void {
		this.#requireOpen();
		if (this.#isRowUsed) this.#column.rows = this.#row + 1;
		for (const ref of this.#born) this.#link(this.#segments[ref] as Segment);
		for (const [ref, samples] of this.#staged) {
			for (const sample of samples) this.#store(ref, sample);
		}
		sealRipeRows(this.#column, () => this.#liveSegments());
		this.#close();
	}

	rollback(): void {
		this.#requireOpen();
		for (const ref of this.#born) this.#segments[ref] = undefined;
		if (this.#state === 'new') {
			for (const segment of this.#segments) if (segment?.end === this.#row + 1) segment.retract();
		}
		this.#close();
	}

	#addChecked(ref: SeriesRef, value: number, t: Timestamp = this.#time): AppendOutcome {
		this.#requireOpen();
		if (ref === REFUSED || !this.#revive(ref)) return 'out of budget';
		const isOwnTime = t !== this.#time;
		const last = this.#lastSample(ref);
		if (last && t <= last.time) return outcomeOfRepeat(last, t, value);
		if (isOwnTime) {
			this.#stage(ref, { time: t, value, mark: SAMPLE, row: undefined });
			return 'appended';
		}
		if (this.#state === 'late') return 'out of order';
		this.#addToRow(ref, value, SAMPLE);
		return 'appended';
	}

	#addToRow(ref: SeriesRef, value: number, mark: number): void {
		if (this.#state === 'again') {
			this.#stage(ref, { time: this.#time, value, mark, row: this.#row });
			return;
		}
		this.#segmentFor(ref).put(this.#row, value, mark);
		this.#isRowUsed = true;
	}

	/** The latest sample of the series, the open row and what is staged included (tsdb/head_append.go, appendable). */
	#lastSample(ref: SeriesRef): LastSample | undefined {
		const series = this.#seriesOf(ref);
		const segment = this.#segments[ref];
		let last: LastSample | undefined;
		for (const candidate of [segment, ...series.segments]) {
			if (!candidate || candidate.isDropped()) continue;
			const time = candidate.lastTime();
			if (last && time <= last.time) continue;
			last = { time, value: candidate.lastValue(), stale: candidate.endsStale() };
		}
		const staged = this.#staged.get(ref)?.at(-1);
		if (!staged || (last && staged.time <= last.time)) return last;
		return { time: staged.time, value: staged.value, stale: staged.mark === STALE };
	}

	/** Makes sure that the table knows the series, which retention may have forgotten since. False when there is no room for it. */
	#revive(ref: SeriesRef): boolean {
		const series = this.#seriesOf(ref);
		if (series.id !== FORGOTTEN) return true;
		const live = this.#table.known(series.labels);
		if (live) this.#series[ref] = live;
		return live !== undefined;
	}

	#seriesOf(ref: SeriesRef): MemSeries {
		const series = this.#series[ref];
		if (!series) throw new Error(`unknown series reference: ${ref}`);
		return series;
	}

	#segmentFor(ref: SeriesRef): Segment {
		const present = this.#segments[ref];
		if (present && !present.isDropped()) return present;
		const segment = new Segment(this.#seriesOf(ref), this.#column, this.#row);
		this.#segments[ref] = segment;
		this.#born.push(ref);
		return segment;
	}

	#stage(ref: SeriesRef, sample: StagedSample): void {
		const segment = this.#segments[ref];
		if (segment) segment.alone = false;
		const samples = this.#staged.get(ref);
		if (samples) samples.push(sample);
		else this.#staged.set(ref, [sample]);
	}

	#store(ref: SeriesRef, sample: StagedSample): void {
		if (sample.row === undefined) return this.#storeOwn(ref, sample);
		const segment = this.#segmentFor(ref);
		segment.put(sample.row, sample.value, sample.mark);
		this.#link(segment);
	}

	#storeOwn(ref: SeriesRef, { time, value, mark }: StagedSample): void {
		const series = this.#seriesOf(ref);
		const column = series.own?.column ?? new Column(this.#table.opened);
		const row = column.open(time);
		series.own ??= new Segment(series, column, row);
		series.own.put(row, value, mark);
		column.rows = row + 1;
		this.#link(series.own);
		sealRipeRows(column, () => (series.own ? [series.own] : []));
	}

	#link(segment: Segment): void {
		if (segment.series.segments.includes(segment)) return;
		linkSegment(segment);
		this.#table.index(segment.series);
	}

	#liveSegments(): Segment[] {
		return this.#segments.filter(
			(segment): segment is Segment => segment !== undefined && !segment.isDropped()
		);
	}

	#requireOpen(): void {
		if (this.#state === 'closed') throw new Error('no row is open');
	}

	#close(): void {
		this.#table.openRows--;
		this.#state = 'closed';
		this.#row = this.#freshRow = NO_ROW;
		this.#isRowUsed = false;
		this.#born = [];
		this.#staged = new Map();
	}
}

function outcomeOfRepeat(last: LastSample, t: Timestamp, value: number): AppendOutcome {
	if (t < last.time) return 'out of order';
	return !last.stale && Object.is(last.value, value) ? 'unchanged' : 'duplicate timestamp';
}
