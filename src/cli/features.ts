import { FEATURE_FLAGS, featuresOf, type Features } from '#engine/promql';
import { UsageError } from './usage-error.ts';

/** The switches that --enable-feature names, each time a list with commas. Throws a UsageError for a name that is none. */
export function readFeatures(lists: readonly string[]): Features {
	const names = lists.flatMap((list) => list.split(','));
	const known = FEATURE_FLAGS.map(({ flag }) => flag);
	const stranger = names.find((name) => !known.includes(name));
	if (stranger !== undefined) {
		throw new UsageError(
			`--enable-feature: there is no "${stranger}" in PromQL: known are ${known.join(', ')}`
		);
	}
	return featuresOf(names);
}
