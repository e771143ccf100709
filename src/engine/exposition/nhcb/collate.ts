import type { MetricType } from '#engine/model';
import type { ExposedSeries } from '../exposed-series.ts';
import type { PageLayout, PageSection } from '../page-layout.ts';
import { classicPart, histogramName, sameButBound } from './classic-series.ts';
import type { ClassicGroup } from './group.ts';

/** What of a page is what: which samples make histograms, and what is left of it. */
export interface Collation {
	/** In the order in which they are given out. */
	readonly groups: readonly ClassicGroup[];
	/** Of each group the sample that was read last when it was given out: its timestamp is taken for the histogram's. */
	readonly stamps: readonly number[];
	/** What the page becomes: the number k of a sample, or ~k for the histogram of group k. */
	readonly entries: readonly number[];
	/** By number of the sample: whether it has gone into a histogram. */
	readonly isCollected: Uint8Array;
}

/**
 * Finds the classic histograms in a page as Prometheus does, reading on line by line (model/textparse/nhcbparse.go, Next). A group is
 * over when a sample comes that is of another histogram, or a line that is no sample. `close` is asked then whether to let
 * go of it: all later samples go into a group that stays open.
 */
export function collate(
	series: readonly ExposedSeries[],
	layout: PageLayout,
	keepClassic: boolean,
	close: (group: ClassicGroup) => boolean
): Collation {
	const walk = new Walk(series, layout, keepClassic, close);
	const { sections, breaksOff } = layout;
	for (const [k, section] of sections.entries()) {
		walk.read(section, sections[k + 1]?.from ?? series.length);
		if (k < sections.length - 1 || !breaksOff) walk.flush();
	}
	const { groups, stamps, entries, isCollected } = walk;
	return { groups, stamps, entries, isCollected };
}

class Walk implements Collation {
	readonly groups: ClassicGroup[] = [];
	readonly stamps: number[] = [];
	readonly entries: number[] = [];
	readonly isCollected: Uint8Array;
	readonly #series: readonly ExposedSeries[];
	readonly #isOpenMetrics: boolean;
	readonly #keepClassic: boolean;
	readonly #close: (group: ClassicGroup) => boolean;
	#group: ClassicGroup | undefined;
	#last = -1;
	/**
	 * Looking for the start timestamp of the first histogram, Prometheus' OpenMetrics parser begins to pass over `_created`
	 * series, and does so to the end of the page (OpenMetricsParser.StartTimestamp).
	 */
	#passesOverCreated = false;

	constructor(
		series: readonly ExposedSeries[],
		{ isOpenMetrics }: PageLayout,
		keepClassic: boolean,
		close: (group: ClassicGroup) => boolean
	) {
		this.isCollected = new Uint8Array(series.length);
		this.#series = series;
		this.#isOpenMetrics = isOpenMetrics;
		this.#keepClassic = keepClassic;
		this.#close = close;
	}

	/** Reads the samples of a section, which reaches to `to`. */
	read({ from, type, family }: PageSection, to: number): void {
		for (let line = from; line < to; line++) {
			const series = this.#series[line] as ExposedSeries;
			if (this.#passesOverCreated && isCreated(series, type)) continue;
			this.#last = line;
			if (this.#group && !belongsTo(this.#group, series, type)) this.flush();
			const isCollected = type === 'histogram' && this.#collect(line, series, family);
			if (!isCollected || this.#keepClassic) this.entries.push(line);
		}
	}

	/** Gives out the group that is being collected, unless it has to stay open. */
	flush(): void {
		const group = this.#group;
		if (!group || !this.#close(group)) return;
		this.entries.push(~this.groups.length);
		this.groups.push(group);
		this.stamps.push(this.#last);
		this.#group = undefined;
	}

	#collect(line: number, series: ExposedSeries, family: string): boolean {
		const part = classicPart(series, family);
		if (!part) return false;
		if (!this.#group) {
			this.#group = { first: series, name: family, lines: [], parts: [] };
			this.#passesOverCreated = this.#isOpenMetrics;
		}
		this.#group.lines.push(line);
		this.#group.parts.push(part);
		this.isCollected[line] = 1;
		return true;
	}
}

/** Whether a sample, though it may be no part of it, does not end the group (NHCBParser.differentMetric). */
function belongsTo(
	{ first, name }: ClassicGroup,
	series: ExposedSeries,
	type: MetricType | ''
): boolean {
	return type === 'histogram' && histogramName(series.name) === name && sameButBound(first, series);
}

/** OpenMetricsParser.isCreatedSeries. */
function isCreated({ name }: ExposedSeries, type: MetricType | ''): boolean {
	return (
		(type === 'counter' || type === 'summary' || type === 'histogram') && name.endsWith('_created')
	);
}
