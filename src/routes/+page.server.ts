import { Lab, parseWorld } from '#engine/lab';
import { createTypeScriptRunner } from '#runners/typescript';
import type { PageServerLoad } from './$types';
import { demo, demoGrid, EDGE, edgeQuery, TRUTH_QUERY } from './edge-demo.ts';

/**
 * The chart's first frame, computed when the page is built: what a visitor sees before any script has run. The lab in the
 * tab lives through the same history, so it goes on from exactly there.
 */
export const load: PageServerLoad = async () => {
	const parsed = parseWorld(demo.world);
	if (!parsed.ok) throw new Error(`the world of the home page: ${parsed.problems[0]?.message}`);
	const { world } = parsed;
	const lab = new Lab({
		world,
		seed: demo.seed,
		createRunner: ({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
	});
	await lab.deploy(demo.files);
	await lab.advance(lab.now + demo.headStart);
	const grid = demoGrid(lab.now);
	const answer = await lab.api.queryRange({
		query: edgeQuery(EDGE.start),
		start: String(grid.start / 1000),
		end: String((grid.start + (grid.count - 1) * grid.step) / 1000),
		step: String(grid.step / 1000)
	});
	if (answer.status === 'error') throw new Error(answer.error);
	const [measured] = answer.data.series;
	const [truth] = lab.truthOf(TRUTH_QUERY, grid) ?? [];
	if (!measured || !truth) throw new Error('the home page has nothing to show');
	// Copies, because the columns of a result share their memory, and what is written into the page would be all of it.
	return {
		grid,
		measured: measured.values.slice(),
		present: measured.present.slice(),
		truth: truth.values.slice()
	};
};
