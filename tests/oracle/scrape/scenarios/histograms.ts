import type { Scenario } from '../scenario.ts';
import { A, oneJob, openMetrics, page, REFUSED } from '../write-scenario.ts';

const CONVERT = 'convert_classic_histograms_to_nhcb: true';
const HISTOGRAM = page(`
	# TYPE h histogram
	h_bucket{le="0.1"} 1
	h_bucket{le="1"} 3
	h_bucket{le="+Inf"} 6
	h_sum 7.5
	h_count 6
	a 1
`);
const GROWN = page(`
	# TYPE h histogram
	h_bucket{le="0.1"} 2
	h_bucket{le="1"} 30
	h_bucket{le="+Inf"} 60
	h_sum 75
	h_count 60
	a 2
`);

/** One page, converted, then one without it. */
function converted(title: string, body: string, settings = ''): Scenario {
	return {
		title,
		config: oneJob(`${CONVERT}\n${settings}`),
		targets: { [A]: [page(body), page(body), page('a 1\n')] },
		end: 60
	};
}

/** Classic histograms that are stored as native ones with custom buckets. */
export const HISTOGRAMS: readonly Scenario[] = [
	{
		title: 'a classic histogram becomes a native one, grows, fails, returns and ends',
		config: oneJob(CONVERT),
		targets: { [A]: [HISTOGRAM, GROWN, REFUSED, GROWN, page('a 3\n')] },
		end: 100
	},
	{
		title: 'a histogram that is reset',
		config: oneJob(CONVERT),
		targets: { [A]: [GROWN, HISTOGRAM, GROWN] },
		end: 70
	},
	{
		title: 'the classic series are kept beside it',
		config: oneJob(`${CONVERT}\nalways_scrape_classic_histograms: true`),
		targets: { [A]: [HISTOGRAM, GROWN, page('a 1\n')] },
		end: 70
	},
	{
		title: 'the conversion is asked for all jobs',
		config: oneJob('', CONVERT),
		targets: { [A]: [HISTOGRAM] },
		end: 50
	},
	{
		title: 'the bounds change from one scrape to the next',
		config: oneJob(CONVERT),
		targets: {
			[A]: [
				HISTOGRAM,
				page(
					'# TYPE h histogram\nh_bucket{le="0.5"} 2\nh_bucket{le="+Inf"} 60\nh_sum 75\nh_count 60\n'
				),
				GROWN
			]
		},
		end: 70
	},
	...[2, 3].flatMap((limit): Scenario[] => [
		{
			title: `native_histogram_bucket_limit of ${limit}`,
			config: oneJob(`${CONVERT}\nnative_histogram_bucket_limit: ${limit}`),
			targets: { [A]: [page('a 1\n'), HISTOGRAM, GROWN, page('a 1\n')] },
			end: 80
		}
	]),
	{
		title: 'native_histogram_bucket_limit exceeded after a good scrape',
		config: oneJob(`${CONVERT}\nnative_histogram_bucket_limit: 2`),
		targets: {
			[A]: [
				page(
					'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\na 1\n'
				),
				HISTOGRAM,
				page(
					'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\na 1\n'
				)
			]
		},
		end: 70
	},
	{
		title: 'sample_limit counts a converted histogram once',
		config: oneJob(`${CONVERT}\nsample_limit: 2`),
		targets: {
			[A]: [
				HISTOGRAM,
				page('# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\na 1\nb 1\n')
			]
		},
		end: 70
	},
	converted(
		'a histogram without +Inf',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="2"} 3\nh_sum 4\nh_count 5\na 1\n'
	),
	converted(
		'a histogram without +Inf and count',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="2"} 3\nh_sum 4\na 1\n'
	),
	converted('a histogram without buckets', '# TYPE h histogram\nh_sum 4\nh_count 5\na 1\n'),
	converted(
		'a histogram without sum',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_count 3\na 1\n'
	),
	converted(
		'a histogram with a NaN for its sum',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_sum NaN\nh_count 3\na 1\n'
	),
	converted(
		'a histogram of float counts',
		'# TYPE h histogram\nh_bucket{le="1"} 1.5\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\na 1\n'
	),
	converted(
		'a histogram whose buckets are not cumulative',
		'# TYPE h histogram\nh_bucket{le="1"} 5\nh_bucket{le="2"} 3\nh_bucket{le="+Inf"} 6\nh_sum 4\nh_count 6\na 1\n'
	),
	converted(
		'a histogram whose count is not that of +Inf',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 9\na 1\n'
	),
	converted(
		'a histogram with a bound that is no number',
		'# TYPE h histogram\nh_bucket{le="x"} 1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\na 1\n'
	),
	converted(
		'a histogram with a negative count',
		'# TYPE h histogram\nh_bucket{le="1"} -1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\na 1\n'
	),
	converted(
		'a histogram whose buckets are out of order',
		'# TYPE h histogram\nh_bucket{le="+Inf"} 3\nh_bucket{le="2"} 2\nh_bucket{le="1"} 1\nh_sum 4\nh_count 3\na 1\n'
	),
	converted(
		'a histogram with a bucket twice',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="1.0"} 2\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\na 1\n'
	),
	converted(
		'a histogram with no observation',
		'# TYPE h histogram\nh_bucket{le="1"} 0\nh_bucket{le="+Inf"} 0\nh_sum 0\nh_count 0\na 1\n'
	),
	converted(
		'series of a histogram in another order, with labels',
		'# TYPE h histogram\nh_count{x="1"} 3\nh_sum{x="1"} 4\nh_bucket{x="1",le="1"} 1\nh_bucket{x="1",le="+Inf"} 3\nh_bucket{x="2",le="1"} 1\nh_bucket{x="2",le="+Inf"} 1\nh_sum{x="2"} 1\nh_count{x="2"} 1\na 1\n'
	),
	converted(
		'series that look like a histogram but have no type',
		'h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\na 1\n'
	),
	converted(
		'a histogram that another family interrupts',
		'# TYPE h histogram\nh_bucket{le="1"} 1\na 1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\n'
	),
	converted(
		'a histogram that is there twice',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 4\nh_sum 5\nh_count 4\na 1\n'
	),
	converted(
		'a fault after a histogram',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_sum 4\nh_count 3\n}\n'
	),
	converted(
		'a fault within a histogram',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\n}\nh_count 3\n'
	),
	converted(
		'a histogram with timestamps',
		'# TYPE h histogram\nh_bucket{le="1"} 1 {{start+6s}}\nh_bucket{le="+Inf"} 3 {{start+6s}}\nh_sum 4 {{start+6s}}\nh_count 3 {{start+6s}}\na 1\n'
	),
	converted(
		'a histogram with timestamps that are tracked',
		'# TYPE h histogram\nh_bucket{le="1"} 1 {{start+6s}}\nh_bucket{le="+Inf"} 3 {{start+6s}}\nh_sum 4 {{start+6s}}\nh_count 3 {{start+6s}}\na 1\n',
		'track_timestamps_staleness: true'
	),
	converted(
		'a histogram with timestamps that differ',
		'# TYPE h histogram\nh_bucket{le="1"} 1 {{start+6s}}\nh_bucket{le="+Inf"} 3 {{start+7s}}\nh_sum 4\nh_count 3 {{start+8s}}\na 1\n'
	),
	converted(
		'a histogram with timestamps at the end of a page',
		'a 1\n# TYPE h histogram\nh_bucket{le="1"} 1 {{start+6s}}\nh_bucket{le="+Inf"} 3 {{start+6s}}\nh_count 3 {{start+8s}}\n'
	),
	converted(
		'a histogram before a series that has a timestamp',
		'# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 3\nh_count 3\na 1 {{start+6s}}\n'
	),
	converted(
		'a relabelled histogram',
		'# TYPE h histogram\nh_bucket{le="1",x="1"} 1\nh_bucket{le="+Inf",x="1"} 3\nh_sum{x="1"} 4\nh_count{x="1"} 3\na 1\n',
		'metric_relabel_configs:\n- {source_labels: [__name__], regex: h, target_label: x, replacement: new}\n- {action: drop, source_labels: [__name__], regex: h_.*}'
	),
	{
		title: 'histograms of OpenMetrics with created and exemplars',
		config: oneJob(CONVERT),
		targets: {
			[A]: [
				openMetrics(`
					# TYPE h histogram
					h_bucket{le="1.0"} 1 # {trace_id="x"} 0.5
					h_bucket{le="+Inf"} 3
					h_sum 4
					h_count 3
					h_created 946684800
					# TYPE g gaugehistogram
					g_bucket{le="1.0"} 1
					g_bucket{le="+Inf"} 3
					g_gsum 4
					g_gcount 3
				`),
				openMetrics('a 1')
			]
		},
		end: 60
	},
	{
		title: 'without the conversion histograms are classic series',
		config: oneJob(),
		targets: { [A]: [HISTOGRAM, GROWN] },
		end: 60
	},
	{
		title: 'a series that is a number, then a histogram, then a number',
		config: oneJob(CONVERT),
		targets: { [A]: [page('h 1\n'), HISTOGRAM, page('h 3\n'), page('a 1\n')] },
		end: 80,
		departure: {
			line: 'scrape_series_added',
			reason: 'a number and a converted histogram in the same words are two texts here'
		}
	}
];
