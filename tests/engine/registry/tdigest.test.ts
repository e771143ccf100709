import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fixedSequence, TDigest } from '../../../src/engine/registry/tdigest.ts';

/** The digest that prom-client depends on. */
interface PeerDigest {
	push(value: number): void;
	percentile(quantile: number): number | undefined;
	compress(): void;
	size(): number;
}

const require = createRequire(createRequire(import.meta.url).resolve('prom-client'));
const { TDigest: Peer } = require('tdigest') as { TDigest: new () => PeerDigest };

const QUANTILES = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1];

afterEach(() => void vi.restoreAllMocks());

/** Both digests after the same values, with compressions on the way; the package is given the same chance. */
function check(values: readonly number[], compressEvery = 1000): void {
	const here = new TDigest(fixedSequence());
	const there = new Peer();
	vi.spyOn(Math, 'random').mockImplementation(fixedSequence());
	for (const [i, value] of values.entries()) {
		here.push(value);
		there.push(value);
		if ((i + 1) % compressEvery === 0) {
			here.compress();
			there.compress();
		}
	}
	expect(here.size).toBe(there.size());
	for (const quantile of QUANTILES) {
		expect(here.percentile(quantile)).toBe(there.percentile(quantile));
	}
}

describe('the digest has the figures of the npm package that prom-client depends on', () => {
	test('without a value', () => check([]));
	test('with one value', () => check([3]));
	test('with equal values', () => check([3, 3, 3, 4, 4, 3]));
	test('in ascending order', () => check(Array.from({ length: 3000 }, (_, i) => i)));
	test('in descending order', () => check(Array.from({ length: 3000 }, (_, i) => -i * 0.7)));
	test('spread out', () =>
		check(
			Array.from({ length: 5000 }, (_, i) => Math.sin(i * i) * 100),
			700
		));

	test('whatever the stream', () => {
		const value = fc.oneof(
			fc.integer({ min: -5, max: 5 }),
			fc.double({ noNaN: true, min: 0, max: 1 })
		);
		const stream = fc.array(value, { maxLength: 600, size: 'max' });
		fc.assert(
			fc.property(stream, fc.integer({ min: 20, max: 300 }), (values, every) =>
				check(values, every)
			),
			{ numRuns: 40 }
		);
	});
});

test('one stream has one set of quantiles, without any chance from outside', () => {
	const digests = [new TDigest(), new TDigest()];
	for (const digest of digests) {
		for (let i = 0; i < 4000; i++) digest.push((i * 7919) % 1009);
		digest.compress();
	}
	const [one, two] = digests.map((digest) =>
		QUANTILES.map((quantile) => digest.percentile(quantile))
	);
	expect(one).toEqual(two);
});
