import { expect, it } from 'vitest';
import { runTrial, type TrialGraph } from '#engine/lab';
import { labelValue, metricName, MINUTE, SECOND } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';
import { shopFiles, shopWorld } from './shop.ts';

const world = shopWorld();

async function evidenceOf(graphs: readonly TrialGraph[], duration = 2 * MINUTE) {
	const outcome = await runTrial(
		{ world, seed: 3, files: shopFiles, duration, graphs },
		({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
	);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
	return outcome.evidence;
}

async function graphsOf(graphs: readonly TrialGraph[], duration?: number) {
	return (await evidenceOf(graphs, duration)).graphs;
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

it('every request has its latency, which is what a handler that times all of itself sums up', async () => {
	const { truth, pages } = await evidenceOf([], MINUTE);
	expect(truth.length).toBeGreaterThan(8);
	for (const { count, latencies } of truth) expect(latencies).toHaveLength(count);
	const endpoints = new Set(truth.map(({ endpoint }) => endpoint));
	for (const endpoint of endpoints) {
		const sums = pages.flatMap(({ samples }) =>
			samples.filter(({ labels }) => {
				const name = metricName(labels) === 'http_request_duration_seconds_sum';
				return name && labelValue(labels, 'endpoint') === endpoint;
			})
		);
		const exposed = sums.reduce((sum, { value }) => sum + value, 0);
		const own = truth.filter((requests) => requests.endpoint === endpoint);
		const truly = own.flatMap(({ latencies }) => [...latencies]).reduce((sum, one) => sum + one, 0);
		expect(exposed).toBeCloseTo(truly / SECOND, 6);
	}
});

async function trialBy(config: string, queries: readonly string[] = []) {
	return runTrial(
		{ world, seed: 3, files: shopFiles, config, duration: 2 * MINUTE, queries },
		({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
	);
}

it('a trial with a prometheus.yml scrapes by it from the beginning', async () => {
	const config =
		'scrape_configs: [{ job_name: shop, scrape_interval: 5s, static_configs: [{ targets: ["shop-1:8000"] }] }]';
	const outcome = await trialBy(config, ['count_over_time(up[2m])']);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
	const [answer] = outcome.evidence.queries;
	if (answer?.status !== 'success' || answer.data.type !== 'vector') throw new Error('no answer');
	expect(answer.data.samples.map(({ value }) => value)).toEqual([24]);
});

it('a trial with a prometheus.yml that cannot be used says why, at its line', async () => {
	expect(await trialBy('global:\n  scrape_interval: often\n')).toMatchObject({
		ok: false,
		problems: [{ line: 2, message: expect.stringContaining('often') }]
	});
});

it('knows when requests were answered, and whom', async () => {
	const outcome = await trialBy('scrape_configs: []');
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
	const { answers, truth, start, end } = outcome.evidence;
	expect(answers.at).toHaveLength(truth.reduce((sum, { count }) => sum + count, 0));
	expect(answers.at).toEqual(answers.at.toSorted());
	expect(answers.at[0]).toBeGreaterThan(start);
	expect(answers.at.at(-1)).toBeLessThanOrEqual(end);
	expect(answers.user).toHaveLength(answers.at.length);
	const users = new Set(answers.user);
	expect(users.has(1)).toBe(true);
	expect(users.size).toBeGreaterThan(100);
});

it('evidence says in which world it was found', async () => {
	const outcome = await runTrial(
		{ world, seed: 3, files: shopFiles, duration: SECOND },
		({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
	);
	expect(outcome.ok && outcome.evidence.world).toBe(world.title);
});
