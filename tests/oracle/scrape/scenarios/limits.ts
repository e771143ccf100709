import type { Scenario } from '../scenario.ts';
import { A, oneJob, page, REFUSED } from '../write-scenario.ts';

const TWO = page('a 1\nb 1\n');
const THREE = page('a 1\nb 1\nc 1\n');
/** 20 bytes. */
const SIZED = page('a{x="0123456789"} 1\n');

/** Limits of a job, and the report with and without what is extra. */
export const LIMITS: readonly Scenario[] = [
	{
		title: 'sample_limit: exactly met, then exceeded, then met again',
		config: oneJob('sample_limit: 2'),
		targets: { [A]: [TWO, THREE, THREE, TWO] },
		end: 90
	},
	{
		title: 'sample_limit: exceeded from the start',
		config: oneJob('sample_limit: 2'),
		targets: { [A]: [THREE, THREE, TWO, page('b 1\n')] },
		end: 90
	},
	{
		title: 'sample_limit: exceeded with the known series last',
		config: oneJob('sample_limit: 2'),
		targets: {
			[A]: [
				TWO,
				page('x 1\ny 1\na 1\nb 1\n'),
				page('y 2\nx 2\nz 2\n'),
				page('a 1\n'),
				page('a 1\nx 1\n')
			]
		},
		end: 110
	},
	{
		title: 'sample_limit: met once relabelling has dropped the rest',
		config: oneJob(`
			sample_limit: 2
			metric_relabel_configs:
			- {action: drop, source_labels: [__name__], regex: c}
		`),
		targets: { [A]: [THREE, page('c 1\nc 2\na 1\nd 1\ne 1\n'), THREE] },
		end: 80
	},
	{
		title: 'sample_limit: a page beyond it that has a fault as well',
		config: oneJob('sample_limit: 2'),
		targets: { [A]: [TWO, page('a 1\nb 1\nc 1\n}\nd 1\n'), TWO] },
		end: 80
	},
	{
		title: 'sample_limit: series that end do not count',
		config: oneJob('sample_limit: 2'),
		targets: { [A]: [TWO, page('c 1\nd 1\n'), page('e 1\nf 1\n')] },
		end: 80
	},
	{
		title: 'body_size_limit: a page of as many bytes is too big, one less is not',
		config: oneJob('body_size_limit: 20B\nextra_scrape_metrics: true'),
		targets: {
			[A]: [page('a{x="012345678"} 1\n'), SIZED, page('a{x="0123456789"} 2\nb 2\n'), page('a 1\n')]
		},
		end: 90
	},
	{
		title: 'body_size_limit: one byte above is fine',
		config: oneJob('body_size_limit: 21B'),
		targets: { [A]: [SIZED] },
		end: 50
	},
	{
		title: 'body_size_limit: also of pages that are no pages, but not of other statuses',
		config: oneJob('body_size_limit: 10B\nextra_scrape_metrics: true'),
		targets: {
			[A]: [
				page('<html></html>'),
				page('0123456789abc', { status: 500 }),
				page('x', { contentType: '' })
			]
		},
		end: 80
	},
	{
		title: 'label_limit: the labels of the target and the name count',
		config: oneJob('label_limit: 4'),
		targets: {
			[A]: [page('a{x="1"} 1\nb 1\n'), page('a{x="1"} 2\nb{x="1",y="2"} 1\nc 1\n'), page('b 1\n')]
		},
		end: 80
	},
	{
		title: 'label_limit: met once relabelling has dropped labels',
		config: oneJob(`
			label_limit: 3
			metric_relabel_configs:
			- {action: labeldrop, regex: x|y}
		`),
		targets: { [A]: [page('a{x="1"} 1\nb{x="1",y="2"} 1\n'), page('a{z="1"} 2\n')] },
		end: 60
	},
	{
		title: 'label_name_length_limit: in bytes, with the names of the target',
		config: oneJob('label_name_length_limit: 8'),
		targets: {
			[A]: [
				page('a{abcdefgh="1"} 1\n'),
				page('b 1\na{abcdefghi="1"} 1\n'),
				page('{"b","ééééé"="1"} 1\n')
			]
		},
		end: 80
	},
	{
		title: 'label_name_length_limit: `instance` is too long for it, but not for the report',
		config: oneJob('label_name_length_limit: 7'),
		targets: { [A]: [page('a 1\n')] },
		end: 50
	},
	{
		title: 'label_value_length_limit: in bytes, with the name of the metric',
		config: oneJob('label_value_length_limit: 13'),
		targets: {
			[A]: [
				page('abcdefghijklm 1\n'),
				page('abcdefghijklmn 1\n'),
				page('a{x="0123456789abc"} 1\n'),
				page('b 1\na{x="0123456789abcd"} 1\n'),
				page('a{x="ééééééé"} 1\n')
			]
		},
		end: 110
	},
	{
		title:
			'a limit on labels: what comes before it in the page is rolled back, known series pass unseen',
		config: oneJob('label_limit: 3'),
		targets: {
			[A]: [
				page('a 1\nb 1\n'),
				page('b 2\nc 2\nd{x="1"} 2\na 2\n'),
				page('c 3\n'),
				page('c 4\nb{x="1"} 4\n')
			]
		},
		end: 100
	},
	{
		title: 'extra_scrape_metrics: timeout, limit and size',
		config: oneJob('extra_scrape_metrics: true\nsample_limit: 2\nscrape_timeout: 1500ms'),
		targets: {
			[A]: [
				TWO,
				THREE,
				REFUSED,
				page(''),
				page('a 1\n}\n'),
				page('a 1', { latency: 1_600 }),
				page('é 1\n')
			]
		},
		end: 120
	},
	{
		title: 'extra_scrape_metrics for all jobs',
		config: oneJob('', 'extra_scrape_metrics: true'),
		targets: { [A]: [TWO] },
		end: 50
	},
	{
		title: 'limits of the global section hold for jobs that say nothing',
		config: oneJob('', 'sample_limit: 2\nlabel_limit: 9'),
		targets: { [A]: [TWO, THREE, TWO] },
		end: 80
	}
];
