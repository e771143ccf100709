import { formatG, type ExposedSample, type FloatHistogram, type Timestamp } from '#engine/model';

/**
 * A histogram with bounds of its own as the lines of a classic one: buckets that add up, sum and count (web/federate.go,
 * makeClassicHistogram; common/expfmt, MetricFamilyToText).
 */
export function classicSamples(
	name: string,
	labels: readonly string[],
	{ count, sum, positive, customValues }: FloatHistogram,
	timestamp: Timestamp
): ExposedSample[] {
	let below = 0;
	const bounds = customValues.map((bound, i) => {
		const at = positive.indexes.indexOf(i);
		below += at < 0 ? 0 : (positive.counts[at] as number);
		return [formatG(bound), below] as const;
	});
	const buckets = customValues.at(-1) === Infinity ? bounds : [...bounds, ['+Inf', count] as const];
	return [
		...buckets.map(([le, value]) => ({
			name: `${name}_bucket`,
			labels: [...labels, 'le', le],
			value,
			timestamp
		})),
		{ name: `${name}_sum`, labels, value: sum, timestamp },
		{ name: `${name}_count`, labels, value: count, timestamp }
	];
}
