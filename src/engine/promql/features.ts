/**
 * The experimental parts of PromQL, each behind the switch that Prometheus has for it (--enable-feature=…, docs/feature_flags.md).
 * All are off unless set, as there.
 */
export interface Features {
	/** promql-experimental-functions: the functions marked experimental in the table, and limitk and limit_ratio. */
	readonly experimentalFunctions?: boolean;
	/** promql-delayed-name-removal: metric names go at the end of the query, so that label_replace can still see them. */
	readonly delayedNameRemoval?: boolean;
	/** promql-extended-range-selectors: `anchored` and `smoothed`. */
	readonly extendedRangeSelectors?: boolean;
	/** promql-binop-fill-modifiers: `fill`, `fill_left` and `fill_right`. */
	readonly binopFillModifiers?: boolean;
	/** use-start-timestamps: rate and its family take into account when a counter began to count. */
	readonly startTimestamps?: boolean;
	/** type-and-unit-labels: whether a metric is a counter is told by its label __type__, not by how its name ends. */
	readonly typeAndUnitLabels?: boolean;
}

/** No switch is on: what Prometheus does unless told otherwise. */
export const NO_FEATURES: Features = {};

/** The whole language: every switch except typeAndUnitLabels, which only says what else labels mean. */
export const ALL_FEATURES: Features = {
	experimentalFunctions: true,
	delayedNameRemoval: true,
	extendedRangeSelectors: true,
	binopFillModifiers: true,
	startTimestamps: true
};
