import type { Scenario } from '../scenario.ts';
import { A, B, C, config, job, oneJob, page, REFUSED } from '../write-scenario.ts';

/** Pages whose one counter tells which request it was. */
const COUNTING = Array.from({ length: 30 }, (_, i) => page(`a ${i + 1}\nb ${i + 1}\n`));
const BOTH = { [A]: COUNTING, [B]: COUNTING };

/** A job with both targets, one of which goes at 40 s. */
function removal(title: string, later: Scenario['reloads'], end: number): Scenario {
	return {
		title,
		config: config([job('app', [A, B])]),
		targets: BOTH,
		reloads: [{ at: 40, config: config([job('app', [A])]) }, ...(later ?? [])],
		end
	};
}

/** Configurations that a running server takes over. */
export const RELOADS: readonly Scenario[] = [
	removal('a target that a reload removes ends two intervals and a tenth later', [], 120),
	removal('a target that a reload removes has not ended before that', [], 75),
	...[45, 55, 65, 75, 85, 100].map((at) =>
		removal(
			`a target that was removed at 40 s is back at ${at} s`,
			[{ at, config: config([job('app', [A, B])]) }],
			160
		)
	),
	{
		title: 'a job that a reload removes leaves no markers',
		config: config([job('app', [A]), job('other', [B])]),
		targets: BOTH,
		reloads: [{ at: 40, config: config([job('app', [A])]) }],
		end: 120
	},
	{
		title: 'a job that a reload removes, and another brings back',
		config: config([job('app', [A]), job('other', [B])]),
		targets: BOTH,
		reloads: [
			{ at: 40, config: config([job('app', [A])]) },
			{ at: 60, config: config([job('app', [A]), job('other', [B])]) }
		],
		end: 120
	},
	{
		title: 'a job that a reload adds',
		config: oneJob(),
		targets: BOTH,
		reloads: [{ at: 40, config: config([job('app', [A]), job('new', [B])]) }],
		end: 100
	},
	{
		title: 'a job with another name is another job',
		config: oneJob(),
		targets: BOTH,
		reloads: [{ at: 40, config: config([job('renamed', [A])]) }],
		end: 100
	},
	{
		title: 'a reload that changes nothing',
		config: oneJob(),
		targets: BOTH,
		reloads: [
			{ at: 40, config: oneJob() },
			{ at: 50, config: `# A comment.\n${oneJob()}` }
		],
		end: 100
	},
	{
		title:
			'the interval is changed by a reload: the target keeps its labels, and gets new ones for the interval',
		config: oneJob(),
		targets: BOTH,
		reloads: [{ at: 40, config: oneJob('scrape_interval: 5s') }],
		end: 100
	},
	{
		title: 'the interval becomes longer',
		config: oneJob('scrape_interval: 5s'),
		targets: BOTH,
		reloads: [{ at: 40, config: oneJob('scrape_interval: 20s') }],
		end: 120
	},
	{
		title: 'the timeout is changed by a reload',
		config: oneJob(),
		targets: { [A]: COUNTING.map((one) => ({ ...one, latency: 3_000 })) },
		reloads: [
			{ at: 40, config: oneJob('scrape_timeout: 2s') },
			{ at: 75, config: oneJob('scrape_timeout: 4s') }
		],
		end: 120
	},
	{
		title: 'sample_limit is changed by a reload: what was known stays known',
		config: oneJob(),
		targets: BOTH,
		reloads: [
			{ at: 40, config: oneJob('sample_limit: 1') },
			{ at: 70, config: oneJob('sample_limit: 2') }
		],
		end: 110
	},
	{
		title: 'metric_relabel_configs are changed by a reload: series that they drop end',
		config: oneJob(),
		targets: BOTH,
		reloads: [
			{
				at: 40,
				config: oneJob(
					'metric_relabel_configs:\n- {action: drop, source_labels: [__name__], regex: b}'
				)
			}
		],
		end: 130
	},
	{
		title: 'metric_relabel_configs rename a series',
		config: oneJob(),
		targets: BOTH,
		reloads: [
			{
				at: 40,
				config: oneJob(
					'metric_relabel_configs:\n- {source_labels: [__name__], regex: b, target_label: __name__, replacement: c}'
				)
			},
			{ at: 60, config: oneJob() }
		],
		end: 150
	},
	{
		title: 'honor_labels is changed by a reload',
		config: oneJob(),
		targets: { [A]: [page('a{job="x"} 1\nb 1\n')] },
		reloads: [{ at: 40, config: oneJob('honor_labels: true') }],
		end: 120
	},
	{
		title: 'relabel_configs give the target other labels',
		config: oneJob(),
		targets: BOTH,
		reloads: [
			{ at: 40, config: oneJob('relabel_configs:\n- {target_label: env, replacement: prod}') }
		],
		end: 120
	},
	{
		title: 'the path of the target changes: other URL, same labels',
		config: oneJob(),
		targets: BOTH,
		reloads: [{ at: 40, config: oneJob('metrics_path: /other') }],
		end: 120
	},
	{
		title: 'the parameters of the target change',
		config: oneJob(),
		targets: BOTH,
		reloads: [{ at: 40, config: oneJob('params: {x: [y]}') }],
		end: 120
	},
	{
		title: 'a target is added to a job: the others forget what they knew',
		config: config([job('app', [A])]),
		targets: BOTH,
		reloads: [{ at: 40, config: config([job('app', [A, B])]) }],
		end: 120
	},
	{
		title: 'a series goes at the very moment its target is restarted by a reload',
		config: oneJob(),
		targets: { [A]: [page('a 1\nb 1\n'), page('a 2\nb 2\n'), page('a 3\n')] },
		reloads: [{ at: 35, config: oneJob('params: {x: [y]}') }],
		end: 130
	},
	{
		title: 'a series goes while only the interval is changed',
		config: oneJob(),
		targets: { [A]: [page('a 1\nb 1\n'), page('a 2\nb 2\n'), page('a 3\n')] },
		reloads: [{ at: 35, config: oneJob('scrape_interval: 10s') }],
		end: 130
	},
	{
		title: 'target_limit is exceeded by a reload, and lifted again',
		config: config([job('app', [A], 'target_limit: 1')]),
		targets: BOTH,
		reloads: [
			{ at: 40, config: config([job('app', [A, B], 'target_limit: 1')]) },
			{ at: 70, config: config([job('app', [A, B], 'target_limit: 2')]) }
		],
		end: 130
	},
	{
		title: 'extra_scrape_metrics are switched off by a reload',
		config: oneJob('extra_scrape_metrics: true'),
		targets: BOTH,
		reloads: [{ at: 40, config: oneJob() }],
		end: 120
	},
	{
		title: 'a reload while a target is down',
		config: config([job('app', [A, B])]),
		targets: { [A]: [page('a 1\n'), REFUSED], [B]: [REFUSED] },
		reloads: [{ at: 40, config: config([job('app', [A, C])]) }],
		end: 130
	},
	{
		title: 'a target removed before it was ever scraped',
		config: config([job('app', [A, B], 'scrape_interval: 1m')]),
		targets: BOTH,
		reloads: [
			{ at: 10, config: config([job('app', [A], 'scrape_interval: 1m')]) },
			{ at: 15, config: config([job('app', [A, B], 'scrape_interval: 1m')]) }
		],
		end: 150
	},
	...[30, 35, 40].map((at): Scenario => ({
		title: `a scrape that takes long is under way when its target is removed at ${at} s`,
		config: config([job('app', [A, B])]),
		targets: { [A]: COUNTING.map((one) => ({ ...one, latency: 9_000 })), [B]: COUNTING },
		reloads: [
			{ at, config: config([job('app', [B])]) },
			{ at: at + 25, config: config([job('app', [A, B])]) }
		],
		end: 130
	})),
	...[30, 35, 40].map((at): Scenario => ({
		title: `a scrape that takes long is under way when its interval is changed at ${at} s`,
		config: config([job('app', [A])]),
		targets: { [A]: COUNTING.map((one) => ({ ...one, latency: 9_000 })) },
		reloads: [{ at, config: config([job('app', [A], 'scrape_interval: 12s')]) }],
		end: 100
	})),
	{
		title: 'a series with timestamps of a target that is removed',
		config: config([job('app', [A, B])]),
		targets: { [A]: [page('a 1\n')], [B]: [page('a 1 {{start+6s}}\nb 1\n')] },
		reloads: [{ at: 40, config: config([job('app', [A])]) }],
		end: 100
	},
	{
		title: 'two quick reloads, the second of which undoes the first',
		config: config([job('app', [A, B])]),
		targets: BOTH,
		reloads: [
			{ at: 40, config: config([job('app', [A], 'honor_labels: true')]) },
			{ at: 45, config: config([job('app', [A, B])]) }
		],
		end: 130
	}
];
