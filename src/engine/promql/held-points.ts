import { histogramBytes, type FloatHistogram } from '#engine/model';

/** How many float samples a histogram counts as where samples are limited (promql/value.go, HPoint.size). */
function histogramPoints(histogram: FloatHistogram): number {
	return Math.floor((histogramBytes(histogram) + 8) / 16);
}

/** What `samples` samples count as, of which those in `histograms` are histograms. */
export function heldPoints(
	samples: number,
	histograms: readonly (FloatHistogram | undefined)[] | undefined
): number {
	if (!histograms) return samples;
	let points = samples;
	for (const histogram of histograms) if (histogram) points += histogramPoints(histogram) - 1;
	return points;
}
