/**
 * The words that every room speaks: labels, matchers, samples in columns, time and duration, numbers and texts as Go writes them,
 * and the two seams of the store, Appender and Querier.
 *
 * A sample is a timestamp in milliseconds and a float64. A series is a label set and its samples in columns; all series
 * of a target share one column of timestamps, because one scrape stamps them all.
 *
 * Left out so far: exemplars.
 */
export {
	type Timestamp,
	type Duration,
	MILLISECOND,
	SECOND,
	MINUTE,
	HOUR,
	DAY,
	WEEK,
	YEAR,
	parseDuration,
	formatDuration
} from './time.ts';
export {
	type Labels,
	METRIC_NAME,
	NO_LABELS,
	labels,
	labelsFromPairs,
	labelValue,
	metricName,
	withLabel,
	withoutLabels,
	keepLabels,
	labelPairs,
	labelsToRecord,
	labelsKey,
	compareText,
	compareLabels,
	isBareMetricName,
	isBareLabelName,
	formatLabels
} from './labels.ts';
export { quote, isPrintable, escapeCharacter } from './quote.ts';
export { isSurrogate, utf8Length } from './utf8.ts';
export {
	type Matcher,
	type MatchType,
	type ValueTest,
	matcherTest,
	matchesAll,
	literalAlternatives,
	regexTest,
	compileRegex,
	formatMatcher
} from './matcher.ts';
export {
	type SeriesColumns,
	type Querier,
	type SeriesRef,
	type AppendOutcome,
	type Appender,
	type Appendable,
	SAMPLE,
	ABSENT,
	STALE
} from './storage.ts';
export {
	type FloatHistogram,
	type HistogramBuckets,
	type CounterResetHint,
	CUSTOM_BUCKETS_SCHEMA
} from './histogram/float-histogram.ts';
export { type Span, type Problem } from './problem.ts';
export {
	type MetricType,
	type MetricMetadata,
	type ExposedSample,
	type MetricFamily
} from './metric.ts';
export { type TargetStatus } from './target-status.ts';
export { formatFloat, parseFloatGo } from './number.ts';
