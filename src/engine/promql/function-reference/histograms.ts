import { exampleAt, exampleOf, type ReferenceText, type ReferenceTexts } from './reference-text.ts';

/** 100 requests: 40 within 0.1 s, 50 more within 0.5 s, 8 more within 1 s, 2 above. */
const CLASSIC: readonly string[] = [
	'duration_bucket{le="0.1"} 0+40x10',
	'duration_bucket{le="0.5"} 0+90x10',
	'duration_bucket{le="1"} 0+98x10',
	'duration_bucket{le="+Inf"} 0+100x10'
];

/** Bucket 0 ends at 1, bucket 1 at 2, bucket 2 at 4. */
const NATIVE = 'duration{job="shop"} {{schema:0 sum:20 count:10 buckets:[2 4 4]}}';

function ofNative(about: string, name: string, result: string, trap?: string): ReferenceText {
	return {
		params: { v: 'native histograms' },
		about,
		...(trap ? { trap } : {}),
		histograms: 'needed',
		example: exampleOf([NATIVE], `${name}(duration)`, `{job="shop"} ${result}`)
	};
}

export const HISTOGRAM_TEXTS: ReferenceTexts = {
	histogram_quantile: {
		params: {
			φ: 'which quantile, 0 to 1; 0.95 is what 95 of 100 observations stay below',
			b: 'buckets of classic histograms, with their label `le`, or native histograms'
		},
		about:
			'Estimates a quantile of each histogram. It finds the bucket that the quantile falls into and takes the observations in it to be spread evenly; the truth is somewhere between the bounds of that bucket. Take the `rate()` of the buckets first, to speak of the last minutes and not of all time.',
		trap: 'Aggregate before it and keep `le`: `histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))`. Quantiles themselves can not be averaged. Beyond the highest finite bound it gives that bound, however slow things are, and without observations NaN.',
		histograms: 'taken',
		example: exampleAt(
			'10m',
			CLASSIC,
			'histogram_quantile(0.9, rate(duration_bucket[5m]))',
			'{} 0.5'
		)
	},
	histogram_fraction: {
		params: {
			lower: 'the lower value; -Inf for all below',
			upper: 'the upper value; +Inf for all above',
			b: 'buckets of classic histograms, with their label `le`, or native histograms'
		},
		about:
			'Estimates which share of the observations lies between two values, 0 to 1: the question of `histogram_quantile()` the other way round, and the one that a service level objective asks.',
		trap: 'Exact only where the values are bounds of buckets; with classic histograms put a bucket where the objective is.',
		histograms: 'taken',
		example: exampleAt(
			'10m',
			CLASSIC,
			'histogram_fraction(0, 0.5, rate(duration_bucket[5m]))',
			'{} 0.9'
		)
	},
	histogram_quantiles: {
		params: {
			v: 'buckets of classic histograms, with their label `le`, or native histograms',
			label: 'the label that tells the quantiles apart',
			φ: 'which quantiles, one to ten of them'
		},
		about: '`histogram_quantile()` for several quantiles at once.',
		histograms: 'taken',
		example: exampleAt(
			'10m',
			CLASSIC,
			'histogram_quantiles(rate(duration_bucket[5m]), "quantile", 0.4, 0.9)',
			'{quantile="0.4"} 0.1',
			'{quantile="0.9"} 0.5'
		)
	},
	histogram_count: ofNative(
		'How many observations each native histogram holds. Of the `rate()` of one it is the rate of observations, as that of `…_count` of a classic histogram.',
		'histogram_count',
		'10'
	),
	histogram_sum: ofNative(
		'The sum of the observations in each native histogram.',
		'histogram_sum',
		'20'
	),
	histogram_avg: ofNative(
		'The mean of the observations in each native histogram: its sum divided by its count.',
		'histogram_avg',
		'2',
		'Classic histograms are numbers and give nothing: there it is `rate(x_sum[5m]) / rate(x_count[5m])`.'
	),
	histogram_stddev: ofNative(
		'Estimates the standard deviation of the observations in each native histogram, as if all in a bucket were at its middle.',
		'histogram_stddev',
		'0.8637647108211275'
	),
	histogram_stdvar: ofNative(
		'Estimates the variance of the observations in each native histogram: the square of `histogram_stddev()`.',
		'histogram_stdvar',
		'0.7460894756599059'
	)
};
