import { formatG, quote, type Span, type Timestamp } from '#engine/model';
import { formatPosition } from './parse-error.ts';
import type { Annotation } from './value.ts';

/**
 * The annotations of one query, each text once. Which texts there are, and how equal ones are merged, follows
 * util/annotations/annotations.go; of equal texts at several places the last one that Prometheus would come to is shown: an outer expression rather than
 * what is inside it, a right side rather than a left one. Texts that sum up occurrences keep the first place instead.
 */
export interface AnnotationLog {
	/** Notes a text about the expression at a span. `owner` is the node that says it, where that is another one. */
	add(level: Annotation['level'], text: string, span: Span, owner?: Span): void;
	/** Notes that classic histograms' buckets had to be made monotonic; occurrences are summed up in one text. */
	addForcedMonotonicity(summary: ForcedMonotonicity, metric: string, span: Span, owner: Span): void;
	/** Notes that start times of a metric's samples contradict each other, in one window; windows are counted in one text. */
	addStartTimeOverlap(metric: string, span: Span, owner?: Span): void;
	/** What was noted, with prefix and position, in the order first noted. */
	list(query: string): Annotation[];
}

/** Histograms whose bucket counts fell with rising bounds: where, by how much at most, and between which steps. */
export interface ForcedMonotonicity {
	readonly first: Timestamp;
	readonly last: Timestamp;
	readonly minBucket: number;
	readonly maxBucket: number;
	readonly maxDiff: number;
	/** How many Prometheus would count, which is an int64. */
	readonly count: bigint;
}

interface Note {
	readonly level: Annotation['level'];
	readonly text: string;
	span: Span;
	owner: Span;
	monotonicity?: ForcedMonotonicity;
	occurrences?: number;
}

/** An empty log, for one query. */
export function createAnnotationLog(): AnnotationLog {
	const notes = new Map<string, Note>();
	function note(fresh: Note, keeps: 'first' | 'last'): Note {
		const known = notes.get(fresh.text);
		if (!known) {
			notes.set(fresh.text, fresh);
			return fresh;
		}
		const replaces =
			keeps === 'last' ? !isAfter(known.owner, fresh.owner) : isAfter(known.owner, fresh.owner);
		if (replaces) {
			known.span = fresh.span;
			known.owner = fresh.owner;
		}
		return known;
	}
	return {
		add(level, text, span, owner = span) {
			note({ level, text, span, owner }, 'last');
		},
		addForcedMonotonicity(summary, metric, span, owner) {
			const text = FORCED_MONOTONICITY + forMetric(metric);
			const known = note({ level: 'info', text, span, owner }, 'first');
			known.monotonicity = mergeForced(known.monotonicity, summary);
		},
		addStartTimeOverlap(metric, span, owner = span) {
			const text = annotationText.startTimeOverlap(metric);
			const known = note({ level: 'warning', text, span, owner }, 'first');
			known.occurrences = (known.occurrences ?? 0) + 1;
		},
		list: (query) =>
			[...notes.values()].map(({ level, text, span, monotonicity, occurrences = 1 }) => ({
				level,
				text: `PromQL ${level}: ${text}${details(monotonicity)}${times(occurrences)} (${formatPosition(query, span.from)})`
			}))
	};
}

/** Whether Prometheus comes to the node at `a` after the one at `b`: it evaluates operands first, from left to right. */
function isAfter(a: Span, b: Span): boolean {
	return a.to > b.to || (a.to === b.to && a.from < b.from);
}

/** What a sample is, in texts. */
export type SampleType = 'float' | 'histogram';

/** What is done to native histograms, in texts. */
export type HistogramOperation = 'addition' | 'subtraction' | 'aggregation';

