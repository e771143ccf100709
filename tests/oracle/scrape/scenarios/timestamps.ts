import type { Scenario } from '../scenario.ts';
import { A, config, job, oneJob, openMetrics, page, REFUSED } from '../write-scenario.ts';

const STAMPED = [
	page('a 1 {{start+5s}}\nb 1\n'),
	page('a 2 {{start+20s}}\nb 2\n'),
	page('b 3\n'),
	page('a 4 {{start+40s}}\nb 4\n'),
	REFUSED,
	page('a 5 {{start+70s}}\nb 5\n')
];

/** Samples that carry their own timestamps. */
export const TIMESTAMPS: readonly Scenario[] = [
	...['', 'honor_timestamps: false', 'track_timestamps_staleness: true'].map(
		(settings): Scenario => ({
			title: `series with timestamps that come and go (${settings || 'as they are by default'})`,
			config: oneJob(settings),
			targets: { [A]: STAMPED },
			end: 120
		})
	),
	{
		title: 'both at once: timestamps are neither honoured nor tracked',
		config: oneJob('honor_timestamps: false\ntrack_timestamps_staleness: true'),
		targets: { [A]: STAMPED },
		end: 120
	},
	{
		title: 'timestamps ahead of the scrape: within ten minutes and beyond',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1 {{start+600s}}\nb 1 {{start+630s}}\nc 1 {{start+60m}}\n'),
				page('a 2\nb 2\nc 2\n'),
				page('a 3 {{start+610s}}\nb 3\n')
			]
		},
		end: 80
	},
	{
		title: 'a sample too far ahead is no reason for a marker, and not new',
		config: oneJob('track_timestamps_staleness: true'),
		targets: {
			[A]: [
				page('c 1 {{start+60m}}\na 1\n'),
				page('a 2\n'),
				page('c 3\na 3\n'),
				page('c 4 {{start+60m}}\n'),
				page('a 1\n')
			]
		},
		end: 100
	},
	{
		title: 'timestamps that go backwards, or repeat with the same and with another value',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1 {{start+6s}}\nb 1 {{start+6s}}\nc 1 {{start+6s}}\nd 1 {{start+6s}}\n'),
				page('a 2 {{start+3s}}\nb 1 {{start+6s}}\nc 9 {{start+6s}}\nd 2 {{start+20s}}\n'),
				page('a 3 {{start+30s}}\nb 3 {{start+30s}}\nc 3 {{start+30s}}\nd NaN {{start+20s}}\n')
			]
		},
		end: 60
	},
	{
		title: 'a repeated NaN is the same sample',
		config: oneJob(),
		targets: {
			[A]: [
				page('a NaN {{start+6s}}\nb -0 {{start+6s}}\n'),
				page('a NaN {{start+6s}}\nb 0 {{start+6s}}\n')
			]
		},
		end: 40
	},
	{
		title: 'one series with several timestamps in a page, in order and out of it',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1 {{start+1s}}\na 2 {{start+2s}}\na 3 {{start+3s}}\n'),
				page('a 4 {{start+12s}}\na 5 {{start+11s}}\na 6 {{start+13s}}\na 7 {{start+13s}}\n'),
				page('a 8\na 9 {{start+50s}}\na 10\n')
			]
		},
		end: 80
	},
	{
		title: 'a series that has a timestamp in one scrape and none in the next',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1\n'),
				page('a 2 {{start+25s}}\n'),
				page('a 3\n'),
				page('a 4 {{start-1s}}\n'),
				page('b 1\n')
			]
		},
		end: 100
	},
	{
		title: 'samples older than an hour before the newest are out of bounds',
		config: oneJob(),
		targets: {
			[A]: [
				page('now 1\na 1 {{start-59m}}\nb 1 {{start-61m}}\nc 1 {{start-2h}}\n'),
				page('now 2\na 2 {{start-58m}}\nb 2 {{start-30m}}\nc 2 {{start-2h}}\nnew 1 {{start-3h}}\n'),
				page('now 3\n')
			]
		},
		end: 70
	},
	{
		title: 'samples are old beside what is ahead of them',
		config: oneJob(),
		targets: {
			[A]: [
				page('ahead 1 {{start+590s}}\na 1 {{start-49m}}\nb 1 {{start-52m}}\n'),
				page('ahead 2\na 2 {{start-48m}}\nb 2 {{start-51m}}\nc 2 {{start-50m}}\n'),
				page('ahead 3\n')
			]
		},
		end: 70
	},
	{
		title: 'the first samples of all are in the past, before 1970 and at 0',
		config: oneJob(),
		targets: { [A]: [page('a 1 0\nb 1 -1\nc 1 1\n'), page('a 2 2\nd 1\n'), page('a 3 3\nd 2\n')] },
		end: 70
	},
	{
		title: 'timestamps of OpenMetrics are seconds with fractions',
		config: oneJob(),
		targets: {
			[A]: [
				openMetrics('a 1 {{start+1s as seconds}}\nb 1 946684801.2345\nc 1 946684801.9999\nd 1 1e9'),
				openMetrics('a 2 946684802.001\nb 2 946684802\nc 2\nd 2')
			]
		},
		end: 60
	},
	{
		title: 'duplicates of a series with timestamps are no duplicates',
		config: oneJob(),
		targets: {
			[A]: [page('a 1 {{start+6s}}\na 2\n'), page('a 3\na 4 {{start+90s}}\n'), page('a 5\n')]
		},
		end: 70
	},
	{
		title: 'samples with timestamps count towards a limit, and a scrape that fails forgets them',
		config: oneJob('sample_limit: 2'),
		targets: {
			[A]: [
				page('a 1 {{start+6s}}\nb 1 {{start+6s}}\n'),
				page('a 2 {{start+20s}}\nb 2 {{start+20s}}\nc 2\n'),
				page('a 3 {{start+40s}}\n')
			]
		},
		end: 70
	},
	{
		title: 'a job with timestamps beside one without, both of one target',
		config: config([job('app', [A]), job('own', [A], 'honor_timestamps: false')]),
		targets: {
			[A]: [page('a 1 {{start+6s}}\n'), page('a 2 {{start+6s}}\n'), page('a 3 {{start+30s}}\n')]
		},
		end: 70
	}
];
