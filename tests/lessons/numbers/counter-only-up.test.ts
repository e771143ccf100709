import { beforeAll, expect, test } from 'vitest';
import type { Lab } from '#engine/lab';
import { SECOND } from '#engine/model';
import { PATIENCE } from '../support.ts';
import { lessonOf, played } from './played.ts';

// What the prose says of the charts, as the world on show gives it.

let lab: Lab;
beforeAll(async () => {
	lab = await played(lessonOf('02-types', 'counter-only-up'));
}, PATIENCE);

/** The value of a query at a time of the morning: `09:08`. */
async function at(query: string, clock: string): Promise<number> {
	const [, hours, minutes] = /^(\d+):(\d+)$/.exec(clock)!.map(Number) as [number, number, number];
	const seconds = ((hours - 9) * 60 + minutes) * 60;
	const time = String(lab.world.start / SECOND + seconds);
	const answer = await lab.api.query({ query, time });
	if (answer.status === 'error' || answer.data.type !== 'vector') throw new Error('no answer');
	return answer.data.samples[0]?.value ?? NaN;
}

const ALL = 'sum(http_requests_total)';
const FAILED = 'sum(http_requests_total{endpoint="/api/orders",status="500"})';
const PLACED = 'rate(http_requests_total{endpoint="/api/orders",status="201"}[1m])';

test('the counter climbs on as before from 09:08 to 09:11, at 40 a second', async () => {
	const before = (await at(ALL, '09:08')) - (await at(ALL, '09:05'));
	const during = (await at(ALL, '09:11')) - (await at(ALL, '09:08'));
	expect(during / before).toBeCloseTo(1, 1);
	expect(during / 180).toBeGreaterThan(39);
	expect(during / 180).toBeLessThan(42);
});

test('until 09:08 about one order in five seconds fails', async () => {
	const perSecond = (await at(FAILED, '09:08')) / (8 * 60);
	expect(1 / perSecond).toBeGreaterThan(4);
	expect(1 / perSecond).toBeLessThan(6);
});

test('by 09:11 ten a second for 180 seconds are added to those from before', async () => {
	const before = await at(FAILED, '09:08');
	const after = await at(FAILED, '09:11');
	expect(Math.round((after - before) / 100)).toBe(18);
	expect([before, after]).toEqual([102, 1918]);
});

test('no order gets through from 09:09 to 09:11, as a rate over one minute says it', async () => {
	expect(await at(PLACED, '09:08')).toBeGreaterThan(9);
	for (const clock of ['09:09', '09:10', '09:11']) expect(await at(PLACED, clock)).toBe(0);
	expect(await at(PLACED, '09:12')).toBeGreaterThan(9);
});
