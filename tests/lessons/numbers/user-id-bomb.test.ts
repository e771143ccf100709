import { describe, expect, test } from 'vitest';
import type { Lab } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { lessonOf, played } from './played.ts';

// The numbers that the lesson states, as its world gives them.

const lesson = lessonOf('03-labels', 'user-id-bomb');
const PATIENCE = 30_000;

/** The value of a query so long after the beginning; undefined when it has no answer. */
async function valueAt(lab: Lab, query: string, after: number): Promise<number | undefined> {
	const answer = await lab.api.query({ query, time: String((lab.world.start + after) / SECOND) });
	if (answer.status === 'error' || answer.data.type !== 'vector') throw new Error('no answer');
	return answer.data.samples[0]?.value;
}

const STORED = 'scrape_samples_scraped{job="shop"} * up{job="shop"}';
const TEN = 10 * MINUTE;

describe('by user_id', { timeout: PATIENCE }, async () => {
	const lab = await played(lesson);
	const { truth, world } = lab;

	test('1,268 series after a minute, and 10,266 after ten: a third of 30,000 requests', async () => {
		expect(await valueAt(lab, STORED, MINUTE)).toBe(1268);
		expect(await valueAt(lab, STORED, TEN)).toBe(10_266);
		expect(await valueAt(lab, 'count(http_requests_total)', TEN)).toBe(10_266);
		const requests = truth.count({ handled: true }, world.start, world.start + TEN);
		expect(requests / 30_000).toBeCloseTo(1, 1);
		expect(10_266 / requests).toBeCloseTo(1 / 3, 1);
		expect(truth.distinctUsers({}, world.start, world.start + TEN)).toBe(8094);
	});

	test('the page at 09:10 is 0.93 MB, 90 bytes for a series, and takes 0.93 s', async () => {
		const took = await valueAt(lab, 'scrape_duration_seconds{job="shop"}', TEN);
		expect(took).toBeCloseTo(0.93, 2);
		// The last page that was written in time is a little later, and its series as long.
		const series = 'max_over_time(scrape_samples_scraped{job="shop"}[12m])';
		const most = await valueAt(lab, series, lesson.run.to);
		expect(lab.metricsPage('shop-1:8000')!.length / most!).toBeCloseTo(90, 0);
	});

	test('at 09:10:46 a scrape is given up, and from then on nothing is stored', async () => {
		const down = 10 * MINUTE + 46 * SECOND;
		expect(await valueAt(lab, 'up{job="shop"}', down)).toBe(1);
		expect(await valueAt(lab, 'up{job="shop"}', down + 2 * SECOND)).toBe(0);
		expect(await valueAt(lab, 'max_over_time(up{job="shop"}[1m])', lesson.run.to)).toBe(0);
		expect(await valueAt(lab, 'count(http_requests_total)', lesson.run.to)).toBeUndefined();
		expect(lab.status()[0]?.lastError).toContain('context deadline exceeded');
	});
});

test('with the limit nothing is stored, and 929 series stay for five minutes', async () => {
	const lab = await played(lesson, { ...lesson.scenes.limited, to: TEN });
	expect(await valueAt(lab, STORED, TEN)).toBe(0);
	expect(await valueAt(lab, 'up{job="shop"}', TEN)).toBe(0);
	const series = 'count(http_requests_total)';
	const values = [40 * SECOND, MINUTE, 5.5 * MINUTE, 5.6 * MINUTE].map((after) =>
		valueAt(lab, series, after)
	);
	expect(await Promise.all(values)).toEqual([929, 929, 929, undefined]);
	expect(lab.status()[0]?.lastError).toBe('sample limit exceeded');
});

test('by plan there are 29 series, and without either 10', async () => {
	const lab = await played(lesson, { files: lesson.finished });
	expect(await valueAt(lab, STORED, lesson.run.to)).toBe(29);
	const kinds = lab.truth.counts(
		['method', 'endpoint', 'status'],
		{ handled: true },
		-Infinity,
		lab.now
	);
	expect(kinds).toHaveLength(10);
	expect(await valueAt(lab, 'min_over_time(up{job="shop"}[12m])', lesson.run.to)).toBe(1);
});
