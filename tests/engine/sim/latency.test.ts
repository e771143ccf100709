import { createRandom, latencySampler, type LatencyModel } from '#engine/sim';
import { expect, test } from 'vitest';

function sample(model: LatencyModel, n = 20_000): Float64Array {
	const draw = latencySampler(model, createRandom(11));
	return Float64Array.from({ length: n }, draw).sort();
}

/** The model's quantiles lie within 3 % of the expected ones. */
function check(model: LatencyModel, expected: Record<number, number>): void {
	const sorted = sample(model);
	for (const [q, value] of Object.entries(expected)) {
		const got = sorted[Math.floor(Number(q) * sorted.length)]!;
		expect(Math.abs(got - value), `q${q}: ${got}`).toBeLessThanOrEqual(0.03 * value);
	}
}

test('constant is always the same', () => {
	check({ kind: 'constant', value: 260 }, { 0: 260, 0.5: 260, 0.999: 260 });
});

test('uniform spreads evenly between its ends', () => {
	check({ kind: 'uniform', min: 100, max: 200 }, { 0.1: 110, 0.5: 150, 0.9: 190 });
});

test('exponential has its mean, and a median of ln 2 of it', () => {
	check({ kind: 'exponential', mean: 100 }, { 0.5: 100 * Math.LN2, 0.95: 299.6 });
});

test('lognormal has its median, and a p95 at exp(1.645 sigma) of it', () => {
	check(
		{ kind: 'lognormal', median: 80, sigma: 0.6 },
		{ 0.5: 80, 0.95: 80 * Math.exp(1.645 * 0.6) }
	);
});

test('bimodal mixes its modes by weight', () => {
	const cache: LatencyModel = { kind: 'constant', value: 5 };
	const database: LatencyModel = { kind: 'constant', value: 100 };
	const model: LatencyModel = {
		kind: 'bimodal',
		modes: [
			{ weight: 3, model: cache },
			{ weight: 1, model: database }
		]
	};
	check(model, { 0: 5, 0.73: 5, 0.77: 100 });
});

test('timeout-cliff hangs its share for exactly so long', () => {
	const base: LatencyModel = { kind: 'uniform', min: 50, max: 60 };
	const sorted = sample({ kind: 'timeout-cliff', base, share: 0.015, hang: 30_000 });
	const hung = sorted.filter((latency) => latency === 30_000).length / sorted.length;
	expect(hung).toBeGreaterThan(0.012);
	expect(hung).toBeLessThan(0.018);
	expect(sorted[Math.floor(0.98 * sorted.length)]).toBeLessThanOrEqual(60);
});

test('no model draws a negative duration', () => {
	for (const model of [
		{ kind: 'exponential', mean: 1 },
		{ kind: 'lognormal', median: 1, sigma: 3 }
	] as const) {
		expect(sample(model)[0]).toBeGreaterThanOrEqual(0);
	}
});

test('a mixture without weight is refused', () => {
	expect(() => latencySampler({ kind: 'bimodal', modes: [] }, createRandom(1))).toThrow(
		'weights must not be negative, and one must be positive'
	);
});
