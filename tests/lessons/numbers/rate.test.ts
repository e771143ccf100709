import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '#engine/model';
import { SHOWN_SEED } from '../../../src/lib/course/trials.ts';
import { layerInWords } from '../../../src/lib/xray/rate/words.ts';
import { xraySeries } from '../../../src/lib/xray/rate/world-samples.svelte.ts';
import { XrayView } from '../../../src/lib/xray/rate/xray-view.svelte.ts';
import { lessonOf, played } from './played.ts';

// What the lesson says of the windows in its figures, in the world and with the seeds that are shown.

const SELECTOR = 'http_requests_total';
const lesson = lessonOf('04-rates', 'rate');

/** The window that the lesson draws at a moment of a world, after so much of it was lived through. */
async function figure(text: string, seed: number, lived: number, at: number): Promise<XrayView> {
	const lab = await played(lesson, { world: text, seed, files: lesson.finished, to: lived });
	const start = lab.now - lived;
	const grid = { start, step: SECOND, count: lived / SECOND + 1 };
	const answer = await lab.api.query({
		query: `${SELECTOR}[${lived / SECOND}s]`,
		time: String(lab.now / SECOND)
	});
	if (answer.status === 'error') throw new Error(answer.error);
	const series = xraySeries(answer.data, lab.truthOf(SELECTOR, grid), grid);
	const domain = [start, lab.now] as const;
	return new XrayView(() => ({ series, domain }), { at, range: 5 * MINUTE, chosen: 2 });
}

test('the window over the burst: 20 samples span 285 s, and 95.2 a second are read as 99.3', async () => {
	const view = await figure(lesson.world, SHOWN_SEED, lesson.run.to, 10 * MINUTE);
	expect(view.raw.labels).toContain('/api/products');
	expect(view.value?.toFixed(1)).toBe('99.3');
	expect(view.truthPerSecond?.toFixed(1)).toBe('95.2');
	expect(view.detail?.samples.total).toBe(20);
	expect(view.terms).toMatchObject({ sampled: 285, range: 300, resets: [] });
	expect((view.terms?.toStart ?? 0) + (view.terms?.toEnd ?? 0)).toBeCloseTo(15, 9);
	const values = [8, 9, 10].map((minutes) => {
		view.moveTo(view.domain[0] + minutes * MINUTE);
		return view.value ?? NaN;
	});
	// While the burst is inside, it does not matter where.
	expect(Math.max(...values) - Math.min(...values)).toBeLessThan(1);
	view.moveTo(view.domain[0] + 12 * MINUTE);
	expect(view.value).toBeLessThan(17);
});

test('the shop that restarts: last − first is 4,666, and the 7,905 before the fall are added', async () => {
	const hidden = lesson.hidden.find(({ title }) => title === 'A shop that restarts');
	if (!hidden) throw new Error('there is no such world');
	const view = await figure(hidden.world, hidden.seed, lesson.trial, 8 * MINUTE);
	expect(view.raw.labels).toContain('/api/products');
	expect(view.terms?.difference).toBe(4666);
	expect(view.terms?.resets.map(({ before }) => before.value)).toEqual([7905]);
	expect(view.terms?.increase).toBe(4666 + 7905);
	expect(layerInWords(view.detail, 3)[0]).toContain('The counter falls from 7,905');
	expect(Math.abs((view.value ?? NaN) / (view.truthPerSecond ?? NaN) - 1)).toBeLessThan(0.05);
});
