import { spawnSync } from 'node:child_process';
import { toWire, type DataSet } from '../data-set.ts';
import { treeText } from '../query-tree.ts';
import type { TestQuery } from '../random-query.ts';

/** What was counted for a query; undefined when it failed. */
export interface Counts {
	readonly total: number;
	readonly read: number;
	readonly peak: number;
	readonly totalPerStep: readonly number[];
	readonly readPerStep: readonly number[];
}

/** Queries over one data set. */
export interface Batch {
	readonly data: DataSet;
	readonly queries: readonly TestQuery[];
}

/** What Prometheus' engine counts for the queries of each batch (tests/oracle/stats.go). */
export function countWithPrometheus(
	program: string,
	batches: readonly Batch[]
): (Counts | undefined)[][] {
	const input = batches.map(({ data, queries }) =>
		JSON.stringify({
			...toWire(data),
			queries: queries.map(({ tree, start, end, step, lookback, features }) => ({
				query: treeText(tree, data.base),
				start: data.base + start,
				end: data.base + end,
				step,
				lookback,
				features
			}))
		})
	);
	const { stdout, status } = spawnSync(program, ['stats'], {
		input: `${input.join('\n')}\n`,
		encoding: 'utf8',
		maxBuffer: 1 << 30
	});
	if (status !== 0) throw new Error(`the Go program has ended with status ${status}`);
	const lines = stdout.trimEnd().split('\n');
	if (lines.length !== batches.length)
		throw new Error('the Go program has not answered every batch');
	return lines.map((line) =>
		(JSON.parse(line) as (Counts & { failed?: boolean })[]).map((one) =>
			one.failed ? undefined : one
		)
	);
}
