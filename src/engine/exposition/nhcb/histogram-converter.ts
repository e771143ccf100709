import type { FloatHistogram } from '#engine/model';
import type { ExposedSeries } from '../exposed-series.ts';
import type { PageLayout } from '../page-layout.ts';
import type { ParsedPage } from '../parsed-page.ts';
import { assemble, type Entries, type Histograms } from './assemble.ts';
import { layoutOfGroup, readHistogram, type BucketLayout } from './bucket-layout.ts';
import { collate, type Collation } from './collate.ts';
import { convertGroup, type ClassicGroup } from './group.ts';
import { HistogramSeries } from './histogram-series.ts';

/** Makes native histograms of the classic ones in the pages of one target. */
export interface HistogramConverter {
	/**
	 * The page with a native histogram in place of the samples of each classic one. A histogram has the schema of custom buckets, the
	 * family's name, and the labels of its samples without `le`; it stands where it is known to be complete: before the first
	 * sample of something else, or where a line without a sample is. Its series is the same object on every page. The samples of a
	 * histogram whose counts contradict each other are gone without a trace. No page is refused.
	 *
	 * A page that was converted already comes back as it is.
	 */
	convert(page: ParsedPage): ParsedPage;
}

export interface HistogramConverterOptions {
	/** Whether the classic samples stay beside their histograms (always_scrape_classic_histograms); their exemplars do not. */
	readonly keepClassic: boolean;
}

/**
 * What a scrape with convert_classic_histograms_to_nhcb makes of its pages (model/textparse/nhcbparse.go). Which samples make which
 * histogram is found out once for all pages that have the same `series`; after that only the values are read.
 */
export function createHistogramConverter({
	keepClassic
}: HistogramConverterOptions): HistogramConverter {
	const known = new HistogramSeries();
	let plan: Plan | undefined;
	return {
		convert(page) {
			const { series, values, layout } = page;
			if (!layout) return page;
			if (plan?.source !== series) plan = makePlan(series, layout, keepClassic, known);
			if (!plan.converts) return page;
			const histograms = readPlanned(plan, values);
			return histograms
				? assemble(page, plan, entriesWith(plan, histograms), histograms)
				: convertAnew(page, layout, keepClassic, known);
		}
	};
}

/** What to do with all pages that have the same series in the same order. */
interface Plan extends Collation {
	readonly source: readonly ExposedSeries[];
	/** Whether there is a sample of a histogram at all. */
	readonly converts: boolean;
	/** Where the numbers of each group are, if it is of the usual kind. */
	readonly layouts: readonly (BucketLayout | undefined)[];
	/** What the page becomes when every group makes a histogram. */
	readonly whole: Entries;
	/** What the last page became. */
	last: Entries;
	/** The last histogram of each group. */
	readonly before: (FloatHistogram | undefined)[];
}

function makePlan(
	source: readonly ExposedSeries[],
	layout: PageLayout,
	keepClassic: boolean,
	known: HistogramSeries
): Plan {
	known.change();
	const collation = collate(source, layout, keepClassic, () => true);
	const { entries, groups, isCollected } = collation;
	const whole = { entries, series: seriesOf(entries, groups, source, known) };
	return {
		...collation,
		source,
		converts: isCollected.includes(1),
		layouts: groups.map(layoutOfGroup),
		whole,
		last: whole,
		before: groups.map(() => undefined)
	};
}

function seriesOf(
	entries: readonly number[],
	groups: readonly ClassicGroup[],
	source: readonly ExposedSeries[],
	known: HistogramSeries
): readonly ExposedSeries[] {
	return entries.map((entry) =>
		entry < 0 ? known.of(groups[~entry] as ClassicGroup) : (source[entry] as ExposedSeries)
	);
}

/** The histograms of a page that keeps to the plan; undefined when one of its groups stays open. */
function readPlanned(plan: Plan, values: Float64Array): Histograms | undefined {
	const { groups, layouts, before } = plan;
	const histograms: (FloatHistogram | undefined)[] = [];
	for (let k = 0; k < groups.length; k++) {
		const layout = layouts[k];
		const known = layout && readHistogram(layout, values, before[k]);
		const outcome = known ?? convertGroup(groups[k] as ClassicGroup, values);
		if (outcome === 'open') return undefined;
		const histogram = outcome === 'refused' ? undefined : outcome;
		if (histogram) before[k] = histogram;
		histograms.push(histogram);
	}
	return histograms;
}

/** What a page becomes that has those histograms. The same object as for the page before, when that had histograms of the same groups. */
function entriesWith(plan: Plan, histograms: Histograms): Entries {
	if (!histograms.includes(undefined)) return (plan.last = plan.whole);
	const isThere = (entry: number) => entry >= 0 || histograms[~entry] !== undefined;
	const entries = plan.entries.filter(isThere);
	if (!isSame(entries, plan.last.entries)) {
		const series = plan.whole.series.filter((_, i) => isThere(plan.entries[i] as number));
		plan.last = { entries, series };
	}
	return plan.last;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((entry, i) => entry === b[i]);
}

/** Converts a page on which a group stays open: what the groups are depends on the values then. */
function convertAnew(
	page: ParsedPage,
	layout: PageLayout,
	keepClassic: boolean,
	known: HistogramSeries
): ParsedPage {
	const histograms: (FloatHistogram | undefined)[] = [];
	const collation = collate(page.series, layout, keepClassic, (group) => {
		const outcome = convertGroup(group, page.values);
		if (outcome === 'open') return false;
		histograms.push(outcome === 'refused' ? undefined : outcome);
		return true;
	});
	const entries = collation.entries.filter((entry) => entry >= 0 || histograms[~entry]);
	const series = seriesOf(entries, collation.groups, page.series, known);
	return assemble(page, collation, { entries, series }, histograms);
}
