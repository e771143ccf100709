import { createRandom } from '#engine/sim';
import { expect, test } from 'vitest';
import { zipfSampler } from '../../../src/engine/sim/zipf.ts';

/** Every rank comes up as often as rank^-exponent says, within 5 sigma. */
function check(count: number, exponent: number, draws = 100_000): void {
	const sample = zipfSampler(count, exponent, createRandom(9));
	const counts = new Array<number>(count + 1).fill(0);
	for (let i = 0; i < draws; i++) counts[sample()]!++;
	const weights = counts.map((_, rank) => (rank === 0 ? 0 : Math.pow(rank, -exponent)));
	const sum = weights.reduce((a, b) => a + b);
	for (let rank = 1; rank <= count; rank++) {
		const mean = (draws * weights[rank]!) / sum;
		expect(Math.abs(counts[rank]! - mean), `rank ${rank}`).toBeLessThanOrEqual(
			5 * Math.sqrt(mean) + 1
		);
	}
}

test('ranks follow the law for every exponent', () => {
	check(1, 1);
	check(10, 0);
	check(10, 0.5);
	check(50, 1);
	check(50, 1.5);
	check(20, 3);
});

test('a population of a million needs no table', () => {
	const sample = zipfSampler(1_000_000, 1.1, createRandom(9));
	const ranks = Array.from({ length: 10_000 }, sample);
	expect(ranks.every((rank) => Number.isInteger(rank) && rank >= 1 && rank <= 1_000_000)).toBe(
		true
	);
});

test('an empty population is refused', () => {
	expect(() => zipfSampler(0, 1, createRandom(1))).toThrow(
		'zipf needs count >= 1 and exponent >= 0: 0, 1'
	);
});
