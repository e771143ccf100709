import {
	REFUSED,
	SAMPLE,
	STALE,
	type Appender,
	type AppendOutcome,
	type FloatHistogram,
	type Labels,
	type SeriesRef,
	type Timestamp
} from '#engine/model';
import { Column, MOST_CROWDED_ROWS, MOST_OPEN_ROWS } from './column.ts';
import { lastSample, outcomeOfRepeat, type FloatOrHistogram } from './last-sample.ts';
import { sealRipeRows } from './sealed/seal-block.ts';
import { Segment } from './segment.ts';
import type { SeriesTable } from './series-table.ts';
import { FORGOTTEN, linkSegment, type MemSeries } from './series.ts';

/**
 * What `begin` found: a new row after the last one, the last row once more (the rules of a group all write at
 * one timestamp, one commit each), or a time that is already past, or too old for any sample.
 */
type RowState = 'closed' | 'new' | 'again' | 'late';

/** What a row of a series gets. */
interface Content extends FloatOrHistogram {
	readonly mark: number;
}

/** A sample that waits for the commit outside of the columns. */
interface StagedSample extends Content {
	readonly time: Timestamp;
	/** The row of the appender's column; undefined for the series' own column. */
	readonly row: number | undefined;
}

const NO_ROW = -1;

/** One live segment among the first so many tells whether all are about to grow. */
const LOOKED_AT = 32;

const STALENESS: Content = { value: NaN, mark: STALE, histogram: undefined };

/**
 * An appender with its column of timestamps.
 *
 * Samples of a new row are written in place, past the committed rows, where no reader looks. Everything else waits in
 * `staged`: samples with their own timestamps, and those of a row that readers already see.
 * Both are what is pending. Outcomes do not depend on it, but of pending samples of one series only those are kept that come later than
 * all before them, because the commit would take no other.
 * A reference is an index into `series` and `segments`; a reference has a segment once a sample was added
 * through it, and the segment is linked to its series by the commit (`born` until then).
 */
export class ColumnAppender implements Appender {
	readonly #table: SeriesTable;
	readonly #column: Column;
	/** Of the series that another appender was the first to ask for. */
	readonly #otherRefs = new Map<MemSeries, SeriesRef>();
	/**
	 * For references whose series was forgotten and came back under another reference before they were used again: that one. There are none
	 * mostly.
	 */
	#redirected: Map<SeriesRef, SeriesRef> | undefined;
	/** References that were given back; their places are free when the series is forgotten. */
	readonly #released = new Set<SeriesRef>();
	readonly #free: SeriesRef[] = [];
	/** The sweep of the table after which free places were looked for. */
	#sweep = 0;
	readonly #series: (MemSeries | undefined)[] = [];
	readonly #segments: (Segment | undefined)[] = [];
	#state: RowState = 'closed';
	#time: Timestamp = 0;
	#row = NO_ROW;
	/** The open row while samples may be written in place; else no row, so that `add` never takes its short way. */
	#freshRow = NO_ROW;
	#isRowUsed = false;
	/** Whether the store was so full when the row began that no sample is taken. */
	#isFull = false;
	#born: SeriesRef[] = [];
	#staged = new Map<SeriesRef, StagedSample[]>();
	/** The oldest time that is taken, as of when the row began; undefined before the first sample of the head. */
	#minValidTime: Timestamp | undefined;
	#commitsBefore = 0;

	constructor(table: SeriesTable) {
		this.#table = table;
		this.#column = new Column(table.opened);
	}

	ref(labels: Labels): SeriesRef {
		const series = this.#table.known(labels);
		if (!series) return REFUSED;
		const known = this.#refOf(series);
		if (known !== undefined) {
			this.#released.delete(known);
			return known;
		}
		const ref = this.#free.pop() ?? this.#series.length;
		this.#series[ref] = series;
		this.#segments[ref] = undefined;
		this.#noteRef(series, ref);
		return ref;
	}

	release(ref: SeriesRef): void {
		if (ref !== REFUSED) this.#released.add(ref);
	}

