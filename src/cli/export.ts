import { once } from 'node:events';
import { writeOpenMetricsDump } from '#engine/exposition';
import type { MetricMetadata, SeriesColumns } from '#engine/model';
import { readExportArguments } from './options.ts';
import { openSource, type Source } from './source.ts';

/** Takes a piece of the text; what it returns is waited for before the next one. */
export type Write = (piece: string) => Promise<void> | void;

/**
 * `lab export`: all samples of a world with their timestamps, as OpenMetrics text that `promtool tsdb create-blocks-from openmetrics` makes
 * blocks of, on standard output. Wrong options and files throw a UsageError.
 */
export async function exportSamples(
	args: readonly string[],
	write: Write = toStandardOutput
): Promise<undefined> {
	const source = await openSource(readExportArguments(args));
	const series = source.querier.select([], -EVER, EVER);
	tellLeftOut(series);
	for (const piece of writeOpenMetricsDump(series, await metadataOf(source))) await write(piece);
}

/** A line on standard error about what OpenMetrics text cannot say. */
function tellLeftOut(series: readonly SeriesColumns[]): void {
	const count = series.filter(({ histograms, start, end }) =>
		histograms?.slice(start, end).some((one) => one !== undefined)
	).length;
	if (count === 0) return;
	console.error(
		`lab: ${count} series of native histograms are left out: OpenMetrics text has no lines for them`
	);
}

/** All of time. */
const EVER = 2 ** 53;

async function metadataOf({ api }: Source): Promise<Map<string, MetricMetadata>> {
	const answer = await api.metadata({});
	if (answer.status === 'error') throw new Error(answer.error);
	return new Map(
		Object.entries(answer.data).flatMap(([name, [first]]) => (first ? [[name, first]] : []))
	);
}

async function toStandardOutput(piece: string): Promise<void> {
	if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}
