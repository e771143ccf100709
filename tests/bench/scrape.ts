import { createTextParser } from '#engine/exposition';
import { labels } from '#engine/model';
import { ScrapeLoop, ScrapeMemory, type ScrapeResponse } from '#engine/scrape';
import { Head } from '#engine/tsdb';

const SERIES = 10_000;
const INTERVAL = 15_000;
const SCRAPES = 60;
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A page of 10,000 counters with four labels, a third of them with fractions, as its kth scrape shows it. */
function pageAt(k: number): Uint8Array {
	const lines = Array.from({ length: SERIES }, (_, i) => {
		const value = i % 3 === 0 ? k * 1.37 + i / 7 : k * 17 + i;
		return `http_requests_total{method="GET",endpoint="/api/orders/${i % 100}",status="200",pod="shop-${i}"} ${value}\n`;
	});
	return new TextEncoder().encode(`# TYPE http_requests_total counter\n${lines.join('')}`);
}

/** Prints what one scrape of a target with 10,000 series costs: the first one, and those that follow. */
export async function benchScrape(print: (line: string) => void = console.log): Promise<void> {
	const pages = Array.from({ length: SCRAPES }, (_, k) => pageAt(k));
	const parser = createTextParser();
	const parsing = pages.map((body) => time(() => parser.parse(body, CONTENT_TYPE)));

	let body = pages[0] as Uint8Array;
	const loop = new ScrapeLoop({
		target: {
			labels: labels({ job: 'shop', instance: '10.0.0.1:8000' }),
			url: 'http://10.0.0.1:8000/metrics',
			scrape: async (): Promise<ScrapeResponse> => ({
				ok: true,
				status: 200,
				contentType: CONTENT_TYPE,
				body,
				duration: 10
			})
		},
		memory: new ScrapeMemory(new Head().appender()),
		timeout: INTERVAL
	});
	const scraping: number[] = [];
	for (const [k, page] of pages.entries()) {
		body = page;
		const start = performance.now();
		await loop.scrapeAt(k * INTERVAL);
		scraping.push(performance.now() - start);
	}
	const megabytes = (pages[0] as Uint8Array).length / 1e6;
	print(
		`scrape, ${SERIES} series, ${megabytes.toFixed(2)} MB; Prometheus takes 8.2 ms for each but the first`
	);
	print(`first: parse           ${ms(parsing[0] as number)}`);
	print(`first: parse + append  ${ms(scraping[0] as number)}`);
	print(`then:  parse           ${ms(median(parsing.slice(10)))}`);
	print(`then:  parse + append  ${ms(median(scraping.slice(10)))}`);
}

function time(run: () => unknown): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}

function median(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[times.length >> 1] as number;
}

function ms(milliseconds: number): string {
	return `${milliseconds.toFixed(2)} ms`;
}
