import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LabSession } from '../../src/workers/lab-session.ts';
import { shopFiles, watchedRunners } from '../engine/lab/shop.ts';

const world = readFileSync(
	new URL('../../lessons/worlds/shop/world.yaml', import.meta.url),
	'utf8'
);

it('LabSession.bills() measures pages and queries on the wall clock, and says why a query has no answer', async () => {
	let wall = 0;
	const session = new LabSession({
		createRunner: () => watchedRunners().createRunner,
		now: () => (wall += 0.001),
		setTimer: () => {},
		onSnapshot: () => {}
	});
	await session.start({ world, seed: 1, files: shopFiles, speed: 0 });
	expect(await session.bills([], 60_000)).toMatchObject({
		render: undefined,
		store: undefined,
		pageBytes: 0,
		gzip: undefined,
		queries: []
	});
	await session.skip(60_000);
	const { render, store, pageBytes, queries } = await session.bills(['sum(up)', 'sum(up'], 60_000);
	expect(render).toBeGreaterThan(0);
	expect(store).toBeGreaterThan(0);
	const pages = await Promise.all(
		['shop-1:8000', 'shop-2:8000', 'payments-1:8001'].map((name) => session.metricsPage(name))
	);
	// Dependencies are no code of the learner's: their pages are not counted.
	expect(pageBytes).toBe((pages[0]?.length ?? 0) + (pages[1]?.length ?? 0));
	const { gzip } = await session.bills([], 60_000);
	expect(gzip?.of).toBe(pageBytes);
	expect(gzip?.bytes).toBeLessThan(pageBytes / 2);
	expect(queries).toMatchObject([
		{ query: 'sum(up)', took: expect.any(Number) },
		{ query: 'sum(up', error: expect.stringContaining('parse error') }
	]);
	expect(queries[0]).not.toHaveProperty('error');
});
