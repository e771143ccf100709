import { describe, expect, it } from 'vitest';
import { BestScore, isOnePicture, type Result } from '$lib/labs/cardinality/best-score.svelte.ts';

const result = (score: number): Result => ({
	score,
	answered: 3,
	series: 30,
	label: 'plan',
	kind: 'counter'
});
const MINUTE = 60_000;

describe('the best score', () => {
	it('is kept when it is better, and only of a program that has run for three minutes', () => {
		const best = new BestScore();
		best.restore();
		best.offer(result(90), 2 * MINUTE);
		expect(best.current).toBeUndefined();
		best.offer(result(80), 3 * MINUTE);
		best.offer(result(70), 4 * MINUTE);
		expect(best.current?.score).toBe(80);
		best.offer(result(Infinity), 4 * MINUTE);
		expect(best.current?.score).toBe(80);
	});

	it('is none before it has been looked for', () => {
		const best = new BestScore();
		best.offer(result(90), 4 * MINUTE);
		expect(best.current).toBeUndefined();
	});

	it('counts only what was seen at one moment: not the answers of a shop that was gone when its series were counted', () => {
		expect(isOnePicture(35, 30, 1)).toBe(true);
		expect(isOnePicture(8511, 8400, 1)).toBe(true);
		expect(isOnePicture(45, 30, 3)).toBe(true);
		expect(isOnePicture(5, 0, 1)).toBe(false);
		expect(isOnePicture(5, 8400, 1)).toBe(false);
		expect(isOnePicture(8405, 30, 1)).toBe(false);
	});
});
