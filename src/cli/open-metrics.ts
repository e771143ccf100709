import { createTextParser, type ParsedPage } from '#engine/exposition';
import type { MetricMetadata, Timestamp } from '#engine/model';
import { Head } from '#engine/tsdb';
import { readInput } from './files.ts';
import { UsageError } from './usage-error.ts';

/** Samples from a file, what it says of its metrics, and the first and last moment among the samples. */
export interface LoadedSamples {
	readonly head: Head;
	readonly metadata: ReadonlyMap<string, MetricMetadata>;
	readonly start: Timestamp;
	readonly end: Timestamp;
}

/** Loads a file in OpenMetrics format, every sample of which must carry a timestamp. Throws a UsageError. */
export function loadOpenMetrics(path: string): LoadedSamples {
	const page = createTextParser().parse(
		readInput(path),
		'application/openmetrics-text; version=1.0.0; charset=utf-8'
	);
	if (!page.ok) throw new UsageError(`${path}:${page.line}:${page.column}: ${page.message}`);
	if (page.values.length === 0) throw new UsageError(`${path}: there is no sample in it`);
	const times = timesOf(path, page);
	const order = [...times.keys()].sort((a, b) => times[a]! - times[b]!);
	const head = new Head();
	append(head, page, times, order, path);
	const { metadata } = page;
	return { head, metadata, start: times[order[0]!]!, end: times[order.at(-1)!]! };
}

function timesOf(path: string, page: ParsedPage): Float64Array {
	const without = page.timestamps?.findIndex(Number.isNaN) ?? 0;
	if (page.timestamps && without === -1) return page.timestamps;
	const { name } = page.series[without]!;
	throw new UsageError(
		`${path}: sample ${without + 1}, of ${name}, has no timestamp: write it in seconds after the value`
	);
}

/** One row for each moment, so that series that were sampled together share a column of timestamps. */
function append(
	head: Head,
	page: ParsedPage,
	times: Float64Array,
	order: readonly number[],
	path: string
): void {
	const appender = head.appender();
	let row = NaN;
	for (const i of order) {
		if (times[i] !== row) {
			if (!Number.isNaN(row)) appender.commit();
			row = times[i]!;
			appender.begin(row);
		}
		const outcome = appender.add(appender.ref(page.series[i]!.labels), page.values[i]!);
		if (outcome === 'duplicate timestamp') {
			const { name } = page.series[i]!;
			throw new UsageError(`${path}: ${name} has two different values at ${row / 1000}`);
		}
	}
	appender.commit();
}
