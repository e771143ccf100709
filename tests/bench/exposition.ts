import { createTextParser, formatText } from '#engine/exposition';
import type { ExposedSample, MetricFamily } from '#engine/model';

const SERIES = 10_000;
const PAGES = 60;
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Prints what formatting and parsing a page of 10,000 series costs: at first sight, later, and when lines come and go. */
export function benchExposition(print: (line: string) => void = console.log): void {
	const pages = Array.from({ length: PAGES }, (_, k) => encode([familyAt(k)]));
	const size = (pages[0] as Uint8Array).length / 1e6;
	const report = (what: string, ms: number) =>
		print(
			`${what.padEnd(30)} ${ms.toFixed(2).padStart(6)} ms ${((size / ms) * 1000).toFixed(0).padStart(5)} MB/s`
		);

	print(`exposition: ${SERIES} series, 4 labels, ${size.toFixed(2)} MB, medians`);
	const families = pages.map((_, k) => [familyAt(k)]);
	report('formatText', median(families.map((family) => time(() => formatText(family)))));
	report(
		'parse, first page',
		median(pages.map((page) => time(() => parse(createTextParser(), page))))
	);
	const steady = createTextParser();
	report('parse, next page', median(pages.map((page) => time(() => parse(steady, page)))));
	const churned = pages.map((_, k) => encode([familyAt(k, k % 7)]));
	const churning = createTextParser();
	report(
		'parse, lines come and go',
		median(churned.map((page) => time(() => parse(churning, page))))
	);
}

function parse(parser: ReturnType<typeof createTextParser>, page: Uint8Array): void {
	if (!parser.parse(page, CONTENT_TYPE).ok) throw new Error('the page cannot be read');
}

/** A third of the counters have fractions. The first `gone` of them are not there. */
function familyAt(k: number, gone = 0): MetricFamily {
	const samples = Array.from({ length: SERIES - gone }, (_, j) => sampleAt(j + gone, k));
	return { name: 'http_requests_total', type: 'counter', help: 'Requests.', samples };
}

function sampleAt(i: number, k: number): ExposedSample {
	const path = `/api/v1/resources/${i % 100}`;
	const labels = ['method', 'GET', 'path', path, 'status', '200', 'instance_id', `pod-${i}`];
	const value = i % 3 === 0 ? k * 1.37 + i / 7 : k * 17 + i;
	return { name: 'http_requests_total', labels, value };
}

function encode(families: readonly MetricFamily[]): Uint8Array {
	return new TextEncoder().encode(formatText(families));
}

function time(run: () => unknown): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}

function median(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[times.length >> 1] as number;
}