	/** Takes the places of references that were given back, and whose series retention has forgotten. */
	#freePlaces(): void {
		this.#sweep = this.#table.sweeps;
		for (const ref of this.#released) {
			const series = this.#seriesOf(ref);
			if (series.id !== FORGOTTEN) continue;
			this.#released.delete(ref);
			this.#redirected?.delete(ref);
			this.#otherRefs.delete(series);
			this.#series[ref] = this.#segments[ref] = undefined;
			this.#free.push(ref);
		}
	}

	begin(t: Timestamp): void {
		if (this.#state !== 'closed') throw new Error(`the row at ${this.#time} is still open`);
		if (this.#sweep !== this.#table.sweeps) this.#freePlaces();
		const last = this.#column.lastTime();
		this.#table.openRows++;
		this.#isFull = this.#table.budget.beginRow(this.#growth());
		this.#commitsBefore = this.#table.commits;
		this.#minValidTime = this.#table.bounds.minValidTime();
		this.#time = t;
		if (t < last || t < (this.#minValidTime ?? t)) this.#state = 'late';
		else this.#state = t === last ? 'again' : 'new';
		if (this.#state === 'new') {
			this.#row = this.#column.open(t);
			if (!this.#isFull) this.#freshRow = this.#row;
		}
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
		return this.#addChecked(ref, { value, mark: SAMPLE, histogram: undefined }, t);
	}

	addHistogram(ref: SeriesRef, histogram: FloatHistogram, t?: Timestamp): AppendOutcome {
		const segment = this.#segments[ref];
		if (segment?.end === this.#freshRow && t === undefined && segment.alone) {
			segment.pushHistogram(histogram);
			this.#isRowUsed = true;
			return 'appended';
		}
		return this.#addChecked(ref, { value: NaN, mark: SAMPLE, histogram }, t);
	}

	markStale(handle: SeriesRef): void {
		this.#requireOpen();
		if (this.#state === 'late') return;
		const ref = this.#revive(handle);
		if (ref === REFUSED) return;
		this.#minValidTime ??= this.#table.bounds.init(this.#time);
		if (this.#pendingTime(ref) >= this.#time) return;
		const series = this.#seriesOf(ref);
		const last = lastSample(series);
		if (last && last.time >= this.#time) return;
		const segment = this.#segments[ref];
		const isOwn = series.own !== undefined && (!segment || segment.isDropped());
		if (isOwn) this.#stage(ref, { ...STALENESS, time: this.#time, row: undefined });
		else this.#addToRow(ref, STALENESS);
	}

	commit(): void {
		this.#requireOpen();
		if (this.#table.commits !== this.#commitsBefore) this.#leaveOutPassed();
		if (this.#isRowUsed) this.#storeRow();
		for (const [ref, samples] of this.#staged) {
			for (const sample of samples) this.#store(ref, sample);
		}
		this.#column.mostOpenRows = this.#table.isCrowded ? MOST_CROWDED_ROWS : MOST_OPEN_ROWS;
		sealRipeRows(this.#column, () => this.#liveSegments());
		this.#table.commits++;
		// Of each sample a value, and of the row a timestamp.
		const samples = this.#segments.length + this.#staged.size + 1;
		this.#table.budget.note(samples * Float64Array.BYTES_PER_ELEMENT);
		this.#close();
	}

	rollback(): void {
		this.#requireOpen();
		for (const ref of this.#born) this.#segments[ref] = undefined;
		for (const segment of this.#segments) if (this.#isWritten(segment)) segment.retract();
		this.#close();
	}

	#addChecked(handle: SeriesRef, content: Content, t: Timestamp = this.#time): AppendOutcome {
		this.#requireOpen();
		this.#minValidTime ??= this.#table.bounds.init(t);
		if (t < this.#minValidTime) return 'out of bounds';
		if (this.#isFull) return 'out of budget';
		const ref = this.#revive(handle);
		if (ref === REFUSED) return 'out of budget';
		const last = lastSample(this.#seriesOf(ref));
		if (last && t <= last.time) return outcomeOfRepeat(last, t, content);
		const isOwnTime = t !== this.#time;
		if (!isOwnTime && this.#state === 'late') return 'out of order';
		if (t <= this.#pendingTime(ref)) return 'appended';
		if (isOwnTime) this.#stage(ref, { ...content, time: t, row: undefined });
		else this.#addToRow(ref, content);
		return 'appended';
	}

	#addToRow(ref: SeriesRef, content: Content): void {
		if (this.#state === 'again') {
			this.#stage(ref, { ...content, time: this.#time, row: this.#row });
			return;
		}
		this.#segmentFor(ref).put(this.#row, content.value, content.mark, content.histogram);
		this.#isRowUsed = true;
	}

	/** The time of the last sample of the series that waits for the commit; -Infinity without one. */
	#pendingTime(ref: SeriesRef): Timestamp {
		const staged = this.#staged.get(ref)?.at(-1)?.time ?? -Infinity;
		return this.#isWritten(this.#segments[ref]) ? Math.max(staged, this.#time) : staged;
	}

	/** Bytes that a new row takes if segments have to grow for it: they mostly do so at the same time. */
	#growth(): number {
		const row = this.#column.rows;
		for (let i = 0; i < Math.min(LOOKED_AT, this.#segments.length); i++) {
			const segment = this.#segments[i];
			if (segment?.end === row) return segment.growthAt(row) * this.#segments.length;
		}
		return 0;
	}

	/** Whether the segment has a sample in the open row, in place. */
	#isWritten(segment: Segment | undefined): segment is Segment {
		return this.#state === 'new' && segment?.end === this.#row + 1;
	}

	/** Leaves out what is no longer later than what other appenders have committed since the row began (headAppender.commitFloats). */
	#leaveOutPassed(): void {
		this.#segments.forEach((segment, ref) => {
			if (this.#isWritten(segment) && this.#isPassed(ref, this.#time)) segment.retract();
		});
		this.#born = this.#born.filter((ref) => {
			if (this.#isWritten(this.#segments[ref])) return true;
			this.#segments[ref] = undefined;
			return false;
		});
		for (const [ref, samples] of this.#staged) {
			const left = samples.filter(({ time }) => !this.#isPassed(ref, time));
			this.#staged.set(ref, left);
		}
	}

	#isPassed(ref: SeriesRef, time: Timestamp): boolean {
		const last = lastSample(this.#seriesOf(ref));
		return last !== undefined && time <= last.time;
	}

	/**
	 * Makes sure that the table knows the series, which retention may have forgotten since, and gives the reference to go on with; REFUSED
	 * when there is no room for it.
	 */
	#revive(ref: SeriesRef): SeriesRef {
		if (ref === REFUSED) return REFUSED;
		const used = this.#redirected?.get(ref) ?? ref;
		const series = this.#seriesOf(used);
		if (series.id !== FORGOTTEN) return used;
		const live = this.#table.known(series.labels);
		if (!live) return REFUSED;
		const other = this.#refOf(live);
		if (other !== undefined && other !== used) {
			(this.#redirected ??= new Map()).set(ref, other);
			return other;
		}
		this.#series[used] = live;
		this.#otherRefs.delete(series);
		this.#noteRef(live, used);
		return used;
	}

	#refOf(series: MemSeries): SeriesRef | undefined {
		return series.writer === this ? series.ref : this.#otherRefs.get(series);
	}

	#noteRef(series: MemSeries, ref: SeriesRef): void {
		if (series.writer !== undefined && series.writer !== this) this.#otherRefs.set(series, ref);
		else {
			series.writer = this;
			series.ref = ref;
		}
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

	#storeRow(): void {
		this.#column.rows = this.#row + 1;
		this.#table.bounds.note(this.#time);
		for (const ref of this.#born) this.#link(this.#segments[ref] as Segment);
	}

	#store(ref: SeriesRef, sample: StagedSample): void {
		this.#table.bounds.note(sample.time);
		if (sample.row === undefined) return this.#storeOwn(ref, sample);
		const segment = this.#segmentFor(ref);
		segment.put(sample.row, sample.value, sample.mark, sample.histogram);
		this.#link(segment);
	}

	#storeOwn(ref: SeriesRef, { time, value, mark, histogram }: StagedSample): void {
		const series = this.#seriesOf(ref);
		const column = series.own?.column ?? new Column(this.#table.opened);
		const row = column.open(time);
		series.own ??= new Segment(series, column, row);
		series.own.put(row, value, mark, histogram);
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
