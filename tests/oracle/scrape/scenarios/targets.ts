import type { Scenario } from '../scenario.ts';
import { A, B, C, config, job, oneJob, page, REFUSED } from '../write-scenario.ts';

const PAGES = [page('a 1\n'), page('a 2\nb 2\n'), page('a 3\n')];

/** One job whose targets go through these rules. */
function relabeled(title: string, rules: string, targets: readonly string[] = [A, B]): Scenario {
	const written = targets.map((target) => `'${target}'`).join(', ');
	return {
		title: `targets: ${title}`,
		config: config([
			`- job_name: app
  metrics_path: /m
  params: {module: [one, two], q: ['a b&c']}
  static_configs:
  - targets: [${written}]
    labels: {env: prod, __meta_zone: east, __tmp: gone}
  relabel_configs:
${rules
	.trim()
	.split('\n')
	.map((line) => `  ${line.trim().replace(/^(?!-)/, '  ')}\n`)
	.join('')}`
		]),
		targets: { [A]: PAGES, [B]: PAGES, [C]: PAGES, '10.0.0.4:80': PAGES },
		end: 60
	};
}

/** A rule that sets a label of the first target. */
function sets(label: string, value: string): string {
	return `- {source_labels: [__address__], regex: '10.0.0.1.*', target_label: ${label}, replacement: '${value}'}`;
}

