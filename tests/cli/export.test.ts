import { describe, expect, it } from 'vitest';
import { exportSamples } from '../../src/cli/export.ts';
import { openSource } from '../../src/cli/source.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { readOpenMetricsDump } from '#engine/exposition';
import { labelsKey, SAMPLE, type SeriesColumns } from '#engine/model';

async function exported(...args: string[]): Promise<string> {
	let text = '';
	await exportSamples(args, (piece) => void (text += piece));
	return text;
}

/** The samples of each series, staleness markers left out, which OpenMetrics cannot say. */
function samplesOf(series: readonly SeriesColumns[]): Map<string, (readonly [number, number])[]> {
	const all = new Map<string, (readonly [number, number])[]>();
	for (const { labels, times, values, marks, start, end } of series) {
		const rows = Array.from({ length: end - start }, (_, i) => start + i);
		const samples = rows.filter((row) => (marks?.[row] ?? SAMPLE) === SAMPLE);
		all.set(
			labelsKey(labels),
			samples.map((row) => [times[row] as number, values[row] as number])
		);
	}
	return all;
}

describe('lab export', () => {
	it('prints every sample of a world, to be read back as it was', { timeout: 20_000 }, async () => {
		const text = await exported('--until', '3m', '--seed', '2');
		expect(text).toContain('# TYPE http_requests counter\n');
		expect(text).toContain('# TYPE http_request_duration_seconds histogram\n');
		expect(text.endsWith('# EOF\n')).toBe(true);
		const dump = readOpenMetricsDump(new TextEncoder().encode(text));
		if (!dump.ok) throw new Error(dump.problems[0]?.message);
		const world = await openSource({ until: '3m', seed: '2' });
		const expected = samplesOf(world.querier.select([], 0, 2 ** 53));
		expect(expected.size).toBeGreaterThan(100);
		expect(samplesOf(dump.series)).toEqual(expected);
	});

	it.each([
		[['--port', '1'], 'unknown option'],
		[['up'], 'export takes no query and no file: "up" is left over'],
		[['--until', 'soon'], '--until must be a duration']
	])('refuses %j', async (args, message) => {
		const failure = exportSamples(args, () => {});
		await expect(failure).rejects.toThrow(UsageError);
		await expect(failure).rejects.toThrow(message);
	});
});
