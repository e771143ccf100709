import { allBuckets, formatFloat, type FloatHistogram, type Labels } from '#engine/model';
import { nativeQuantile, quantilePlace } from '../native-quantile.ts';
import type { Bucket, QuantileDetail } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';

/** A quantile before it is known what its counts are counts of. */
export type QuantileOfCounts = Omit<QuantileDetail, 'isPerSecond'>;

/** How a quantile of one native histogram comes about. */
export function nativeQuantileDetail(
	phi: number,
	{ labels, histogram }: { readonly labels: Labels; readonly histogram: FloatHistogram },
	limits: ExplainLimits
): QuantileOfCounts {
	const notes: string[] = [];
	const result = nativeQuantile(phi, histogram, (effect) =>
		notes.push(
			effect === 'result'
				? 'Some observations were NaN, and the rank lies among them.'
				: 'Some observations were NaN; they count as very large ones, which moves the quantile up.'
		)
	);
	const buckets = cumulative(histogram);
	const place = quantilePlace(phi, histogram);
	if (!place) notes.push(whyNoPlace(phi, histogram));
	else if (place.interpolation === 'bound') notes.push(atEdge(place.upper));
	return {
		kind: 'quantile',
		of: 'native',
		labels,
		phi,
		buckets: { items: buckets.slice(0, limits.windowSamples), total: buckets.length },
		result,
		rank: place ? phi * histogram.count : NaN,
		...(place ? { chosen: place.place } : {}),
		interpolation: place?.interpolation ?? 'none',
		lower: place?.lower ?? NaN,
		upper: place?.upper ?? NaN,
		notes
	};
}

function cumulative(histogram: FloatHistogram): Bucket[] {
	let sum = 0;
	return allBuckets(histogram).map(({ lower, upper, count }) => {
		sum += count;
		return { lower, upper, count, cumulative: sum };
	});
}

function whyNoPlace(phi: number, { count }: FloatHistogram): string {
	if (!(phi >= 0 && phi <= 1)) return `φ is ${formatFloat(phi)}, which is not between 0 and 1.`;
	return count === 0
		? 'There are no observations at this time, so there is no quantile: NaN.'
		: 'The histogram has no buckets.';
}

function atEdge(upper: number): string {
	return upper === Infinity
		? 'The rank lies in the last bucket, which has no upper bound: the quantile is above its lower bound, and that is the answer given.'
		: 'The rank lies in the first bucket, which has no lower bound: the quantile is at most its upper bound, and that is the answer given.';
}
