import type { FloatHistogram, MetricMetadata } from '#engine/model';
import type { ExposedSeries } from './exposed-series.ts';
import type { PageLayout } from './page-layout.ts';
import type { ParsedExemplar } from './page-reader.ts';
import type { Place } from './place.ts';

/** A page in columns: sample i is of series[i] and has the value values[i]. */
export interface ParsedPage {
	readonly ok: true;
	/** In the order of the page. The same array as for the page before, when no line began differently. */
	readonly series: readonly ExposedSeries[];
	readonly values: Float64Array;
	/** Samples that are native histograms, whose value means nothing; absent when there are none. */
	readonly histograms?: readonly (FloatHistogram | undefined)[];
	/** ms, NaN where a sample has none; absent when none has one. */
	readonly timestamps?: Float64Array;
	/** By the number of the sample; absent when there are none. */
	readonly exemplars?: ReadonlyMap<number, ParsedExemplar>;
	/** Those of native histograms, by the number of the sample: one may have several. Absent when there are none. */
	readonly histogramExemplars?: ReadonlyMap<number, readonly ParsedExemplar[]>;
	/** By the name in HELP, TYPE and UNIT lines. The same map as for the page before, when no line began differently. */
	readonly metadata: ReadonlyMap<string, MetricMetadata>;
	/** Only of a page as it was read, before anything was made of its samples. The same object as long as `series` is the same array. */
	readonly layout?: PageLayout;
}

/** What the lines of a page say, without their values. */
export type PageContent = Pick<ParsedPage, 'series' | 'metadata' | 'layout'>;

/** Why a page cannot be read, and where. */
export interface UnreadablePage extends Place {
	readonly ok: false;
	/** In Prometheus' words. */
	readonly message: string;
	/** What stands before the fault: Prometheus stores as it reads, and has come across that much. */
	readonly before: ParsedPage;
}

export type ParsedExposition = ParsedPage | UnreadablePage;
