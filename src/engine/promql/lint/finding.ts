import type { Span } from '#engine/model';

/** Something about a query that is allowed, and probably not meant. */
export interface Finding {
	readonly rule: LintRule;
	/** `warning`: the answer is wrong or missing. `info`: it may be what you want, if you know this. */
	readonly level: 'warning' | 'info';
	readonly span: Span;
	/** A sentence or two that teach. */
	readonly message: string;
	readonly fix?: Fix;
}

/** A change that takes the finding away. */
export interface Fix {
	/** What it does, as a button says it. */
	readonly title: string;
	/** Replacements in the text of the query; they do not overlap. */
	readonly edits: readonly TextEdit[];
}

export interface TextEdit {
	readonly span: Span;
	readonly text: string;
}

export type LintRule =
	| 'unknown-metric'
	| 'unknown-label'
	| 'unknown-value'
	| 'unknown-grouping-label'
	| 'unknown-matching-label'
	| 'rate-of-gauge'
	| 'delta-of-counter'
	| 'raw-counter'
	| 'rate-of-aggregation'
	| 'short-window'
	| 'irate-in-condition'
	| 'quantile-without-le'
	| 'quantile-in-percent'
	| 'sum-of-buckets'
	| 'average-of-quantiles'
	| 'average-of-ratios'
	| 'ratio-to-itself'
	| 'labels-never-match'
	| 'unscoped-selector'
	| 'several-jobs'
	| 'number-as-label-value'
	| 'zero-that-is-absent'
	| 'count-is-never-zero'
	| 'average-of-filtered'
	| 'top-at-each-step'
	| 'future-offset';

/** The query with a fix applied. */
export function applyFix(query: string, { edits }: Fix): string {
	return [...edits]
		.sort((a, b) => b.span.from - a.span.from)
		.reduce(
			(text, { span, text: put }) => text.slice(0, span.from) + put + text.slice(span.to),
			query
		);
}
