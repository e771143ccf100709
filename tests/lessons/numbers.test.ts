import { expect, test } from 'vitest';
import { Lab, parseWorld } from '#engine/lab';
import { SECOND } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';
import type { Lesson } from '../../src/lib/course/lesson.ts';
import { readOff } from '../../src/lib/course/reading.ts';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { SHOWN_SEED } from '../../src/lib/course/trials.ts';
import { lessonFiles } from './support.ts';

// The numbers that the prose states, as the world on show gives them.

const { lessons } = readCourse(lessonFiles());
const MINUTE = 60 * SECOND;
/** The step of the charts of these lessons. */
const STEP = 5 * SECOND;

/** The world of a lesson when its charts have come to their end. */
async function playedOut(lesson: Lesson): Promise<Lab> {
	const parsed = parseWorld(lesson.world);
	if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
	const { world } = parsed;
	const { workers } = world.service;
	const lab = new Lab({
		world,
		seed: SHOWN_SEED,
		createRunner: ({ seed }) => createTypeScriptRunner({ seed, workers })
	});
	await lab.deploy(lesson.opening);
	await lab.advance(world.start + lesson.run.to);
	return lab;
}

/** What a line comes to in a stretch, and what it comes to in truth. */
async function readings(
	lab: Lab,
	query: string,
	reading: 'highest' | 'last',
	stretch: readonly [number, number]
) {
	const [start, end] = [lab.world.start, lab.now].map((time) => String(time / SECOND)) as [
		string,
		string
	];
	const answer = await lab.api.queryRange({ query, start, end, step: String(STEP / SECOND) });
	if (answer.status === 'error') throw new Error(answer.error);
	const at = stretch.map((time) => lab.world.start + time) as [number, number];
	const { grid } = answer.data;
	const [truth] = lab.truthOf(query, grid) ?? [];
	const present = Uint8Array.from(truth?.values ?? [], (value) => Number(!Number.isNaN(value)));
	const truly = truth && { type: 'matrix' as const, grid, series: [{ ...truth, present }] };
	return {
		seen: readOff(answer.data, reading, at),
		true: truly && readOff(truly, reading, at)
	};
}

test('rate: a burst of 15 s at 2,000 a second is a table 125 high, and 120 in truth', async () => {
	const lab = await playedOut(lessons.get('rates/rate')!);
	const five = await readings(lab, 'sum(rate(http_requests_total[5m]))', 'highest', [
		6 * MINUTE,
		12 * MINUTE
	]);
	expect(Math.round(five.seen ?? 0)).toBe(125);
	expect(Math.round(five.true ?? 0)).toBe(120);
	const one = await readings(lab, 'sum(rate(http_requests_total[1m]))', 'highest', [
		6 * MINUTE,
		12 * MINUTE
	]);
	expect(one.seen).toBeGreaterThan(600);
	expect(one.seen).toBeLessThan(700);
	const window = await lab.api.query({
		query: 'http_requests_total{status="200"}[5m]',
		time: String((lab.world.start + 10 * MINUTE) / SECOND)
	});
	if (window.status === 'error' || window.data.type !== 'matrix') throw new Error('no samples');
	const { times: all, start, end } = window.data.series[0]!;
	const times = [...all.slice(start, end)];
	expect(times).toHaveLength(20);
	expect((times.at(-1)! - times[0]!) / SECOND).toBe(285);
});

test('slo-bucket: a 95th percentile of 268 ms is read as 305 ms, and the promise is kept', async () => {
	const lab = await playedOut(lessons.get('latency/slo-bucket')!);
	const p95 = await readings(
		lab,
		'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
		'last',
		[6 * MINUTE, 14 * MINUTE]
	);
	expect(p95.seen).toBeCloseTo(0.305, 3);
	const truth = lab.truth.quantile(0.95, { handled: true }, lab.world.start, lab.now);
	expect(Math.abs(truth - 268)).toBeLessThan(4);
});
