import type { ExposedSeries, ParsedPage } from '#engine/exposition';
import {
	formatLabelSet,
	isBareLabelName,
	isBareMetricName,
	isValidLabelName,
	isValidUtf8,
	labelPairs,
	METRIC_NAME,
	metricName,
	MINUTE,
	quote,
	REFUSED,
	type AppendOutcome,
	type Appender,
	type FloatHistogram,
	type Labels,
	type Timestamp
} from '#engine/model';
import type { NameValidationScheme } from './config/config.ts';
import { labelLimitError, type LabelLimits } from './label-limits.ts';
import type { SampleLabels } from './sample-labels.ts';
import { DROPPED, type CachedSeries, type SeriesCache } from './series-cache.ts';

/** What decides how samples are stored. */
export interface SampleRules {
	readonly labelsOf: SampleLabels;
	readonly honorTimestamps: boolean;
	/** Whether a series whose samples carry timestamps ends when it vanishes, as others do. */
	readonly trackTimestamps: boolean;
	/** Samples of a page; 0 for no limit. */
	readonly sampleLimit: number;
	/** Buckets of a native histogram; 0 for no limit. */
	readonly bucketLimit: number;
	readonly labelLimits: LabelLimits;
	readonly nameScheme: NameValidationScheme;
}

/** What became of the samples of a page. */
export interface PageTally {
	/** Why the page cannot be stored; what was added of it is then to be rolled back. */
	error: string | undefined;
	/** Samples read. */
	scraped: number;
	/** Those of them that were not dropped by relabelling, stored or not. */
	postRelabeling: number;
	seriesAdded: number;
	outOfOrder: number;
	duplicates: number;
	/** Samples that are too old, or too far in the future. */
	outOfBounds: number;
	/** Samples of series for which the store has no room. */
	outOfBudget: number;
}

/** The tally of a scrape that brought no page. */
export function emptyTally(error?: string): PageTally {
	return {
		error,
		scraped: 0,
		postRelabeling: 0,
		seriesAdded: 0,
		outOfOrder: 0,
		duplicates: 0,
		outOfBounds: 0,
		outOfBudget: 0
	};
}

/**
 * Adds the samples of a page to the appender's open row (scrape/scrape_append_v2.go, append). A sample that
 * cannot be stored is dropped and counted; a limit refuses the page as a whole.
 *
 * @param now when the page was received: no timestamp may be more than ten minutes later
 * @param fault why the page could not be read beyond these samples
 */
export function storePage(
	page: ParsedPage,
	cache: SeriesCache,
	appender: Appender,
	rules: SampleRules,
	now: Timestamp,
	fault?: string
): PageTally {
	const tally = emptyTally();
	const { series: exposedSeries, values, histograms } = page;
	const { sampleLimit } = rules;
	const timestamps = rules.honorTimestamps ? page.timestamps : undefined;
	const latest = now + MOST_AHEAD;
	let offered = 0;
	let overBuckets = false;
	for (let line = 0; line < values.length; line++) {
		tally.scraped++;
		const exposed = exposedSeries[line] as ExposedSeries;
		const series = cache.find(exposed) ?? resolve(exposed, cache, appender, rules, tally);
		if (!series) return tally;
		if (series.ref === DROPPED) continue;
		tally.postRelabeling++;
		if (series.ref === REFUSED) {
			tally.outOfBudget++;
			continue;
		}

		const timestamp = timestamps && timestampAt(timestamps, line);
		const histogram = histograms?.[line];
		// Beyond a limit the page is read on, so that the report can tell how many samples there were.
		if (series.seenIn === cache.scrape && timestamp === undefined) tally.duplicates++;
		else if (histogram && hasTooManyBuckets(histogram, rules.bucketLimit)) {
			overBuckets = true;
			cache.touch(series);
		} else if (sampleLimit > 0 && ++offered > sampleLimit) cache.touch(series);
		else {
			if (series.ref === AMBIGUOUS) {
				tally.postRelabeling--;
				tally.error = `label name ${quote(exposed.duplicateLabel ?? '')} is not unique: invalid sample`;
				return tally;
			}
			const outcome =
				timestamp !== undefined && timestamp > latest
					? 'out of bounds'
					: histogram
						? appender.addHistogram(series.ref, histogram, timestamp)
						: appender.add(series.ref, values[line] as number, timestamp);
			const isTracked = timestamp === undefined || rules.trackTimestamps;
			const isNew = noteOutcome(outcome, series, isTracked, cache, tally);
			if (isNew && !overBuckets) tally.seriesAdded++;
		}
	}
	tally.error = fault;
	if (sampleLimit > 0 && offered > sampleLimit) tally.error ??= 'sample limit exceeded';
	if (overBuckets) tally.error ??= 'histogram bucket limit exceeded';
	return tally;
}

