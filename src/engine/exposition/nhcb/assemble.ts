import type { FloatHistogram } from '#engine/model';
import type { ExposedSeries } from '../exposed-series.ts';
import type { ParsedExemplar } from '../page-reader.ts';
import type { ParsedPage } from '../parsed-page.ts';
import type { Collation } from './collate.ts';
import { ExemplarSlots } from './exemplar-slots.ts';

/** By number of the group; undefined where a group makes none. */
export type Histograms = readonly (FloatHistogram | undefined)[];

/** What a page becomes: entries as in a collation, and the series of each. */
export interface Entries {
	readonly entries: readonly number[];
	readonly series: readonly ExposedSeries[];
}

/** Puts the converted page together. */
export function assemble(
	page: ParsedPage,
	collation: Collation,
	{ entries, series }: Entries,
	histograms: Histograms
): ParsedPage {
	const hasHistograms = entries.some((entry) => entry < 0);
	const timestamps = page.timestamps && timestampsOf(page.timestamps, entries, collation.stamps);
	return {
		ok: true,
		series,
		values: valuesOf(page.values, entries),
		...(hasHistograms && {
			histograms: entries.map((entry) => (entry < 0 ? histograms[~entry] : undefined))
		}),
		...(timestamps && { timestamps }),
		...(page.exemplars && exemplarsOf(page.exemplars, collation, entries, histograms)),
		metadata: page.metadata
	};
}

function valuesOf(values: Float64Array, entries: readonly number[]): Float64Array {
	const own = new Float64Array(entries.length);
	for (let i = 0; i < own.length; i++) {
		const entry = entries[i] as number;
		if (entry >= 0) own[i] = values[entry] as number;
	}
	return own;
}

function timestampsOf(
	timestamps: Float64Array,
	entries: readonly number[],
	stamps: readonly number[]
): Float64Array | undefined {
	const times = Float64Array.from(
		entries,
		(entry) => timestamps[entry < 0 ? (stamps[~entry] as number) : entry] as number
	);
	return times.every(Number.isNaN) ? undefined : times;
}

/** The exemplars of samples that have gone into a histogram are the histogram's, also where the samples themselves stay. */
function exemplarsOf(
	exemplars: ReadonlyMap<number, ParsedExemplar>,
	{ groups, isCollected }: Collation,
	entries: readonly number[],
	histograms: Histograms
): Pick<ParsedPage, 'exemplars' | 'histogramExemplars'> {
	const slots = new ExemplarSlots(exemplars);
	const ofGroups = groups.map((group, k) => slots.collect(group, histograms[k] !== undefined));
	const ofSamples = new Map<number, ParsedExemplar>();
	const ofHistograms = new Map<number, readonly ParsedExemplar[]>();
	for (const [number, entry] of entries.entries()) {
		const own = entry < 0 ? undefined : exemplars.get(entry);
		if (own && !isCollected[entry]) ofSamples.set(number, own);
		const several = entry < 0 ? (ofGroups[~entry] ?? []) : [];
		if (several.length > 0) ofHistograms.set(number, several);
	}
	return {
		...(ofSamples.size > 0 && { exemplars: ofSamples }),
		...(ofHistograms.size > 0 && { histogramExemplars: ofHistograms })
	};
}
