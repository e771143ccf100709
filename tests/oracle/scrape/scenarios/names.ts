import type { Scenario } from '../scenario.ts';
import { A, oneJob, openMetrics, page } from '../write-scenario.ts';

const UTF8 = page('{"my.metric","a.label"="x"} 1\nplain 2\n{"größe"} 3\n');

/** Names that are not only letters, digits and underscores. */
export const NAMES: readonly Scenario[] = [
	{
		title: 'names of UTF-8 are stored as they are',
		config: oneJob(),
		targets: { [A]: [UTF8, page('plain 3\n{"größe"} 4\n')] },
		end: 60
	},
	{
		title: 'names of UTF-8 fail a scrape under the legacy scheme',
		config: oneJob('metric_name_validation_scheme: legacy'),
		targets: { [A]: [page('plain 1\nb 1\n'), UTF8, page('plain 3\n')] },
		end: 60
	},
	{
		title: 'label names of UTF-8 fail a scrape under the legacy scheme',
		config: oneJob('metric_name_validation_scheme: legacy'),
		targets: { [A]: [page('plain 1\n'), page('b 1\nplain{"a.b"="x"} 2\n'), page('plain 3\n')] },
		end: 60
	},
	{
		title: 'names that relabelling drops are not looked at under the legacy scheme',
		config: oneJob(`
			metric_name_validation_scheme: legacy
			metric_relabel_configs:
			- {action: drop, source_labels: [__name__], regex: '.*[.].*|gr.*'}
		`),
		targets: { [A]: [UTF8] },
		end: 50
	},
	{
		title: 'names that relabelling repairs pass the legacy scheme',
		config: oneJob(`
			metric_name_validation_scheme: legacy
			metric_relabel_configs:
			- {source_labels: [__name__], regex: '(\\w+)[.](\\w+)', target_label: __name__, replacement: '\${1}_\${2}'}
		`),
		targets: { [A]: [page('{"my.metric"} 1\nplain 2\n')] },
		end: 50
	},
	{
		title: 'names with colons, and names of one character',
		config: oneJob(),
		targets: { [A]: [page(':a:b 1\n_ 2\n: 3\nA9 4\n')] },
		end: 50
	},
	{
		title: 'names of UTF-8 in OpenMetrics',
		config: oneJob(),
		targets: {
			[A]: [
				openMetrics('# TYPE "my.count" counter\n{"my.count_total","x.y"="z"} 1 # {"t.i"="1"} 1')
			]
		},
		end: 50
	},
	{
		title: 'a name that is there twice, or not at all, fails a scrape',
		config: oneJob(),
		targets: {
			[A]: [page('{"a"} 1\n'), page('a{"b"} 1\n'), page('{x="y"} 1\n'), page('{"a"} 1\n')]
		},
		end: 80
	}
];
