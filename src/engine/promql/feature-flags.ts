import type { Features } from './features.ts';

/** A switch by the name that it has on Prometheus' command line. */
export interface FeatureFlag {
	/** As in --enable-feature=… */
	readonly flag: string;
	readonly feature: keyof Features;
	/** What it adds, in a line; code stands between backticks. */
	readonly about: string;
}

/** Every switch of the language there is (docs/feature_flags.md). */
export const FEATURE_FLAGS: readonly FeatureFlag[] = [
	{
		flag: 'promql-experimental-functions',
		feature: 'experimentalFunctions',
		about:
			'Functions that may still change, such as `info()` and `mad_over_time()`, and the aggregators `limitk` and `limit_ratio`.'
	},
	{
		flag: 'promql-extended-range-selectors',
		feature: 'extendedRangeSelectors',
		about:
			'`anchored` and `smoothed` after a selector: rates that are measured at the bounds of the window, not extrapolated to them.'
	},
	{
		flag: 'promql-binop-fill-modifiers',
		feature: 'binopFillModifiers',
		about:
			'`fill`, `fill_left` and `fill_right` after an operator: a value for series that have no partner.'
	},
	{
		flag: 'promql-delayed-name-removal',
		feature: 'delayedNameRemoval',
		about:
			'Metric names are removed at the end of a query, so that `label_replace` and `by (__name__)` still see them.'
	},
	{
		flag: 'use-start-timestamps',
		feature: 'startTimestamps',
		about:
			'`rate`, `increase` and their like take into account when a counter began to count, where that is known.'
	},
	{
		flag: 'type-and-unit-labels',
		feature: 'typeAndUnitLabels',
		about:
			'Whether a metric is a counter is told by its label `__type__`, not by how its name ends.'
	}
];

/** The switches with these names on; what is no name of a switch is left out. */
export function featuresOf(flags: Iterable<string>): Features {
	const wanted = new Set(flags);
	const on = FEATURE_FLAGS.filter(({ flag }) => wanted.has(flag));
	return Object.fromEntries(on.map(({ feature }) => [feature, true]));
}
