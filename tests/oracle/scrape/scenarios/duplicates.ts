import type { Scenario } from '../scenario.ts';
import { A, oneJob, page } from '../write-scenario.ts';

/** Pages that show a series more than once. */
export const DUPLICATES: readonly Scenario[] = [
	{
		title: 'of the same text twice the first counts, in the first scrape and later',
		config: oneJob(),
		targets: { [A]: [page('a 1\na 2\n'), page('a 3\nb 1\na 3\nb 2\n'), page('b 1\n')] },
		end: 70
	},
	{
		title: 'of the same series in other words the first counts',
		config: oneJob(),
		targets: {
			[A]: [
				page('a{x="1",y="2"} 1\na{y="2",x="1"} 2\na{x="1", y="2"} 3\na{x="1",y="2",} 4\n'),
				page('a{y="2",x="1"} 5\na{x="1",y="2"} 6\n'),
				page('a{x="1",y="2"} 7\n'),
				page('{"a",x="1",y="2"} 8\n'),
				page('b 1\n')
			]
		},
		end: 100
	},
	{
		title: 'one wording of a series goes, the other stays: it does not end',
		config: oneJob(),
		targets: {
			[A]: [page('a{x="1",y="2"} 1\n'), page('a{y="2",x="1"} 2\n'), page('a{ x="1",y="2"} 3\n')]
		},
		end: 70
	},
	{
		title: 'two series that metric_relabel_configs make one',
		config: oneJob(`
			metric_relabel_configs:
			- action: labeldrop
			  regex: path
		`),
		targets: {
			[A]: [
				page('a{path="x"} 1\na{path="y"} 2\nb{path="x"} 1\nb{path="y"} 1\n'),
				page('a{path="y"} 3\na{path="x"} 4\n'),
				page('a{path="z"} 5\n'),
				page('b{path="x"} 1\n')
			]
		},
		end: 90
	},
	{
		title:
			'one wording of a series has a timestamp that comes too late, the other has none and counts',
		config: oneJob(),
		targets: {
			[A]: [page('a 1\n'), page('a{} 0 {{start+6s}}\na 2\n'), page('a 3\na{} 0 {{start+6s}}\n')]
		},
		end: 80
	},
	{
		title: 'a label that is there twice beyond sample_limit is not looked at',
		config: oneJob('sample_limit: 1'),
		targets: { [A]: [page('a 1\nb{x="1",x="2"} 1\nc 1\n'), page('b{x="1",x="2"} 1\na 1\n')] },
		end: 50
	},
	{
		title: 'an empty label is no label: two texts of one series',
		config: oneJob(),
		targets: { [A]: [page('a{x=""} 1\na 2\n'), page('a 3\na{x=""} 4\n'), page('b 1\n')] },
		end: 70
	},
	{
		title: 'duplicates count in the report, and towards a limit only when they are other texts',
		config: oneJob('sample_limit: 2'),
		targets: {
			[A]: [
				page('a 1\na 2\nb 1\n'),
				page('a 1\nb 1\nb 1\n'),
				page('a{x="1",y="2"} 1\na{y="2",x="1"} 2\nb 3\n'),
				page('a 1\n')
			]
		},
		end: 90
	},
	{
		title: 'a duplicate of a dropped series',
		config: oneJob(`
			metric_relabel_configs:
			- action: drop
			  source_labels: [__name__]
			  regex: a
		`),
		targets: { [A]: [page('a 1\na 2\nb 1\n'), page('a 1\nb 2\nb 3\n')] },
		end: 50
	}
];
