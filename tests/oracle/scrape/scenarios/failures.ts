import type { Scenario } from '../scenario.ts';
import {
	A,
	bytes,
	CLOSED,
	oneJob,
	OPEN_METRICS,
	openMetrics,
	page,
	REFUSED,
	status
} from '../write-scenario.ts';

const GOOD = page('a 1\nb 1\n');

/** A good scrape, two that fail, and good ones after them. */
function fails(
	title: string,
	failure: Scenario['targets'][string][number],
	settings = ''
): Scenario {
	return {
		title,
		config: oneJob(settings),
		targets: { [A]: [GOOD, failure, failure, GOOD] },
		end: 90
	};
}

/** Scrapes that fail: nothing is stored of them but their report, and all series end. */
export const FAILURES: readonly Scenario[] = [
	fails('an answer with status 500 fails the scrape', status(500)),
	fails('an answer with status 404 fails the scrape', status(404)),
	fails('an answer with status 204 fails the scrape', page('', { status: 204 })),
	fails('a refused connection fails the scrape', REFUSED),
	fails('a connection that is refused after a while', { ...REFUSED, latency: 2_500 }),
	fails('a connection that is closed without an answer fails the scrape', CLOSED),
	fails('a connection that is closed after a while', { ...CLOSED, latency: 700 }),
	fails('an answer that comes after the timeout', page('a 9\n', { latency: 10_500 })),
	fails(
		'a timeout of its own',
		page('a 9\n', { latency: 2_001 }),
		'scrape_timeout: 2s\nscrape_interval: 10s'
	),
	{
		title: 'a target that is gone for good stays with `up` 0',
		config: oneJob(),
		targets: { [A]: [GOOD, GOOD, REFUSED] },
		end: 120
	},
	{
		title: 'a target that was never there has a report and nothing else',
		config: oneJob(),
		targets: {},
		end: 60
	},
	fails('an empty page is a good scrape that shows nothing', page('')),
	fails('an empty page of no content type is good as well', page('', { contentType: '' })),
	fails('a page of comments alone shows nothing', page('# nothing\n')),
	fails('a page of OpenMetrics without a sample shows nothing', openMetrics('')),
	fails('a fault in the middle of a page', page('a 2\nb{ 3\nc 4\n')),
	fails('a fault after a series that was new', page('c 2\na 2\nb{ 3\n')),
	fails('a fault in the first line', page('}{\na 2\nb 2\n')),
	fails('a line that is cut off', page('a 2\nb')),
	fails('a page of something else', page('<html><body>no</body></html>\n')),
	fails('a value that is no number', page('a 2\nb two\n')),
	fails('a label value that is not UTF-8', page(bytes('a 2\nb{x="\xff"} 3\n'))),
	fails('a name that is not UTF-8', page(bytes('a 2\n\xff 3\n'))),
	fails('a label that is there twice', page('a 2\nb{x="1",x="2"} 3\n')),
	fails('OpenMetrics without its end', page('a 2\nb 2\n', { contentType: OPEN_METRICS })),
	fails('OpenMetrics with lines after its end', openMetrics('a 2\n# EOF\nb 2')),
	fails('OpenMetrics with a blank line', openMetrics('a 2\n\nb 2')),
	fails('OpenMetrics with a counter that lacks its suffix', openMetrics('# TYPE a counter\na 2')),
	{
		title: 'series met before the fault of a page are not marked, the others are',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1\nb 1\nc 1\nd 1\n'),
				page('b 2\nd 2\n}\n'),
				page('c 2\n}\n'),
				REFUSED,
				page('a 5\n'),
				page('a 6\nb 6\nc 6\n}\n'),
				page('c 7\n')
			]
		},
		end: 130
	},
	{
		title: 'what only failing pages have shown is not marked when it goes',
		config: oneJob(),
		targets: { [A]: [page('a 1\n'), page('x 2\na 2\n}\n'), page('y 3\n}\n'), page('a 4\nx 4\n')] },
		end: 100
	},
	{
		title: 'a first scrape that fails in the middle leaves no series',
		config: oneJob(),
		targets: { [A]: [page('a 1\nb 1\n}\n'), page('a 2\nb 2\n}\n'), page('a 3\nb 3\n')] },
		end: 80
	},
	{
		title: 'a failing target whose pages take time reports how long they took',
		config: oneJob(),
		targets: {
			[A]: [
				page('a 1\n}\n', { latency: 123 }),
				{ ...status(503), latency: 456 },
				page('', { latency: 789 })
			]
		},
		end: 60
	}
];