/** How far a timestamp may be in the future (scrape/scrape.go, maxAheadTime). */
const MOST_AHEAD = 10 * MINUTE;

/** Prometheus would halve the resolution of one with exponential buckets until it fits; the text formats have none. */
function hasTooManyBuckets({ positive, negative }: FloatHistogram, limit: number): boolean {
	return limit > 0 && positive.counts.length + negative.counts.length > limit;
}

/** Whether the series is new with this sample. One whose sample could not be stored stays new. */
function noteOutcome(
	outcome: AppendOutcome,
	series: CachedSeries,
	isTracked: boolean,
	cache: SeriesCache,
	tally: PageTally
): boolean {
	if (outcome === 'appended' || outcome === 'unchanged') {
		if (isTracked) cache.track(series);
		return cache.see(series);
	}
	if (outcome === 'out of order') tally.outOfOrder++;
	else if (outcome === 'duplicate timestamp') tally.duplicates++;
	else if (outcome === 'out of bounds') tally.outOfBounds++;
	else tally.outOfBudget++;
	cache.touch(series);
	return false;
}

function timestampAt(timestamps: Float64Array, line: number): Timestamp | undefined {
	const timestamp = timestamps[line] as number;
	return Number.isNaN(timestamp) ? undefined : timestamp;
}

/** Finds out where a series is stored that was not met before. Undefined refuses the page, and the tally says why. */
function resolve(
	exposed: ExposedSeries,
	cache: SeriesCache,
	appender: Appender,
	{ labelsOf, labelLimits, nameScheme }: SampleRules,
	tally: PageTally
): CachedSeries | undefined {
	const labels = labelsOf(exposed);
	if (!labels) return cache.remember(exposed, DROPPED);
	tally.error = labelError(labels, nameScheme) ?? labelLimitError(labels, labelLimits);
	if (tally.error !== undefined) return undefined;
	const { duplicateLabel } = exposed;
	if (duplicateLabel !== undefined && hasTwice(labels, duplicateLabel)) return TWO_VALUES;
	const ref = appender.ref(labels);
	return ref === REFUSED ? NO_ROOM : cache.remember(exposed, ref);
}

/** A series that the store has no room for. It is not remembered, so that the store is asked again with every scrape. */
const NO_ROOM = { ref: REFUSED, seenIn: NaN, trackedIn: NaN } as CachedSeries;

/** In place of a reference: a label has two values. Only the store refuses that, after all limits. */
const AMBIGUOUS = -3;
const TWO_VALUES = { ref: AMBIGUOUS, seenIn: NaN, trackedIn: NaN } as CachedSeries;

function labelError(labels: Labels, nameScheme: NameValidationScheme): string | undefined {
	if (metricName(labels) === '') return `missing metric name (${METRIC_NAME} label)`;
	if (areValid(labels, nameScheme)) return undefined;
	return `invalid metric name or label names: ${formatLabelSet(labels)}`;
}

/**
 * Whether all names and values are UTF-8, and no name is empty, as relabelling can make one; whether names are plain where that is asked
 * for (model/labels, IsValid).
 */
function areValid(labels: Labels, nameScheme: NameValidationScheme): boolean {
	for (const [name, value] of labelPairs(labels)) {
		if (!isValidLabelName(name) || !isValidUtf8(value)) return false;
		if (nameScheme === 'utf8') continue;
		if (name === METRIC_NAME ? !isBareMetricName(value) : !isBareLabelName(name)) return false;
	}
	return true;
}

/** Whether a label that was given twice still is: the target, or a rule, may have set or dropped it. */
function hasTwice(labels: Labels, name: string): boolean {
	return labels.some((text, i) => i % 2 === 0 && text === name && labels[i + 2] === name);
}
