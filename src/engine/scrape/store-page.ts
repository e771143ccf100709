import type { ExposedSeries, ParsedPage } from '#engine/exposition';
import {
	formatLabelSet,
	isValidLabelName,
	isValidUtf8,
	METRIC_NAME,
	metricName,
	quote,
	REFUSED,
	type AppendOutcome,
	type Appender,
	type Labels,
	type Timestamp
} from '#engine/model';
import { labelLimitError, type LabelLimits } from './label-limits.ts';
import type { SampleLabels } from './sample-labels.ts';
import { DROPPED, type CachedSeries, type SeriesCache } from './series-cache.ts';

/** What decides how samples are stored. */
export interface SampleRules {
	readonly labelsOf: SampleLabels;
	readonly honorTimestamps: boolean;
	/** Samples of a page; 0 for no limit. */
	readonly sampleLimit: number;
	readonly labelLimits: LabelLimits;
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
		outOfBudget: 0
	};
}

/**
 * Adds the samples of a page to the appender's open row (scrape/scrape.go, scrapeLoopAppender.append). A sample that
 * cannot be stored is dropped and counted; a label or sample limit refuses the page as a whole.
 */
export function storePage(
	page: ParsedPage,
	cache: SeriesCache,
	appender: Appender,
	rules: SampleRules
): PageTally {
	const tally = emptyTally();
	const { series: exposedSeries, values } = page;
	const { sampleLimit } = rules;
	const timestamps = rules.honorTimestamps ? page.timestamps : undefined;
	let offered = 0;
	for (let line = 0; line < values.length; line++) {
		tally.scraped++;
		const exposed = exposedSeries[line] as ExposedSeries;
		const series = cache.at(line, exposed) ?? resolve(line, exposed, cache, appender, rules, tally);
		if (!series) return tally;
		if (series.ref === DROPPED) continue;
		tally.postRelabeling++;
		if (series.ref === REFUSED) {
			tally.outOfBudget++;
			continue;
		}

		const timestamp = timestamps && timestampAt(timestamps, line);
		if (series.seenIn === cache.scrape && timestamp === undefined) tally.duplicates++;
		// Beyond the limit the page is read on, so that the report can tell how many samples there were.
		else if (sampleLimit === 0 || ++offered <= sampleLimit) {
			const outcome = appender.add(series.ref, values[line] as number, timestamp);
			noteOutcome(outcome, series, timestamp === undefined, cache, tally);
		} else cache.touch(series);
	}
	if (sampleLimit > 0 && offered > sampleLimit) tally.error = 'sample limit exceeded';
	return tally;
}

/** A new series whose sample could not be stored stays new. */
function noteOutcome(
	outcome: AppendOutcome,
	series: CachedSeries,
	isTracked: boolean,
	cache: SeriesCache,
	tally: PageTally
): void {
	if (outcome === 'out of order') tally.outOfOrder++;
	else if (outcome === 'duplicate timestamp') tally.duplicates++;
	else if (outcome === 'out of budget') tally.outOfBudget++;
	else {
		if (cache.see(series)) tally.seriesAdded++;
		if (isTracked) cache.track(series);
		return;
	}
	cache.touch(series);
}

function timestampAt(timestamps: Float64Array, line: number): Timestamp | undefined {
	const timestamp = timestamps[line] as number;
	return Number.isNaN(timestamp) ? undefined : timestamp;
}

/** Finds out where a series is stored that was not met before. Undefined refuses the page, and the tally says why. */
function resolve(
	line: number,
	exposed: ExposedSeries,
	cache: SeriesCache,
	appender: Appender,
	{ labelsOf, labelLimits }: SampleRules,
	tally: PageTally
): CachedSeries | undefined {
	const labels = labelsOf(exposed);
	if (!labels) return cache.remember(line, exposed, DROPPED);
	tally.error = labelError(exposed, labels, labelLimits);
	if (tally.error !== undefined) return undefined;
	const ref = appender.ref(labels);
	return ref === REFUSED ? NO_ROOM : cache.remember(line, exposed, ref);
}

/** A series that the store has no room for. It is not remembered, so that the store is asked again with every scrape. */
const NO_ROOM: CachedSeries = { ref: REFUSED, seenIn: NaN, trackedIn: NaN };

function labelError(
	{ duplicateLabel }: ExposedSeries,
	labels: Labels,
	limits: LabelLimits
): string | undefined {
	if (duplicateLabel !== undefined && hasTwice(labels, duplicateLabel)) {
		return `label name ${quote(duplicateLabel)} is not unique: invalid sample`;
	}
	if (metricName(labels) === '') return `missing metric name (${METRIC_NAME} label)`;
	if (!areValid(labels)) return `invalid metric name or label names: ${formatLabelSet(labels)}`;
	return labelLimitError(labels, limits);
}

/** Whether all names and values are UTF-8, and no name is empty, as relabelling can make one (model/labels, IsValid). */
function areValid(labels: Labels): boolean {
	return labels.every((text, i) => (i % 2 === 0 ? isValidLabelName(text) : isValidUtf8(text)));
}

/** Whether a label that was given twice still is: the target, or a rule, may have set or dropped it. */
function hasTwice(labels: Labels, name: string): boolean {
	return labels.some((text, i) => i % 2 === 0 && text === name && labels[i + 2] === name);
}
