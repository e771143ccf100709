import type { Scenario } from '../scenario.ts';
import { A, oneJob, page } from '../write-scenario.ts';

const PAGES = [
	page(`
		a{path="/x",code="200"} 1
		a{path="/y",code="500"} 2
		b{path="/x"} 3
		c 4
		A{Path="Q"} 5
	`),
	page('a{path="/x",code="200"} 10\nb{path="/x"} 30\nd{path="/x"} 1\n'),
	page('a{path="/x",code="200"} 100\nc 40\n')
];

/** One job whose series go through these rules; each rule is a flow mapping. */
function relabeled(title: string, ...rules: readonly string[]): Scenario {
	return {
		title: `series: ${title}`,
		config: oneJob(`metric_relabel_configs:\n${rules.map((rule) => `- {${rule}}\n`).join('')}`),
		targets: { [A]: PAGES },
		end: 70
	};
}

/** What metric_relabel_configs make of series. */
export const RELABELING: readonly Scenario[] = [
	relabeled('series are kept by a label', 'action: keep, source_labels: [path], regex: /x'),
	relabeled(
		'series are dropped by their names',
		'action: drop, source_labels: [__name__], regex: a|c'
	),
	relabeled('all series are dropped', 'action: drop, regex: .*'),
	relabeled(
		'series see the labels of their target',
		'action: keep, source_labels: [job, instance], regex: app;10.*'
	),
	relabeled(
		'the name is rewritten',
		"source_labels: [__name__], target_label: __name__, regex: '(.)', replacement: 'x_${1}'"
	),
	relabeled('the name is rewritten to one for all', 'target_label: __name__, replacement: one'),
	relabeled(
		'the name of one series is removed, which fails the scrape',
		"source_labels: [__name__], regex: c, target_label: __name__, replacement: ''"
	),
	relabeled(
		'the name of a series that comes later is removed',
		"source_labels: [__name__], regex: d, target_label: __name__, replacement: ''"
	),
	relabeled(
		'a name that is not legacy but UTF-8',
		"source_labels: [__name__], regex: c, target_label: __name__, replacement: 'c-d'"
	),
	relabeled('job and instance are removed', 'action: labeldrop, regex: job|instance'),
	relabeled(
		'job and instance are rewritten',
		'target_label: job, replacement: x',
		'target_label: instance, replacement: y'
	),
	relabeled(
		'series that become those of the report',
		'source_labels: [__name__], regex: c, target_label: __name__, replacement: up'
	),
	relabeled('labelmap', "action: labelmap, regex: 'p(.*)', replacement: 'q$1'"),
	relabeled('labelkeep', 'action: labelkeep, regex: __name__|path'),
	relabeled('labelkeep without the name fails the scrape', 'action: labelkeep, regex: path'),
	relabeled(
		'hashmod',
		'action: hashmod, source_labels: [path, code], separator: "|", modulus: 5, target_label: shard'
	),
	relabeled(
		'lowercase and uppercase',
		'action: lowercase, source_labels: [__name__], target_label: __name__',
		'action: uppercase, source_labels: [path], target_label: path'
	),
	relabeled('keepequal', 'action: keepequal, source_labels: [path], target_label: code'),
	relabeled('dropequal', 'action: dropequal, source_labels: [path], target_label: code'),
	relabeled(
		'a temporary label is stored if no rule drops it',
		'source_labels: [path], target_label: __tmp_path'
	),
	relabeled(
		'rules build on one another',
		'source_labels: [path], target_label: x',
		'source_labels: [x, code], target_label: y',
		'action: labeldrop, regex: x',
		'action: drop, source_labels: [y], regex: /y;500'
	)
];
