import { readOpenMetricsDump, storeSamples } from '#engine/exposition';
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
	const dump = readOpenMetricsDump(readInput(path));
	if (!dump.ok) {
		const problems = dump.problems.map(
			({ line, column, message }) => `${path}:${line}:${column}: ${message}`
		);
		throw new UsageError(problems.join('\n'));
	}
	const head = new Head();
	const range = storeSamples(head.appender(), dump.series);
	if (!range) throw new UsageError(`${path}: there is no sample in it`);
	return { head, metadata: dump.metadata, start: range.start, end: range.end };
}
