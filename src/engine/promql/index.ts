/**
 * PromQL, the language that asks questions of the store: parse, check, evaluate, print.
 *
 * A query is cut into tokens, read by precedence climbing into a tree of plain data (`ast.ts`) in which every node knows
 * the text it came from, and type-checked against the function table. What is wrong is said in Prometheus' own words
 * and at Prometheus' own position, so that what is learned here holds there; the official parser is the reference.
 *
 * It is evaluated in columns and one series at a time (`evaluation.ts`): a node hands each series on as an array over all
 * steps with a mask, aggregations fold what arrives, and windows are planned once for all series of a target. An instant
 * query is a range of one step. Names, annotations, errors and the order of additions are those of promql/engine.go.
 *
 * What Prometheus has behind a switch is refused unless it is switched on (`features.ts`). Durations that are computed
 * (`[1h / 2]`, `[step() * 4]`) are kept as written and get their numbers before evaluation (`resolve-durations.ts`).
 */
export {
	type Expr,
	type ValueType,
	type NumberLiteral,
	type StringLiteral,
	type VectorSelector,
	type MatrixSelector,
	type Subquery,
	type Call,
	type Aggregation,
	type AggregationOp,
	type BinaryExpr,
	type BinaryOp,
	type UnaryExpr,
	type ParenExpr,
	type AtModifier,
	type TimeShift,
	type DurationExpr,
	type MatchCardinality,
	type VectorMatching
} from './ast.ts';
export { parse } from './parse.ts';
export { type ParseResult, type SelectorResult, parseSelector } from './parser.ts';
export {
	type ParseError,
	formatParseError,
	formatPosition,
	offsetOfPosition
} from './parse-error.ts';
export { expressionType } from './check.ts';
export { print } from './print.ts';
export { format } from './format.ts';
export { resolveDurations } from './resolve-durations.ts';
export { type FunctionDefinition, type FunctionTable } from './function-definition.ts';
export { functionTable } from './functions.ts';
export { type Features, NO_FEATURES, ALL_FEATURES } from './features.ts';
export { type FeatureFlag, FEATURE_FLAGS, featuresOf } from './feature-flags.ts';
export { type QueryOptions, query, queryRange } from './query.ts';
export { type QueryRange, NO_STEP, TOO_MANY_STEPS, rangeProblem } from './query-range.ts';
export {
	type StepSeries,
	type StepGrid,
	type VectorSample,
	type InstantResult,
	type RangeResult,
	type Annotation,
	type QueryErrorType,
	type QueryOutcome
} from './value.ts';
export { explain, type ExplainOptions } from './explain/explain.ts';
export {
	type Explanation,
	type ExplainOutcome,
	type ExplainedNode,
	type ExplainLimits,
	type Focus,
	type LabelCount,
	type SampledSeries
} from './explain/explanation.ts';
export {
	type Detail,
	type Member,
	type Bounded,
	type WindowDetail,
	type WindowSample,
	type LostSeries,
	type LastTwo,
	type QuantileDetail,
	type Bucket,
	type Interpolation,
	type AggregationDetail,
	type AggregationGroup,
	type AggregationMember,
	type UnknownLabel,
	type MatchDetail,
	type MatchFate,
	type MatchGroup,
	type Orphan,
	type ScalarOperandDetail,
	type SelectorDetail,
	type Missing,
	type SubqueryDetail,
	type RefusedSteps
} from './explain/detail.ts';
export { hintFor, type FailedPart } from './explain/hint.ts';
export { type WindowRate } from './window-rate.ts';
export { detailInWords, type Wording } from './explain/in-words.ts';
export { rateInWords, type RateInWords } from './explain/window-in-words.ts';
export { lint } from './lint/lint.ts';
export { metricsIn } from './lint/metrics.ts';
export { type LintContext } from './lint/context.ts';
export { type Finding, type Fix, type TextEdit, type LintRule, applyFix } from './lint/finding.ts';
export {
	type ReferenceEntry,
	type ReferenceParam,
	type ReferenceFamily,
	referenceFamilies,
	referenceOf,
	signature
} from './function-reference/reference.ts';
export { type Example, type HistogramSupport } from './function-reference/reference-text.ts';
export { isStepInvariant } from './invariance.ts';
export { withoutParens } from './arguments.ts';
// The kernels of histogram_quantile() and histogram_fraction(), for views that draw them as they are dragged.
export { bucketFraction, bucketQuantile, firstAtLeast, quantileOfSorted } from './quantile.ts';
export { nativeFraction } from './native-fraction.ts';
export { nativeQuantile, quantilePlace, type QuantilePlace } from './native-quantile.ts';
