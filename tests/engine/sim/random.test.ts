import { createRandom, type RandomSource } from '#engine/sim';
import { expect, test } from 'vitest';

const draw = (random: RandomSource, n: number) => Array.from({ length: n }, () => random());

test('one seed gives one sequence', () => {
	expect(draw(createRandom(7), 5)).toEqual(draw(createRandom(7), 5));
});

test('neighbouring seeds give unrelated sequences', () => {
	expect(draw(createRandom(1), 5)).not.toEqual(draw(createRandom(2), 5));
});

test('numbers lie in [0, 1), evenly', () => {
	const bins = new Array<number>(10).fill(0);
	for (const x of draw(createRandom(3), 100_000)) bins[Math.floor(x * 10)]!++;
	for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test('a fork does not depend on how much was drawn before it', () => {
	const fresh = createRandom(5);
	const used = createRandom(5);
	draw(used, 100);
	expect(draw(used.fork('users'), 5)).toEqual(draw(fresh.fork('users'), 5));
});

test('drawing from a fork leaves its parent where it was', () => {
	const alone = createRandom(5);
	const parent = createRandom(5);
	draw(parent.fork('users'), 100);
	expect(draw(parent, 5)).toEqual(draw(alone, 5));
});

test('forks differ by name, and by the way to them', () => {
	const root = createRandom(5);
	const streams = [root, root.fork('a'), root.fork('b'), root.fork('a').fork('b'), root.fork('ab')];
	expect(new Set(streams.map((stream) => draw(stream, 3).join())).size).toBe(streams.length);
});
