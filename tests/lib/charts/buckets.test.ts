import { describe, expect, test } from 'vitest';
import { bucketPosition, edgeLabels, summarizeBuckets } from '$lib/charts/buckets.ts';

const buckets = [
	{ from: 0, to: 0.1, count: 40 },
	{ from: 0.1, to: 0.5, count: 900 },
	{ from: 0.5, to: Infinity, count: 60 }
];

describe('bucketPosition()', () => {
	const check = (value: number, expected: number | undefined) =>
		expect(bucketPosition(buckets, value)).toEqual(expected);

	test('is linear within a bucket', () => check(0.3, 1.5));
	test('counts an edge to the bucket below, as le does', () => check(0.1, 1));
	test('knows no inside of the open bucket', () => check(7, 2));
	test('has no place outside', () => check(-1, undefined));
});

test('edges are written in units a person would say', () => {
	expect(edgeLabels(buckets, 'seconds')).toEqual(['0 s', '100 ms', '500 ms', '+Inf']);
	expect(edgeLabels([], 'seconds')).toEqual([]);
});

describe('summarizeBuckets()', () => {
	test('says how many, where most are, and what is marked', () => {
		expect(summarizeBuckets(buckets, 'seconds', [{ at: 0.305, label: 'p95' }])).toBe(
			'1,000 observations in 3 buckets; most, 900, from 100 ms to 500 ms; p95 305 ms.'
		);
	});
	test('says so when nothing was observed', () => {
		expect(summarizeBuckets([], 'seconds')).toBe('No observations.');
	});
});
