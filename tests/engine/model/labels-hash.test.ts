import { describe, expect, it } from 'vitest';
import { labels, labelsHash } from '#engine/model';
import { xxhash64 } from '../../../src/engine/model/xxhash.ts';

/** What github.com/cespare/xxhash, Sum64String, gives. */
const TEXTS: readonly (readonly [string, bigint])[] = [
	['', 17241709254077376921n],
	['a', 15154266338359012955n],
	['abc', 4952883123889572249n],
	['abcd', 15997673941747208908n],
	['abcdefgh', 4238821247360054455n],
	['0123456789abcdef0123456789abcdef', 7217744722875508421n],
	['0123456789abcdef0123456789abcdef0123456789abcdef!', 13581877836696163199n]
];

it.each(TEXTS)('xxhash64 of %j is that of the original', (text, hash) => {
	expect(xxhash64(new TextEncoder().encode(text))).toBe(hash);
});

it('xxhash64 reads only the part of a buffer that it is given', () => {
	const bytes = new TextEncoder().encode('xxabcxx');
	expect(xxhash64(bytes.subarray(2, 5))).toBe(4952883123889572249n);
});

/** What Labels.Hash() of Prometheus gives, in its default build. */
const SETS: readonly (readonly [string, Record<string, string>, bigint])[] = [
	['no labels', {}, 17241709254077376921n],
	['one label', { a: 'b' }, 16273691451497933585n],
	[
		'a name and labels',
		{ __name__: 'up', job: 'node', instance: 'localhost:9090' },
		17668747890830098465n
	],
	[
		'six labels',
		{
			__name__: 'http_requests_total',
			code: '200',
			handler: '/api/v1/query',
			instance: 'demo:8080',
			job: 'prometheus',
			method: 'get'
		},
		8161879648866691935n
	],
	['a value of 254 bytes', { l: 'y'.repeat(254) }, 65358433359084695n],
	['a value of 255 bytes', { l: 'z'.repeat(255) }, 11555318076137431709n],
	['a value of 300 bytes', { l: 'x'.repeat(300) }, 3460990034689978937n],
	['characters of two and four bytes', { é: 'ü😀' }, 11297342723297822572n],
	['bytes that are no UTF-8', { b: '\udcff\udc80a\udcc3' }, 12187240479788999197n]
];

describe('labelsHash', () => {
	it.each(SETS)('of %s is that of Prometheus', (_, record, hash) => {
		expect(labelsHash(labels(record))).toBe(hash);
	});
});