/** Where targets come from, what becomes of them by relabel_configs, and which URL is asked for. */
export const TARGETS: readonly Scenario[] = [
	relabeled('targets as they are, with parameters', sets('unused', 'x')),
	relabeled('__address__ is rewritten: two targets of one address are two', sets('__address__', C)),
	relabeled(
		'instance is taken from what the rules leave of __address__',
		sets('__address__', '10.0.0.4')
	),
	relabeled('instance is set by a rule', sets('instance', 'shop')),
	relabeled('instance is made empty by a rule', sets('instance', '')),
	relabeled('job is rewritten', sets('job', 'other')),
	relabeled('job is made empty', sets('job', '')),
	relabeled('__metrics_path__ is rewritten', sets('__metrics_path__', '/x/y')),
	relabeled('__metrics_path__ without a slash, and with a space', sets('__metrics_path__', 'x y')),
	relabeled('__metrics_path__ with a question mark', sets('__metrics_path__', '/probe?x=1')),
	relabeled('__scheme__ is https, which nobody speaks here', sets('__scheme__', 'https')),
	relabeled('__scheme__ is something else', sets('__scheme__', 'ftp')),
	relabeled('__param_ replaces the first value of a parameter', sets('__param_module', 'three')),
	relabeled('__param_ adds a parameter', sets('__param_target', 'http://x/?a=b')),
	relabeled('__scrape_interval__ is rewritten', sets('__scrape_interval__', '7s')),
	relabeled(
		'__scrape_interval__ and __scrape_timeout__ are rewritten',
		`
		${sets('__scrape_interval__', '10s')}
		${sets('__scrape_timeout__', '3s')}`
	),
	relabeled(
		'__scrape_timeout__ above the interval refuses the target',
		sets('__scrape_timeout__', '20s')
	),
	relabeled(
		'__scrape_interval__ that is no duration refuses the target',
		sets('__scrape_interval__', 'often')
	),
	relabeled('__scrape_interval__ of 0 refuses the target', sets('__scrape_interval__', '0s')),
	relabeled('an address that is made empty refuses the target', sets('__address__', '')),
	relabeled('an address with a path refuses the target', sets('__address__', '10.0.0.1/x')),
	relabeled('labels with two underscores are gone after the rules', sets('__mine', 'x')),
	relabeled(
		'a meta label becomes a label',
		`
		- {source_labels: [__meta_zone], target_label: zone}
		- {action: labelmap, regex: '__meta_(.+)', replacement: 'meta_\${1}'}`
	),
	relabeled('keep', "- {action: keep, source_labels: [__address__], regex: '10.0.0.2.*'}"),
	relabeled('drop', "- {action: drop, source_labels: [__address__], regex: '10.0.0.2.*'}"),
	relabeled('all targets are dropped', "- {action: drop, source_labels: [env], regex: 'prod'}"),
	relabeled(
		'keepequal',
		`
		- {source_labels: [__address__], target_label: same, regex: '(10.0.0.1).*'}
		- {source_labels: [__address__], target_label: __tmp, replacement: '10.0.0.1'}
		- {action: keepequal, source_labels: [__tmp], target_label: same}`
	),
	relabeled(
		'dropequal',
		`
		- {source_labels: [__address__], target_label: same, regex: '(10.0.0.1).*'}
		- {source_labels: [__address__], target_label: __tmp, replacement: '10.0.0.1'}
		- {action: dropequal, source_labels: [__tmp], target_label: same}`
	),
	relabeled(
		'hashmod',
		`
		- {action: hashmod, source_labels: [__address__], modulus: 7, target_label: shard}`
	),
	relabeled(
		'labeldrop and labelkeep',
		`
		- {action: labeldrop, regex: 'env'}
		- {action: labelkeep, regex: '__.*|job'}`
	),
	relabeled(
		'lowercase and uppercase',
		`
		- {action: uppercase, source_labels: [env], target_label: ENV}
		- {action: lowercase, source_labels: [ENV, job], target_label: both}`
	),
	relabeled(
		'rules that make two targets one',
		`
		- {target_label: __address__, replacement: '${C}'}
		- {target_label: instance, replacement: 'one'}`
	),
	relabeled(
		'two targets of the same labels but other URLs',
		`
		- {target_label: instance, replacement: 'one'}`
	),
	relabeled('a target that is listed twice is scraped once', sets('unused', 'x'), [A, A, B]),
	{
		title: 'a target of two static configs with other labels is two targets',
		config: config([
			`- job_name: app
  static_configs:
  - {targets: ['${A}'], labels: {group: one}}
  - {targets: ['${A}'], labels: {group: two}}
  - {targets: ['${A}'], labels: {group: one}}
`
		]),
		targets: { [A]: PAGES },
		end: 60
	},
	{
		title: 'static labels may set the path, the interval and parameters',
		config: config([
			`- job_name: app
  static_configs:
  - {targets: ['${A}'], labels: {__metrics_path__: /p, __scrape_interval__: 5s, __scrape_timeout__: 1s, __param_x: y, job: mine}}
`
		]),
		targets: { [A]: PAGES },
		end: 60
	},
	{
		title: 'addresses without a port, names of hosts, and IPv6',
		config: config([
			job('app', ['shop.example', 'shop.example:8080', '[::1]:8080', '[::1]', 'localhost'])
		]),
		targets: {
			'shop.example:80': PAGES,
			'shop.example:8080': PAGES,
			'[::1]:8080': PAGES,
			'[::1]:80': PAGES,
			'localhost:80': PAGES
		},
		end: 60
	},
	{
		title: 'a job without targets',
		config: config([job('app', []), job('other', [A])]),
		targets: { [A]: PAGES },
		end: 60
	},
	{
		title: 'https without relabelling',
		config: oneJob('scheme: https'),
		targets: { '10.0.0.1:8080': [REFUSED] },
		end: 60
	},
	{
		title: 'target_limit exceeded: no target of the job is asked',
		config: config([job('app', [A, B], 'target_limit: 1'), job('two', [A, B], 'target_limit: 2')]),
		targets: { [A]: PAGES, [B]: PAGES },
		end: 60
	},
	{
		title: 'target_limit counts what the rules leave, and no duplicates',
		config: config([
			job('app', [A, A], 'target_limit: 1'),
			job(
				'two',
				[A, B, C],
				`
			target_limit: 2
			relabel_configs:
			- {action: drop, source_labels: [__address__], regex: '${C}'}
		`
			)
		]),
		targets: { [A]: PAGES, [B]: PAGES },
		end: 60
	}
];
