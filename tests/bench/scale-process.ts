import { createApi } from '#engine/api';
import { labels } from '#engine/model';
import { ScrapeLoop, ScrapeMemory } from '#engine/scrape';
import { Head } from '#engine/tsdb';

/**
 * `node --expose-gc scale.js SERIES`: so many live series through the scrape loops of targets with 10,000 each, four scrapes, queries, and the
 * status lists; and what all of it takes.
 */
const SERIES = Number(process.argv[2]);
const PER_TARGET = 10_000;
const SCRAPES = 4;
const INTERVAL = 15_000;
const MIB = 2 ** 20;

const QUERIES = [
	'count(http_requests_total)',
	'topk(5, http_requests_total)',
	'sum(rate(http_requests_total[1m]))'
];

const empty = memory();
const head = new Head();
const PAGE = Buffer.alloc(2 * MIB);
let body: Uint8Array = PAGE.subarray(0, 0);
const loops = Array.from({ length: SERIES / PER_TARGET }, (_, target) => loopOf(target));

const ingested = await timed(async () => {
	for (let scrape = 0; scrape < SCRAPES; scrape++) {
		for (const [target, loop] of loops.entries()) {
			body = pageOf(target, scrape);
			const { error } = await loop.scrapeAt(scrape * INTERVAL + target);
			if (error !== undefined) throw new Error(error);
		}
	}
});
const live = memory();
print(
	`${SERIES} series in ${loops.length} targets, scraped ${SCRAPES} times: ${seconds(ingested)}`
);

const now = SCRAPES * INTERVAL;
const api = createApi({ querier: head, now: () => now, metadata: () => [], pools: () => [] });
for (const query of QUERIES) {
	const ms = await timed(async () => {
		const answer = await api.query({ query });
		if (answer.status === 'error') throw new Error(answer.error);
	});
	print(`  ${query.padEnd(36)} ${seconds(ms)}`);
}
const ms = await timed(async () => {
	const { seriesCountByMetricName } = head.stats();
	if (seriesCountByMetricName[0]?.value !== SERIES) throw new Error('series are missing');
});
print(`  ${'status lists'.padEnd(36)} ${seconds(ms)}`);

const { total, ...parts } = head.size();
const perSeries = (bytes: number) => `${(bytes / SERIES).toFixed(0)} B`;
const places = Object.entries(parts)
	.filter(([, bytes]) => bytes > 0)
	.map(([part, bytes]) => `${part} ${perSeries(bytes)}`);
print(`  stored, as counted        ${perSeries(total)} a series: ${places.join(', ')}`);
loops.length = 0;
const stored = memory();
print(`  stored, as measured       ${perSeries(stored.used - empty.used)} a series`);
print(`  scrape loops              ${perSeries(live.used - stored.used)} a series`);
const peak = process.resourceUsage().maxRSS * 1024;
print(`  the process at its peak   ${mib(peak)}, of which Node itself ${mib(empty.resident)}`);

function loopOf(target: number): ScrapeLoop {
	return new ScrapeLoop({
		target: {
			labels: labels({ job: 'shop', instance: `10.0.0.${target}:8000` }),
			url: `http://10.0.0.${target}:8000/metrics`,
			scrape: async () => ({
				ok: true,
				status: 200,
				contentType: 'text/plain; version=0.0.4',
				body,
				duration: 10
			})
		},
		timeout: INTERVAL,
		memory: new ScrapeMemory(head.appender())
	});
}

/** Counters with four labels, one of them unlike all others. Written in place: the page is no part of what is measured. */
function pageOf(target: number, scrape: number): Uint8Array {
	let length = PAGE.write('# TYPE http_requests_total counter\n');
	for (let i = 0; i < PER_TARGET; i++) {
		const user = target * PER_TARGET + i;
		length += PAGE.write(
			`http_requests_total{method="GET",endpoint="/api/orders/${i % 10}",status="${i % 3 ? 200 : 500}",user_id="u${user}"} ${scrape * 17 + i}\n`,
			length
		);
	}
	return PAGE.subarray(0, length);
}

interface Memory {
	readonly used: number;
	readonly resident: number;
}

function memory(): Memory {
	globalThis.gc?.();
	globalThis.gc?.();
	const { heapUsed, external, rss } = process.memoryUsage();
	return { used: heapUsed + external, resident: rss };
}

async function timed(run: () => Promise<void>): Promise<number> {
	const start = performance.now();
	await run();
	return performance.now() - start;
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}

function mib(bytes: number): string {
	return `${(bytes / MIB).toFixed(0)} MiB`;
}

function print(line: string): void {
	console.log(line);
}
