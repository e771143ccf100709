import { describe, expect, it } from 'vitest';
import { BestScore, type Result } from '$lib/labs/cardinality/best-score.svelte.ts';
import { START } from '$lib/labs/cardinality/knobs.ts';

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

	const seen = (liveSeries: number, own: number) => ({
		...{ score: 3000 / liveSeries, answered: 3, liveSeries, isEdited: false },
		...{ knobs: { ...START, label: 'plan' } as const, groups: [{ value: '/', count: own }] }
	});

	it('is taken of a Python program, which has series of its runtime beside those of the shop', () => {
		const best = new BestScore();
		best.restore();
		best.look(seen(7389, 7374), 3 * MINUTE);
		best.look(seen(75, 60), 3 * MINUTE);
		expect(best.current?.score).toBe(40);
	});

	it('is none while no series of the shop is stored', () => {
		const best = new BestScore();
		best.restore();
		best.look({ ...seen(5, 0), groups: [] }, 3 * MINUTE);
		expect(best.current).toBeUndefined();
	});

	it('says of a better score that its program is too young to count', () => {
		const best = new BestScore();
		best.restore();
		best.offer(result(80), 3 * MINUTE);
		expect(best.isTooYoung(90, 2 * MINUTE)).toBe(true);
		expect(best.isTooYoung(70, 2 * MINUTE)).toBe(false);
		expect(best.isTooYoung(90, 3 * MINUTE)).toBe(false);
		expect(best.isTooYoung(undefined, 0)).toBe(false);
	});
});
