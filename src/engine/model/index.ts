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
	labelPairs,
	labelsToRecord,
	labelsKey,
	compareText,
	compareLabels,
	isBareMetricName,
	isBareLabelName,
	formatLabels,
	formatLabelSet
} from './labels.ts';
export { labelsHash } from './labels-hash.ts';
export { quote, isPrintable, escapeCharacter } from './quote.ts';
export {
	isSurrogate,
	isStrayByte,
	isValidUtf8,
	isValidLabelName,
	utf8Length,
	decodeUtf8
} from './utf8.ts';
export {
	type Matcher,
	type MatchType,
	type ValueTest,
	matcherTest,
	literalAlternatives,
	regexTest,
	formatMatcher
} from './matcher.ts';
export { compileRegex } from './regex.ts';
export {
	compileTemplate,
	groupNames,
	matchedGroups,
	type RegexGroups,
	type RegexTemplate
} from './regex-template.ts';
export {
	type SeriesColumns,
	type Querier,
	type SeriesRef,
	type AppendOutcome,
	type Appender,
	type Appendable,
	REFUSED,
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
export { emptyHistogram } from './histogram/empty.ts';
export { hasCustomBuckets, isExponentialSchema } from './histogram/schema.ts';
export { bucketBound } from './histogram/bounds.ts';
export {
	type Bucket,
	NO_BUCKETS,
	positiveBucket,
	negativeBucket,
	zeroBucket,
	bucketCount,
	countAt,
	bucketAt,
	allBuckets
} from './histogram/buckets.ts';
export { compact } from './histogram/compact.ts';
export { equalHistograms, equalBounds } from './histogram/equal.ts';
export {
	type HistogramSumOrDifference,
	type Incompatible,
	addHistograms,
	subtractHistograms,
	multiplyHistogram,
	divideHistogram
} from './histogram/arithmetic.ts';
export { HistogramSum, HistogramMean } from './histogram/histogram-sum.ts';
export { toSchema } from './histogram/resolution.ts';
export { detectReset } from './histogram/detect-reset.ts';
export {
	formatHistogram,
	formatBucket,
	formatHistogramLiteral
} from './histogram/format-histogram.ts';
export { histogramBytes } from './histogram/size.ts';
export {
	type ClassicBucket,
	type ClassicHistogram,
	convertToCustomBuckets,
	fromCumulativeCounts
} from './histogram/nhcb.ts';
export { type Span, type Problem } from './problem.ts';
export {
	type MetricType,
	type MetricMetadata,
	type ExposedSample,
	type MetricFamily
} from './metric.ts';
export { type DroppedTarget, type TargetHealth, type TargetStatus } from './target-status.ts';
export { formatFloat, formatG, parseFloatGo } from './number.ts';
export { compensate } from './compensation.ts';
