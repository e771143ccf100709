import { createBalancer, createRandom, type Balancing } from '#engine/sim';
import { expect, test } from 'vitest';

function shares(balancing: Balancing, up: readonly string[], n = 10_000): Record<string, number> {
	const pick = createBalancer(balancing, createRandom(6));
	const counts: Record<string, number> = {};
	for (let i = 0; i < n; i++) {
		const instance = pick(up) ?? 'refused';
		counts[instance] = (counts[instance] ?? 0) + 1 / n;
	}
	return counts;
}

test('round-robin takes those that are up in turn', () => {
	const pick = createBalancer({ kind: 'round-robin' }, createRandom(1));
	expect([1, 2, 3, 4].map(() => pick(['a', 'b', 'c']))).toEqual(['a', 'b', 'c', 'a']);
	expect([1, 2].map(() => pick(['b']))).toEqual(['b', 'b']);
});

test('random spreads evenly', () => {
	const { a, b } = shares({ kind: 'random' }, ['a', 'b']);
	expect(a).toBeCloseTo(0.5, 1);
	expect(b).toBeCloseTo(0.5, 1);
});

test('weights decide, among those that are up', () => {
	const weights = { a: 40, b: 30, c: 20, d: 10 };
	const all = shares({ kind: 'weighted', weights }, ['a', 'b', 'c', 'd']);
	expect(all.a).toBeCloseTo(0.4, 1);
	expect(all.d).toBeCloseTo(0.1, 1);
	const two = shares({ kind: 'weighted', weights }, ['a', 'd', 'stranger']);
	expect(two.a).toBeCloseTo(0.8, 1);
	expect(two.stranger).toBeUndefined();
});

test('with nobody up a request is refused', () => {
	for (const balancing of [
		{ kind: 'round-robin' },
		{ kind: 'random' },
		{ kind: 'weighted', weights: { a: 1 } }
	] as const) {
		expect(shares(balancing, [], 1)).toEqual({ refused: 1 });
	}
});
