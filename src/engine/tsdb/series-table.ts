import type { Labels, Matcher } from '#engine/model';
import { Budget } from './budget.ts';
import { LabelIndex } from './label-index.ts';
import { LabelOrder } from './label-order.ts';
import type { OpenedCache } from './sealed/opened-cache.ts';
import { SeriesLookup } from './series-lookup.ts';
import { newSeriesSize, sizeOf, type HeadSize } from './size.ts';
import { FORGOTTEN, MemSeries, UNINDEXED } from './series.ts';
import type { TimeBounds } from './time-bounds.ts';

/** With more series than this, two hours of open rows would take more than 100 MB. */
const CROWD = 20_000;

/**
 * All series of the head by their labels. A series is first known, when an appender asks for a reference to it, and
 * indexed when its first sample is committed; only indexed series can be found.
 */
export class SeriesTable {
	/** How many appenders have a row open; series and columns must not be swept under them. */
	openRows = 0;
	/** How many rows were committed, so that an appender can tell whether another one was there first. */
	commits = 0;
	/** How often series were forgotten. */
	sweeps = 0;
	/** Rows that queries opened. */
	readonly opened: OpenedCache;
	readonly budget: Budget;
	readonly bounds: TimeBounds;
	#known = new SeriesLookup();
	#byId: MemSeries[] = [];
	#index = new LabelIndex();
	#order = this.#newOrder();

	/** Takes no new series once it would have more than `maxBytes`. */
	constructor(opened: OpenedCache, maxBytes: number, bounds: TimeBounds) {
		this.opened = opened;
		this.bounds = bounds;
		this.budget = new Budget(maxBytes, () => this.size().total);
	}

	/** The series with these labels, known from now on; undefined when it is new and there is no room for it. */
	known(labels: Labels): MemSeries | undefined {
		const known = this.#known.find(labels);
		if (known) return known;
		if (!this.budget.admits(newSeriesSize(labels))) return undefined;
		const series = new MemSeries(labels);
		this.#known.add(series);
		return series;
	}

	/** Makes the series findable. */
	index(series: MemSeries): void {
		if (series.id !== UNINDEXED) return;
		series.id = this.#byId.push(series) - 1;
		series.labels = this.#index.add(series.labels);
	}

	/** The indexed series that satisfy every matcher, in label order. */
	find(matchers: readonly Matcher[]): MemSeries[] {
		const ids = this.#index.find(matchers);
		this.#order.extend(this.#byId.length);
		const sorted = ids.length === this.#byId.length ? this.#order.all() : this.#order.sort(ids);
		const found = new Array<MemSeries>(sorted.length);
		for (let i = 0; i < sorted.length; i++) found[i] = this.#byId[sorted[i] as number] as MemSeries;
		return found;
	}

	/** Every indexed series, oldest first. */
	all(): readonly MemSeries[] {
		return this.#byId;
	}

	/** Whether there are so many series that their open rows must be few. */
	get isCrowded(): boolean {
		return this.#known.size > CROWD;
	}

	get postings(): LabelIndex {
		return this.#index;
	}

	/** Forgets the series without committed samples, and numbers the others anew. */
	sweep(): void {
		const kept = this.find([]).filter((series) => series.segments.length > 0);
		if (kept.length === this.#known.size) return;
		this.sweeps++;
		for (const series of this.#known.values()) series.id = FORGOTTEN;
		this.#known = new SeriesLookup();
		this.#byId = [];
		this.#index = new LabelIndex();
		this.#order = this.#newOrder();
		for (const series of kept) {
			this.#known.add(series);
			series.id = UNINDEXED;
			this.index(series);
		}
	}

	size(): HeadSize {
		return sizeOf(this.#known.values(), this.#index.pairs(), this.#order.byteSize());
	}

	#newOrder(): LabelOrder {
		return new LabelOrder((id) => (this.#byId[id] as MemSeries).labels);
	}
}
