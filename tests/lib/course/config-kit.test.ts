import { expect, test } from 'vitest';
import type { Evidence } from '#engine/lab';
import { labels } from '#engine/model';
import { longestSilence, samplesWith, storedBy } from '../../../src/lib/course/config-kit.ts';

const series = (job: string, times: number[], start = 0) => ({
	labels: labels({ __name__: 'up', job }),
	times: Float64Array.from(times),
	values: Float64Array.from(times, (time) => time % 2),
	start,
	end: times.length
});

const evidence = {
	queries: [
		{ status: 'error', error: 'no' },
		{
			status: 'success',
			data: { type: 'matrix', series: [series('a', [9, 10, 12], 1), series('b', [11])] }
		}
	]
} as unknown as Evidence;

test('what was stored comes with its times, and nothing where there is no answer', () => {
	const stored = storedBy(evidence, 1);
	expect(stored[0]?.samples).toEqual([
		{ at: 10, value: 0 },
		{ at: 12, value: 0 }
	]);
	expect(storedBy(evidence, 0)).toEqual([]);
	expect(storedBy(evidence, 2)).toEqual([]);
	expect(samplesWith(stored, 'job', 'b')).toEqual([{ at: 11, value: 1 }]);
	expect(samplesWith(stored, 'job', 'c')).toEqual([]);
});

test('the longest silence is from the last answer before it to the first one after', () => {
	const silenceOf = (...at: number[]) =>
		longestSilence({ answers: { at: Float64Array.from(at), user: new Float64Array(at.length) } });
	expect(silenceOf(1, 2, 9, 10, 12)).toEqual([2, 9]);
	expect(silenceOf(1)).toEqual([NaN, NaN]);
});
