import type { FloatHistogram, Labels, Timestamp } from '#engine/model';
import type { BinaryOp } from '../ast.ts';
import type { WindowRate } from '../window-rate.ts';

/** The quantities behind a node at the focus: what a picture of it draws. */
export type Detail =
	| WindowDetail
	| QuantileDetail
	| AggregationDetail
	| MatchDetail
	| ScalarOperandDetail
	| SelectorDetail
	| SubqueryDetail;

/** A sample of an instant vector at the focus: a number, or a native histogram and then `value` means nothing. */
export interface Member {
	readonly labels: Labels;
	readonly value: number;
	readonly histogram?: FloatHistogram;
}

/** A list that may have been cut: `total` is how many there are. */
export interface Bounded<Item> {
	readonly items: readonly Item[];
	readonly total: number;
}

/** The window of one series that a range vector function computes a value from. Open on the left, closed on the right. */
export interface WindowDetail {
	readonly kind: 'window';
	readonly func: string;
	readonly labels: Labels;
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
	/**
	 * The samples in the window, the newest ones when there are too many; of an anchored or smoothed window also those beyond its
	 * bounds that may count.
	 */
	readonly samples: Bounded<WindowSample>;
	/** The value that came of it; absent when none did. */
	readonly result?: Member;
	/** Why there is no result. */
	readonly reason?: string;
	/** For rate, increase and delta: how the value comes about. Rows are counted from the first sample that was read for the window. */
	readonly rate?: WindowRate;
	/** For irate and idelta: the last two samples and what was made of them. */
	readonly lastTwo?: LastTwo;
	/** When some series gave nothing, and others something. */
	readonly lost?: LostSeries;
}

/** Series that have samples in their window at the focus, and no result. */
export interface LostSeries {
	readonly series: Bounded<Labels>;
	/** How many have samples there. */
	readonly of: number;
	/** How many have no more than one sample there, where the function needs two. */
	readonly tooFew: number;
}

export interface WindowSample {
	readonly time: Timestamp;
	readonly value: number;
	readonly histogram?: FloatHistogram;
	/** When what it counts began to be counted, if the query looks at that and it is known. */
	readonly startTime?: Timestamp;
}

export interface LastTwo {
	readonly seconds: number;
	readonly difference: number;
	/** The counter was reset in between, so that its whole value counts. */
	readonly isReset: boolean;
}

/** How a quantile is estimated from the buckets of one histogram. */
export interface QuantileDetail {
	readonly kind: 'quantile';
	readonly labels: Labels;
	readonly phi: number;
	readonly of: 'classic' | 'native';
	readonly buckets: Bounded<Bucket>;
	/** Whether the counts are rates, and so observations per second. */
	readonly isPerSecond: boolean;
	/** φ times the observations; NaN when there is no quantile to find. */
	readonly rank: number;
	/** Index of the bucket that holds the rank; absent when the value does not come from a bucket. */
	readonly chosen?: number;
	readonly interpolation: Interpolation;
	/** Between what the true quantile lies, if no observation is below 0 that is taken not to be; NaN when nothing is known. */
	readonly lower: number;
	readonly upper: number;
	readonly result: number;
	/** What a reader has to know about this value, in sentences. */
	readonly notes: readonly string[];
}

/** How the value is found in the bucket: straight between its bounds, in equal ratios, or it is a bound itself. */
export type Interpolation = 'linear' | 'exponential' | 'bound' | 'none';

export interface Bucket {
	readonly lower: number;
	readonly upper: number;
	/** Observations in this bucket alone, and in it and all below it. */
	readonly count: number;
	readonly cumulative: number;
}

/** How an aggregation groups the series. */
export interface AggregationDetail {
	readonly kind: 'aggregation';
	readonly groups: Bounded<AggregationGroup>;
	/** k, φ or the ratio, of those that have one. */
	readonly param?: number;
	/** Labels to group by that none of the series has. */
	readonly unknownLabels?: readonly UnknownLabel[];
}

export interface UnknownLabel {
	readonly label: string;
	/** Labels that there are, if any is much like it. */
	readonly nearest: readonly string[];
}

export interface AggregationGroup {
	readonly labels: Labels;
	readonly members: Bounded<AggregationMember>;
	/** One for most operators; the chosen ones of topk and its like, one for each value of count_values. */
	readonly results: Bounded<Member>;
}

export interface AggregationMember extends Member {
	/** Whether topk, bottomk, limitk or limit_ratio chose it. */
	readonly chosen?: boolean;
}

/** How the series of two vectors found each other. */
export interface MatchDetail {
	readonly kind: 'match';
	readonly op: BinaryOp;
	readonly groups: Bounded<MatchGroup>;
	/** How many groups there are of each fate. */
	readonly fates: Readonly<Record<MatchFate, number>>;
}

/**
 * `matched`: has a result. `filtered`: a comparison kept nothing of it. `left only`, `right only`: no partner on the other
 * side, and no result for lack of it. `kept`, `dropped`: what and, or and unless do with a group. `ambiguous`: an error.
 */
export type MatchFate =
	'matched' | 'filtered' | 'left only' | 'right only' | 'kept' | 'dropped' | 'ambiguous';

export interface MatchGroup {
	/** The labels that were compared. */
	readonly labels: Labels;
	readonly left: Bounded<Member>;
	readonly right: Bounded<Member>;
	readonly results: Bounded<Member>;
	readonly fate: MatchFate;
	/** Why it has no result, and the nearest group on the other side. */
	readonly orphan?: Orphan;
}

export interface Orphan {
	readonly reason: string;
	/** The compared labels of the groups on the other side that are most alike. */
	readonly nearest: readonly Labels[];
	/** Labels in which it differs from the nearest. */
	readonly differs: readonly string[];
}

/** An operator between a vector and a number. */
export interface ScalarOperandDetail {
	readonly kind: 'scalar operand';
	readonly op: BinaryOp;
	readonly scalar: number;
	readonly scalarIsLeft: boolean;
	/** What a comparison kept, and what it did not; of arithmetic all is kept. Values are those before the operator. */
	readonly kept: Bounded<Member>;
	readonly dropped: Bounded<Member>;
}

/** What a selector looks at. */
export interface SelectorDetail {
	readonly kind: 'selector';
	/** Samples with window start < time <= window end are looked at. */
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
	/** Of each series only its newest sample there is taken: an instant vector. */
	readonly takesNewest: boolean;
	readonly series: Bounded<Member>;
	/** Why it finds nothing, when it does not. */
	readonly missing?: Missing;
}

/** Why a selector finds nothing. */
export interface Missing {
	readonly reason: string;
	/** What exists and is most alike: metric names, label names or label values, as `about` says. */
	readonly nearest: readonly string[];
	readonly about: 'metric' | 'label' | 'value' | 'combination' | 'time';
}

/** The steps at which a subquery evaluates its expression. */
export interface SubqueryDetail {
	readonly kind: 'subquery';
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
	readonly step: number;
	readonly first: Timestamp;
	readonly count: number;
	readonly usesDefaultStep: boolean;
	/** When it was refused for its size. */
	readonly refused?: RefusedSteps;
}

/** Why a subquery is refused before it begins: how many steps it has in all, and how many it may have. */
export interface RefusedSteps {
	readonly wanted: number;
	readonly limit: number;
	/** A round step with which there are few enough. */
	readonly betterStep: number;
}
