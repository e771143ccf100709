import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseWorld } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { createRandom, createTraffic } from '#engine/sim';
import { START } from '$lib/labs/cardinality/knobs.ts';

const WORLD = readFileSync(
	new URL('../../../../lessons/worlds/cardinality/world.yaml', import.meta.url),
	'utf8'
);

it('the crowd has so many faces after 15 s, five minutes and half an hour, at 50 requests a second', () => {
	const parsed = parseWorld(WORLD);
	if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
	const { traffic: spec, start } = parsed.world;
	const traffic = createTraffic(spec, createRandom(START.seed).fork('traffic'), start);
	const users = new Set<number>();
	let from = start;
	const met = [15 * SECOND, 5 * MINUTE, 30 * MINUTE].map((age) => {
		for (const { user } of traffic.arrivals(from, start + age)) users.add(user);
		from = start + age;
		return users.size;
	});
	// Another seed gives others, within a few in a hundred: 411, 4,785 and 17,688 have been seen as well.
	expect(met).toEqual([402, 4728, 17_977]);
});
