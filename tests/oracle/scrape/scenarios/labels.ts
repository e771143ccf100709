import type { Scenario } from '../scenario.ts';
import { A, B, config, job, oneJob, page } from '../write-scenario.ts';

const PAGE = page(`
	plain 1
	one{job="mine"} 1
	two{job="mine",exported_job="too"} 1
	three{job="mine",exported_job="too",exported_exported_job="more"} 1
	four{instance="here",exported_instance="there",job="mine"} 1
	five{job="",instance=""} 1
	six{exported_job="alone"} 1
	seven{job="mine",exported_job=""} 1
`);

/** Labels that both a page and its target have. */
export const LABELS: readonly Scenario[] = [
	{
		title: 'without honor_labels the labels of a page make room for those of its target',
		config: oneJob(),
		targets: { [A]: [PAGE, page('plain 1\n')] },
		end: 60
	},
	{
		title:
			'with honor_labels the labels of a page win, and empty ones take those of the target away',
		config: oneJob('honor_labels: true'),
		targets: { [A]: [PAGE, page('plain 1\n')] },
		end: 60
	},
	...[true, false].map((honored): Scenario => ({
		title: `labels of a static config and those of a page, honor_labels ${honored}`,
		config: config([
			`- job_name: app
  honor_labels: ${honored}
  static_configs:
  - targets: ['${A}']
    labels: {env: prod, exported_env: e1, zone: ''}
`
		]),
		targets: {
			[A]: [
				page(`
					a{env="dev"} 1
					b{env="dev",exported_env="e2"} 1
					c{exported_env="e2",zone="z"} 1
					d{env="",exported_env=""} 1
					up{env="x"} 7
				`)
			]
		},
		end: 60
	})),
	{
		title: 'a page that exposes series named as those of the report',
		config: oneJob(),
		targets: { [A]: [page('up 7\nscrape_duration_seconds 9\na 1\n'), page('a 1\n')] },
		end: 60
	},
	{
		title: 'a page whose `up` stands for the one of its target, by honor_labels',
		config: oneJob('honor_labels: true'),
		targets: { [A]: [page(`up{job="app",instance="${A}"} 7\na 1\n`), page('a 1\n')] },
		end: 60
	},
	{
		title: 'two targets that write one series in turn, by honor_labels',
		config: config([job('app', [A, B], 'honor_labels: true')]),
		targets: {
			[A]: [page('a{job="x",instance="y"} 1\n'), page('a{job="x",instance="y"} 2\n')],
			[B]: [
				page('a{job="x",instance="y"} 10\n'),
				page('b 1\n'),
				page('a{job="x",instance="y"} 30\n')
			]
		},
		end: 100
	},
	{
		title: 'two targets that write one series, one of which goes away',
		config: config([job('app', [A, B], 'honor_labels: true')]),
		targets: {
			[A]: [page('a{job="x",instance="y"} 1\n'), page('b 2\n')],
			[B]: [page('a{job="x",instance="y"} 10\n')]
		},
		end: 100
	},
	{
		title:
			'a scrape is stored when it ends: of two targets that write one series the slower one comes too late',
		config: config([job('app', [A, B], 'honor_labels: true')]),
		targets: {
			[A]: [page('a{job="x",instance="y"} 1\n', { latency: 9_000 })],
			[B]: [page('a{job="x",instance="y"} 10\n')]
		},
		end: 100
	},
	{
		title: 'labels of a page that begin with two underscores are stored',
		config: oneJob(),
		targets: { [A]: [page('a{__x="1",__address__="2"} 1\n')] },
		end: 40
	},
	{
		title: 'values with quotes, backslashes, line feeds and characters of all planes',
		config: oneJob(),
		targets: { [A]: [page('a{x="\\"\\\\\\n\\t",y="é\u{1f600}",z=" "} 1\n')] },
		end: 40
	}
];
