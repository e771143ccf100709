import { expect, it } from 'vitest';
import { runTrial, type TrialGraph } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';
import { shopFiles, shopWorld } from './shop.ts';

const world = shopWorld();

async function graphsOf(graphs: readonly TrialGraph[], duration = 2 * MINUTE) {
	const outcome = await runTrial(
		{ world, seed: 3, files: shopFiles, duration, graphs },
		({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
	);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
	return outcome.evidence.graphs;
}

it('a graph of a trial is asked for at even moments, the last of them the end', async () => {
	const [graph] = await graphsOf([{ query: 'time()', steps: 60 }]);
	if (graph?.status !== 'success') throw new Error('no answer');
	const { grid, series } = graph.data;
	expect(grid).toMatchObject({ start: world.start + 2 * SECOND, step: 2 * SECOND, count: 60 });
	expect(series[0]?.values[59]).toBe((world.start + 2 * MINUTE) / SECOND);
});

it('a graph of one step is the end alone', async () => {
	const [graph] = await graphsOf([{ query: 'count(up == 1)', steps: 1 }]);
	if (graph?.status !== 'success') throw new Error('no answer');
	expect(graph.data.grid).toMatchObject({ start: world.start + 2 * MINUTE, count: 1 });
	expect([...(graph.data.series[0]?.values ?? [])]).toEqual([3]);
});

it('a trial that is no multiple of its steps still ends with its end', async () => {
	const [graph] = await graphsOf([{ query: 'time()', steps: 7 }], 100_001);
	if (graph?.status !== 'success') throw new Error('no answer');
	expect(graph.data.series[0]?.values[6]).toBe((world.start + 100_001) / SECOND);
});

it('a graph that cannot be drawn says why in the words of Prometheus, and the others are drawn', async () => {
	const [bad, good] = await graphsOf([
		{ query: 'rate(up)', steps: 2 },
		{ query: 'up', steps: 2 }
	]);
	expect(bad).toMatchObject({
		status: 'error',
		error: expect.stringContaining('expected type range vector')
	});
	expect(good?.status).toBe('success');
});
