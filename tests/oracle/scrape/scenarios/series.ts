import type { Scenario } from '../scenario.ts';
import { A, B, C, config, job, oneJob, openMetrics, page } from '../write-scenario.ts';

/** Samples and series of targets that behave. */
export const SERIES: readonly Scenario[] = [
	{
		title: 'counters of a page are stored with the labels of their target',
		config: oneJob(),
		targets: {
			[A]: [
				page(`
					# HELP requests_total Requests.
					# TYPE requests_total counter
					requests_total{path="/"} 1
					requests_total{path="/cart"} 2
				`),
				page(`
					# TYPE requests_total counter
					requests_total{path="/"} 10
					requests_total{path="/cart"} 2
				`),
				page(`
					requests_total{path="/"} 0
					requests_total{path="/cart"} 3.5
				`)
			]
		},
		end: 100
	},
	{
		title: 'a series that a page no longer shows ends with a marker, and goes on when it returns',
		config: oneJob(),
		targets: { [A]: [page('a 1\nb 1\n'), page('a 2\n'), page('a 3\n'), page('a 4\nb 4\n')] },
		end: 100
	},
	{
		title:
			'a series that comes and goes is new to the report only when its target had forgotten it',
		config: oneJob(),
		targets: {
			[A]: [page('a 1\n'), page('b 1\n'), page('a 1\n'), page('a 1\nb 1\nc 1\n'), page('c 1\n')]
		},
		end: 120
	},
	{
		title:
			'NaN, infinities, negative zero and the smallest and largest numbers are stored to the bit',
		config: oneJob(),
		targets: {
			[A]: [
				page(`
					a NaN
					b +Inf
					c -Inf
					d -0
					e 5e-324
					f 1.7976931348623157e308
					g 0.1
					h 123456789012345678
					i 0x1p-2
				`),
				page('a 1\nb NaN\nc 0\nd 0\ne -5e-324\nf 1e308\ng 0.30000000000000004\nh 0\n')
			]
		},
		end: 70
	},
	{
		title: 'a latency is reported to the bit, and samples keep the time at which the scrape began',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1\n', { latency: 1 }),
				page('a 2\n', { latency: 333 }),
				page('a 3\n', { latency: 4_999 }),
				page('a 4\n', { latency: 9_999 }),
				page('a 5\n')
			]
		},
		end: 110
	},
	{
		title: 'each target of a job has its own place in the interval, and its own `up`',
		config: config([job('app', [A, B, C])]),
		targets: { [A]: [page('a 1\n')], [B]: [page('a 2\n', { latency: 20 })] },
		end: 100
	},
	{
		title: 'two jobs that scrape one target keep it apart by their names',
		config: config([job('app', [A]), job('again', [A], 'scrape_interval: 10s')]),
		targets: { [A]: [page('a 1\n'), page('a 2\n'), page('a 3\nb 3\n'), page('a 4\n')] },
		end: 100
	},
	{
		title: 'external labels are not stored, but move the offset',
		config: oneJob('', 'external_labels: {cluster: north, replica: b}'),
		targets: { [A]: [page('a 1\n')] },
		end: 60
	},
	{
		title: 'summaries, histograms, help, comments and blank lines of the text format',
		config: oneJob(),
		targets: {
			[A]: [
				page(`
					# A comment.
					# HELP rpc Time of a call, with \\\\ and \\n.
					# TYPE rpc summary
					rpc{quantile="0.5"} 0.1
					rpc{quantile="0.99"} NaN
					rpc_sum 17
					rpc_count 9

					# TYPE size histogram
					size_bucket{le="1"} 1
					size_bucket{le="+Inf"} 2
					size_sum 5
					size_count 2
					  spaced   { a = "b" , }   3
				`)
			]
		},
		end: 60
	},
	{
		title: 'all kinds of families of OpenMetrics, with exemplars, units and created series',
		config: oneJob(),
		targets: {
			[A]: [
				openMetrics(`
					# TYPE requests counter
					# HELP requests Requests.
					requests_total 3 # {trace_id="x"} 1 946684801
					requests_created 946684800
					# TYPE wait_seconds histogram
					# UNIT wait_seconds seconds
					wait_seconds_bucket{le="1.0"} 1 # {trace_id="y"} 0.5
					wait_seconds_bucket{le="+Inf"} 2
					wait_seconds_sum 7
					wait_seconds_count 2
					wait_seconds_created 946684800
					# TYPE build info
					build_info{version="1"} 1
					# TYPE mode stateset
					mode{mode="a"} 1
					mode{mode="b"} 0
					# TYPE size gaugehistogram
					size_bucket{le="+Inf"} 2
					size_gsum 3
					size_gcount 2
					# TYPE what unknown
					what 1
				`)
			]
		},
		end: 60
	},
	{
		title: 'bounds and quantiles of OpenMetrics are stored as canonical numbers',
		config: oneJob(),
		targets: {
			[A]: [
				openMetrics(`
					# TYPE h histogram
					h_bucket{le="1"} 1
					h_bucket{le="1e3"} 1
					h_bucket{le="+Inf"} 1
					h_count 1
					h_sum 1
					# TYPE s summary
					s{quantile="0"} 1
					s{quantile="1"} 2
				`),
				page(`
					# TYPE h histogram
					h_bucket{le="1"} 1
					h_bucket{le="1e3"} 1
					h_bucket{le="+Inf"} 1
					# TYPE s summary
					s{quantile="1"} 2
				`)
			]
		},
		end: 60
	},
	{
		title: 'intervals that divide no minute, and a timeout that is cut to the interval',
		config: config([job('app', [A], 'scrape_interval: 7s'), job('b', [B], 'scrape_interval: 1s')]),
		targets: { [A]: [page('a 1\n', { latency: 8_000 }), page('a 2\n')], [B]: [page('b 1\n')] },
		end: 60
	}
];
