import type { Span, Timestamp } from '#engine/model';
import { formatG } from './go-number.ts';
import { formatPosition } from './parse-error.ts';
import type { Annotation } from './value.ts';

/**
 * The annotations of one query, each text once. Which texts there are, and how equal ones are merged, follows
 * util/annotations/annotations.go; of equal texts at several places the last one that Prometheus would come to is shown: an outer expression rather than
 * what is inside it, a right side rather than a left one.
 */
export interface AnnotationLog {
	/** Notes a text about the expression at a span. */
	add(level: Annotation['level'], text: string, span: Span): void;
	/** Notes that a classic histogram's buckets had to be made monotonic; occurrences are summed up in one text. */
	addForcedMonotonicity(occurrence: ForcedMonotonicity, metric: string, span: Span): void;
	/** What was noted, with prefix and position, in the order first noted. */
	list(query: string): Annotation[];
}

/** One histogram at one step whose bucket counts fell with rising bounds. */
export interface ForcedMonotonicity {
	readonly at: Timestamp;
	readonly minBucket: number;
	readonly maxBucket: number;
	readonly maxDiff: number;
}

interface Note {
	readonly level: Annotation['level'];
	readonly text: string;
	span: Span;
	monotonicity?: MonotonicitySummary;
}

interface MonotonicitySummary {
	first: Timestamp;
	last: Timestamp;
	minBucket: number;
	maxBucket: number;
	maxDiff: number;
	count: number;
}

export function createAnnotationLog(): AnnotationLog {
	const notes = new Map<string, Note>();
	function note(level: Annotation['level'], text: string, span: Span): Note {
		const known = notes.get(text);
		if (!known) {
			const fresh: Note = { level, text, span };
			notes.set(text, fresh);
			return fresh;
		}
		if (supersedes(span, known.span)) known.span = span;
		return known;
	}
	return {
		add(level, text, span) {
			note(level, text, span);
		},
		addForcedMonotonicity(occurrence, metric, span) {
			const known = note('info', FORCED_MONOTONICITY + forMetric(metric), span);
			known.monotonicity = summarise(known.monotonicity, occurrence);
		},
		list: (query) =>
			[...notes.values()].map(({ level, text, span, monotonicity }) => ({
				level,
				text: `PromQL ${level}: ${text}${details(monotonicity)} (${formatPosition(query, span.from)})`
			}))
	};
}

/** The texts, worded as Prometheus words them. */
export const annotationText = {
	invalidQuantile: (quantile: number) =>
		`quantile value should be between 0 and 1, got ${formatG(quantile)}`,
	invalidRatio: (ratio: number, cap: number) =>
		`ratio value should be between -1 and 1, got ${formatG(ratio)}, capping to ${formatG(cap)}`,
	badBucketLabel: (value: string, metric: string) =>
		`bucket label "le" is missing or has a malformed value of ${JSON.stringify(value)}${forMetric(metric)}`,
	sortInRangeQuery:
		'sort is ineffective for range queries since results are always ordered by labels',
	possibleNonCounter: (metric: string) =>
		`metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(metric)}`
} as const;

function supersedes(span: Span, known: Span): boolean {
	return span.to > known.to || (span.to === known.to && span.from < known.from);
}

const FORCED_MONOTONICITY =
	'input to histogram_quantile needed to be fixed for monotonicity ' +
	'(see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';

function forMetric(metric: string): string {
	return metric === '' ? '' : ` for metric name ${JSON.stringify(metric)}`;
}

function summarise(
	known: MonotonicitySummary | undefined,
	{ at, minBucket, maxBucket, maxDiff }: ForcedMonotonicity
): MonotonicitySummary {
	if (!known) return { first: at, last: at, minBucket, maxBucket, maxDiff, count: 1 };
	return {
		first: Math.min(known.first, at),
		last: Math.max(known.last, at),
		minBucket: Math.min(known.minBucket, minBucket),
		maxBucket: Math.max(known.maxBucket, maxBucket),
		maxDiff: Math.max(known.maxDiff, maxDiff),
		count: known.count + 1
	};
}

function details(summary: MonotonicitySummary | undefined): string {
	if (!summary) return '';
	const { minBucket, maxBucket, maxDiff, count, first, last } = summary;
	return (
		`, from buckets ${formatG(minBucket)} to ${formatG(maxBucket)}, with a max diff of ${formatG(maxDiff, 2)}, ` +
		`over ${count} samples from ${formatSecond(first)} to ${formatSecond(last)}`
	);
}

/** RFC 3339 in whole seconds. */
function formatSecond(t: Timestamp): string {
	return new Date(Math.trunc(t / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
