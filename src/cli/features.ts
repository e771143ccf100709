import { FEATURE_FLAGS, featuresOf, type Features } from '#engine/promql';
import { UsageError } from './usage-error.ts';

/**
 * The switches of PromQL that --enable-feature names, each time a list with commas; others may be named beside them. Throws a UsageError
 * for a name that is none.
 */
export function readFeatures(lists: readonly string[], others: readonly string[] = []): Features {
	const names = lists.flatMap((list) => list.split(','));
	const known = [...FEATURE_FLAGS.map(({ flag }) => flag), ...others];
	const stranger = names.find((name) => !known.includes(name));
	if (stranger !== undefined) {
		throw new UsageError(
			`--enable-feature: there is no "${stranger}" in PromQL: known are ${known.join(', ')}`
		);
	}
	return featuresOf(names);
}

/** Statistics of queries for each step, which only a server tells. */
export const PER_STEP_STATISTICS = 'promql-per-step-stats';
