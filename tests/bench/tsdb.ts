import { labels, type Appender, type SeriesRef } from '#engine/model';
import { Head } from '#engine/tsdb';
import { benchSealed } from './tsdb-sealed.ts';

const SERIES = 10_000;
const ROWS = 240;
const INTERVAL = 15_000;

/** Prints what appending costs for each sample and selecting for each query, on a target with 10,000 series. */
export function benchTsdb(print: (line: string) => void = console.log): void {
	const head = new Head();
	const appender = head.appender();
	const created = time(() => references(appender));
	const first = time(() => appendRows(appender, created.value, 0, 1));
	const cold = time(() => appendRows(appender, created.value, 1, ROWS));
	const warm = time(() => appendRows(appender, created.value, ROWS, 2 * ROWS));
	print(`ref, new series      ${ns(created.ms / SERIES)} ns`);
	print(`append, first sample ${ns(first.ms / SERIES)} ns`);
	print(`append, ${ROWS} rows     ${rate(cold.ms, SERIES * (ROWS - 1))}`);
	print(`append, next ${ROWS}     ${rate(warm.ms, SERIES * ROWS)}`);
	printSelects(head, print);
	print(`size                 ${(head.stats().bytes / 2 ** 20).toFixed(1)} MiB`);
	benchSealed(print);
}

function printSelects(head: Head, print: (line: string) => void): void {
	const name = { name: '__name__', type: '=', value: 'http_requests_total' } as const;
	const queries = [
		['all 10,000', [name]],
		['1,000 by job', [name, { name: 'job', type: '=', value: 'job-3' }]],
		['one', [name, { name: 'series', type: '=', value: '77' }]],
		['by expression', [name, { name: 'series', type: '=~', value: '1[0-9]+7' }]],
		['by negation', [name, { name: 'job', type: '!=', value: 'job-3' }]]
	] as const;
	for (const [what, matchers] of queries) {
		const once = () => head.select(matchers, 60 * INTERVAL, 180 * INTERVAL);
		const found = once().length;
		const best = Math.min(...Array.from({ length: 20 }, () => time(once).ms));
		print(`select ${what.padEnd(13)} ${(best * 1000).toFixed(0)} us, ${found} series`);
	}
}

function references(appender: Appender): SeriesRef[] {
	return Array.from({ length: SERIES }, (_, i) =>
		appender.ref(
			labels({
				__name__: 'http_requests_total',
				instance: '10.0.0.1:8000',
				job: `job-${i % 10}`,
				series: String(i)
			})
		)
	);
}

function appendRows(
	appender: Appender,
	refs: readonly SeriesRef[],
	from: number,
	to: number
): void {
	for (let row = from; row < to; row++) {
		appender.begin(row * INTERVAL);
		for (let i = 0; i < refs.length; i++) appender.add(refs[i] as SeriesRef, row + i);
		appender.commit();
	}
}

function time<T>(run: () => T): { value: T; ms: number } {
	const started = performance.now();
	const value = run();
	return { value, ms: performance.now() - started };
}

function rate(ms: number, samples: number): string {
	return `${ns(ms / samples)} ns/sample, ${(samples / ms / 1000).toFixed(1)} M samples/s`;
}

function ns(ms: number): string {
	return (ms * 1e6).toFixed(1);
}
