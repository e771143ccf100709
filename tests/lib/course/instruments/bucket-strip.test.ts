import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgesAsCode, exactly, wayThrough } from '$lib/course/instruments/bucket-strip.ts';
import { classicQuantile, observe } from '$lib/labs/buckets/classic.ts';
import { tidyEdges } from '$lib/labs/buckets/edges.ts';

const constant = Float64Array.from({ length: 100 }, () => 0.26);

test.each([
	[0.0044213, '4.421 ms'],
	[0.4975, '497.5 ms'],
	[0.005, '5 ms'],
	[5, '5 s'],
	[12.3456, '12.35 s'],
	[1200, '1,200 s']
])('%d s with four digits: %s', (seconds, text) => {
	expect(exactly(seconds)).toBe(text);
});

test('the way through a box is told with its numbers', () => {
	expect(wayThrough(0.99, observe(constant, [0.25, 0.5]))).toBe(
		'p99 lies in the box from 250 ms to 500 ms. 99 % of the way through it: 497.5 ms.'
	);
	expect(wayThrough(0.5, observe(constant, [0.5]))).toBe(
		'p50 lies in the box from 0 ms to 500 ms. 50 % of the way through it: 250 ms.'
	);
});

test('above the last edge there is no way', () => {
	expect(wayThrough(0.5, observe(constant, [0.1, 0.2]))).toBe(
		'p50 lies above the last edge, and the answer is that edge: 200 ms.'
	);
});

test('of nothing there is no quantile', () => {
	expect(wayThrough(0.5, observe(new Float64Array(0), [0.1]))).toBe(
		'There is no p50: nothing was observed.'
	);
});

test('the answer that is told is always the one of the engine', () => {
	const values = fc
		.array(fc.double({ min: 1e-4, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 })
		.map((all) => Float64Array.from(all).sort());
	const edges = fc
		.array(fc.double({ min: 1e-3, max: 50, noNaN: true }), { minLength: 1, maxLength: 9 })
		.map(tidyEdges)
		.filter(({ length }) => length > 0);
	fc.assert(
		fc.property(values, edges, fc.constantFrom(0.5, 0.95, 0.99), (sorted, bounds, q) => {
			const buckets = observe(sorted, bounds);
			expect(wayThrough(q, buckets)).toContain(`: ${exactly(classicQuantile(q, buckets))}.`);
		})
	);
});

test('edges as the languages write them', () => {
	expect(edgesAsCode([0.005, 1, 2.5, 30], 'python')).toBe('buckets=[0.005, 1.0, 2.5, 30.0]');
	expect(edgesAsCode([0.005, 1, 2.5, 30], 'typescript')).toBe('buckets: [0.005, 1, 2.5, 30]');
});
