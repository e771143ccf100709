import type { Duration, Matcher, Span, Timestamp } from '#engine/model';

/** What an expression evaluates to: Prometheus' words are scalar, instant vector, range vector and string. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

/**
 * The tree of a PromQL expression. A discriminated union on `kind`; every node knows the text it came from
 * (`span`, UTF-16 offsets into the query). Plain data: it crosses threads as it is.
 */
export type Expr =
	| NumberLiteral
	| StringLiteral
	| VectorSelector
	| MatrixSelector
	| Subquery
	| Call
	| Aggregation
	| BinaryExpr
	| UnaryExpr
	| ParenExpr;

export interface NumberLiteral {
	readonly kind: 'number';
	readonly span: Span;
	readonly value: number;
	/** Written as a duration (`5m`), which is a number of seconds; printed back as one. */
	readonly isDuration: boolean;
}

export interface StringLiteral {
	readonly kind: 'string';
	readonly span: Span;
	readonly value: string;
}

/** The moment that `@` fixes: a timestamp, or a bound of the top-level query. */
export type AtModifier = Timestamp | 'start' | 'end';

/**
 * A duration that is computed: `step() * 2`, `[1h - 5m]`. Kept as written for printing. Beside it stands the number, which is 0
 * where it depends on the query (step(), range()) or is none (`[1m - 2m]`), until `resolveDurations` knows the query's bounds.
 */
export type DurationExpr =
	| DurationNumber
	| { readonly kind: 'step' | 'range'; readonly span: Span }
	| {
			readonly kind: 'min_of' | 'max_of';
			readonly span: Span;
			readonly args: readonly [DurationExpr, DurationExpr];
	  }
	| {
			readonly kind: 'binary';
			readonly span: Span;
			readonly op: '+' | '-' | '*' | '/' | '%' | '^';
			readonly lhs: DurationExpr;
			readonly rhs: DurationExpr;
	  }
	| {
			/** Minus. A plus changes nothing, and a sign before a number is part of it: neither is kept, as in Prometheus. */
			readonly kind: 'unary';
			readonly span: Span;
			readonly op: '-';
			readonly expr: DurationExpr;
	  }
	| { readonly kind: 'paren'; readonly span: Span; readonly expr: DurationExpr };

/** A number of seconds in a duration expression. */
export interface DurationNumber {
	readonly kind: 'number';
	readonly span: Span;
	readonly value: number;
	readonly isDuration: boolean;
}

/** The modifiers that move a selector or subquery in time. */
export interface TimeShift {
	/** Positive looks into the past. */
	readonly offset: Duration;
	readonly offsetExpr?: DurationExpr;
	readonly at?: AtModifier;
}

export interface VectorSelector extends TimeShift {
	readonly kind: 'selector';
	readonly span: Span;
	/** The metric name when it was written before the braces or as the quoted first element; else ''. */
	readonly name: string;
	/** Present when the name was the quoted element in the braces; printing keeps it there. */
	readonly nameInBraces?: true;
	/** All conditions in the order written, the one that a name stands for (`__name__="…"`) last. */
	readonly matchers: readonly Matcher[];
	/** How the bounds of the window are met: `anchored` by samples beyond them, `smoothed` by interpolation. */
	readonly extension?: 'anchored' | 'smoothed';
}

export interface MatrixSelector {
	readonly kind: 'matrix';
	readonly span: Span;
	readonly selector: VectorSelector;
	readonly range: Duration;
	readonly rangeExpr?: DurationExpr;
}

export interface Subquery extends TimeShift {
	readonly kind: 'subquery';
	readonly span: Span;
	readonly expr: Expr;
	readonly range: Duration;
	readonly rangeExpr?: DurationExpr;
	/** Undefined: the default evaluation interval, or `stepExpr` is not computed yet. */
	readonly step?: Duration;
	readonly stepExpr?: DurationExpr;
}

export interface Call {
	readonly kind: 'call';
	readonly span: Span;
	/** The name as it stands in the function table. */
	readonly func: string;
	readonly args: readonly Expr[];
}

export type AggregationOp =
	| 'sum'
	| 'avg'
	| 'min'
	| 'max'
	| 'count'
	| 'group'
	| 'stddev'
	| 'stdvar'
	| 'topk'
	| 'bottomk'
	| 'quantile'
	| 'count_values'
	| 'limitk'
	| 'limit_ratio';

export interface Aggregation {
	readonly kind: 'aggregation';
	readonly span: Span;
	readonly op: AggregationOp;
	readonly expr: Expr;
	/** k of topk, φ of quantile, the label of count_values. */
	readonly param?: Expr;
	readonly grouping: readonly string[];
	readonly without: boolean;
}

export type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOp = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type SetOp = 'and' | 'or' | 'unless';
/** `</` and `>/` trim native histograms. */
export type TrimOp = '</' | '>/';
export type BinaryOp = ArithmeticOp | ComparisonOp | SetOp | TrimOp;

export type MatchCardinality = 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';

/** How the series of two vectors find each other. */
export interface VectorMatching {
	readonly cardinality: MatchCardinality;
	/** True for `on(labels)`, false for `ignoring(labels)` and for no modifier at all. */
	readonly on: boolean;
	readonly labels: readonly string[];
	/** Labels that group_left or group_right copies from the "one" side. */
	readonly include: readonly string[];
	/** Values that stand in for series missing on one side (fill, fill_left, fill_right). */
	readonly fill?: { readonly left?: number; readonly right?: number };
}

export interface BinaryExpr {
	readonly kind: 'binary';
	readonly span: Span;
	/** The operator itself, for messages and annotations. */
	readonly opSpan: Span;
	readonly op: BinaryOp;
	readonly lhs: Expr;
	readonly rhs: Expr;
	/** `bool`: a comparison gives 0 or 1 instead of filtering. */
	readonly returnBool: boolean;
	/** Present when both sides are instant vectors. */
	readonly matching?: VectorMatching;
}

export interface UnaryExpr {
	readonly kind: 'unary';
	readonly span: Span;
	readonly op: '+' | '-';
	readonly expr: Expr;
}

export interface ParenExpr {
	readonly kind: 'paren';
	readonly span: Span;
	readonly expr: Expr;
}
