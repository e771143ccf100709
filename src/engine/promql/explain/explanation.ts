import type { FloatHistogram, Labels, Span, Timestamp } from '#engine/model';
import type { Expr, ValueType } from '../ast.ts';
import type { Annotation, QueryErrorType, StepGrid } from '../value.ts';
import type { Detail } from './detail.ts';

/**
 * What an evaluation did, node by node. Plain data with bounded lists: it crosses threads as it is. Wherever a list may be
 * cut, the number of all its members stands beside it.
 */
export interface Explanation {
	readonly grid: StepGrid;
	/** The step and the series that the details are about. */
	readonly focus: Focus;
	readonly root: ExplainedNode;
	/** Where a query lost all its data, and why; absent when it has a result. */
	readonly vanishedAt?: { readonly node: number; readonly reason: string };
	/** The node that ended the query with an error. */
	readonly failedAt?: number;
	readonly annotations: readonly Annotation[];
}

export interface Focus {
	readonly time: Timestamp;
	/** Each detail is about the series that agrees best with these. */
	readonly labels: Labels;
}

/** One node of the tree. Parentheses are no nodes, and a range selector is one together with its selector. */
export interface ExplainedNode {
	/** Position in the tree, counted from 0 at the root, a node before its children, left before right. */
	readonly id: number;
	readonly kind: Expr['kind'];
	readonly span: Span;
	/** The node printed as PromQL; cut when very long. */
	readonly text: string;
	readonly type: ValueType;
	readonly children: readonly ExplainedNode[];
	/** Series that came from the children; for a selector, from the store. */
	readonly seriesIn: number;
	readonly seriesOut: number;
	/** Values over all series and steps that came out; for a range vector the samples in all windows. */
	readonly pointsOut: number;
	/** The labels of the series that came out, and how many different values each has. */
	readonly labels: readonly LabelCount[];
	/** Rows that this node read from the store. */
	readonly samplesRead: number;
	/** In units of the clock that was given. */
	readonly time: { readonly own: number; readonly total: number };
	readonly sample: readonly SampledSeries[];
	readonly detail?: Detail;
	/** False when an error came first. */
	readonly evaluated: boolean;
}

export interface LabelCount {
	readonly name: string;
	readonly values: number;
}

/** One series of a node's result, thinned out evenly when it has many points. */
export interface SampledSeries {
	readonly labels: Labels;
	readonly times: readonly Timestamp[];
	readonly values: readonly number[];
	/** Points that are native histograms, where `values` means nothing. */
	readonly histograms?: readonly (FloatHistogram | undefined)[];
	/** How many points the series has in all. */
	readonly points: number;
}

/** What `explain` gives: with an error, the same words as the query, and the tree as far as it got. */
export type ExplainOutcome =
	| {
			readonly ok: true;
			/** What was probably meant, where Prometheus reads the query otherwise than a beginner does. */
			readonly hint?: string;
			readonly explanation: Explanation;
	  }
	| {
			readonly ok: false;
			readonly errorType: QueryErrorType;
			readonly message: string;
			/** What can be done about it, where there is something to say; code stands between backticks. */
			readonly hint?: string;
			/** Absent when the text could not be parsed. */
			readonly explanation?: Explanation;
	  };

/** How much of each list an explanation shows. */
export interface ExplainLimits {
	readonly series: number;
	readonly points: number;
	readonly groups: number;
	readonly members: number;
	readonly windowSamples: number;
}

export const DEFAULT_LIMITS: ExplainLimits = {
	series: 10,
	points: 100,
	groups: 20,
	members: 20,
	windowSamples: 500
};
