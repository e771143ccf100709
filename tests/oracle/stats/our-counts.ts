import { createApi } from '#engine/api';
import { toQuerier } from '../head-store.ts';
import { treeText } from '../query-tree.ts';
import type { TestQuery } from '../random-query.ts';
import type { Batch, Counts } from './prometheus-counts.ts';

/** What our API tells of each query; undefined when it failed. */
export async function countOurselves({ data, queries }: Batch): Promise<(Counts | undefined)[]> {
	const querier = toQuerier(data);
	return Promise.all(
		queries.map(async (test) => {
			const text = treeText(test.tree, data.base);
			const api = createApi({
				querier,
				now: () => data.base,
				metadata: () => [],
				pools: () => [],
				queryOptions: () => ({ features: test.features, lookback: test.lookback }),
				perStepStatistics: true
			});
			const answer = await (test.step === 0
				? api.query({ query: text, time: seconds(data.base + test.start), stats: 'all' })
				: api.queryRange({ query: text, ...rangeOf(test, data.base), stats: 'all' }));
			const samples = answer.status === 'success' ? answer.data.stats?.samples : undefined;
			return (
				samples && {
					total: samples.totalQueryableSamples,
					read: samples.samplesRead,
					peak: samples.peakSamples,
					totalPerStep: samples.perStep?.totalQueryableSamples ?? [],
					readPerStep: samples.perStep?.samplesRead ?? []
				}
			);
		})
	);
}

function rangeOf({ start, end, step }: TestQuery, base: number) {
	return { start: seconds(base + start), end: seconds(base + end), step: seconds(step) };
}

function seconds(milliseconds: number): string {
	return String(milliseconds / 1000);
}