/** The texts, worded as Prometheus words them. */
export const annotationText = {
	invalidQuantile: (quantile: number) =>
		`quantile value should be between 0 and 1, got ${formatG(quantile)}`,
	invalidRatio: (ratio: number, cap: number) =>
		`ratio value should be between -1 and 1, got ${formatG(ratio)}, capping to ${formatG(cap)}`,
	ignoredInAggregation: (op: string) => `ignored histogram in ${op} aggregation`,
	mixedSamples: (metric: string) =>
		`encountered a mix of histograms and floats for metric name ${quote(metric)}`,
	ignoredInMixedRange: (metric: string) =>
		`ignored histograms in a range containing both floats and histograms for metric name ${quote(metric)}`,
	notACounter: (metric: string) =>
		`this native histogram metric is not a counter: ${quote(metric)}`,
	notAGauge: (metric: string) => `this native histogram metric is not a gauge: ${quote(metric)}`,
	mixedInAggregation: 'encountered a mix of histograms and floats for aggregation',
	mixedSchemas: (metric: string) =>
		`vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${quote(metric)}`,
	mixedClassicNative: (metric: string) =>
		`vector contains a mix of classic and native histograms${forMetric(metric)}`,
	incompatibleTypes: (op: string, left: SampleType, right: SampleType) =>
		`incompatible sample types encountered for binary operator ${quote(op)}: ${left} ${op} ${right}`,
	incompatibleBuckets: (op: string) =>
		`incompatible bucket layout encountered for binary operator ${op}`,
	counterResetCollision: (operation: HistogramOperation) =>
		`conflicting counter resets during histogram ${operation}`,
	reconciledBounds: (operation: HistogramOperation) =>
		`mismatched custom buckets were reconciled during ${operation}`,
	quantileIsNaN: (metric: string) =>
		`input to histogram_quantile has NaN observations, result is NaN${forMetric(metric)}`,
	quantileIsSkewed: (metric: string) =>
		`input to histogram_quantile has NaN observations, result is skewed higher${forMetric(metric)}`,
	fractionExcludesNaN: (metric: string) =>
		`input to histogram_fraction has NaN observations, which are excluded from all fractions${forMetric(metric)}`,
	badBucketLabel: (value: string, metric: string) =>
		`bucket label "le" is missing or has a malformed value of ${quote(value)}${forMetric(metric)}`,
	startTimeOverlap: (metric: string) =>
		`sample has start time that overlaps with previous sample timestamp for metric ${quote(metric)}`,
	sortInRangeQuery:
		'sort is ineffective for range queries since results are always ordered by labels',
	possibleNonCounterByLabel: (metric: string, type: string) =>
		`metric might not be a counter, __type__ label is not set to "counter" or "histogram", got ${quote(type)}: ${quote(metric)}`,
	possibleNonCounter: (metric: string) =>
		`metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(metric)}`
} as const;

const FORCED_MONOTONICITY =
	'input to histogram_quantile needed to be fixed for monotonicity ' +
	'(see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';

function forMetric(metric: string): string {
	return metric === '' ? '' : ` for metric name ${quote(metric)}`;
}

/** One summary of two. */
export function mergeForced(
	known: ForcedMonotonicity | undefined,
	other: ForcedMonotonicity
): ForcedMonotonicity {
	if (!known) return other;
	return {
		first: Math.min(known.first, other.first),
		last: Math.max(known.last, other.last),
		minBucket: Math.min(known.minBucket, other.minBucket),
		maxBucket: Math.max(known.maxBucket, other.maxBucket),
		maxDiff: Math.max(known.maxDiff, other.maxDiff),
		count: BigInt.asIntN(64, known.count + other.count)
	};
}

function details(summary: ForcedMonotonicity | undefined): string {
	if (!summary) return '';
	const { minBucket, maxBucket, maxDiff, count, first, last } = summary;
	return (
		`, from buckets ${formatG(minBucket)} to ${formatG(maxBucket)}, with a max diff of ${formatG(maxDiff, 2)}, ` +
		`over ${count} samples from ${formatSecond(first)} to ${formatSecond(last)}`
	);
}

function times(occurrences: number): string {
	return occurrences > 1 ? ` (${occurrences} occurrences)` : '';
}

/** RFC 3339 in whole seconds. */
function formatSecond(t: Timestamp): string {
	return new Date(Math.trunc(t / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
