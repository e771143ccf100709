import { describe, expect, it } from 'vitest';
import { nativeFraction } from '#engine/promql';
import { classicQuantile, classicShare, observe } from '$lib/labs/buckets/classic.ts';
import { countUpTo, drawCrowd, drawFleet, trueQuantile } from '$lib/labs/buckets/crowd.ts';
import { edgesOf } from '$lib/labs/buckets/edges.ts';
import { atSchema, observeNative, quantileOfNative } from '$lib/labs/buckets/native.ts';
import { trafficOf } from '$lib/labs/buckets/traffic.ts';
import { fleetVerdict } from '$lib/labs/buckets/verdict.ts';

/**
 * The golden numbers were read off another crowd of 200,000 requests of the same kinds. Two crowds agree as well as chance lets them: the
 * share of ours that is below such a number differs from q by less than four standard errors of a difference of two shares. Where
 * chance has no part, because a bucket swallows all, the numbers are the same to the last bit.
 */
const SIZE = 200_000;
const crowds = new Map<string, Float64Array>();

function crowd(id: string): Float64Array {
	let known = crowds.get(id);
	if (!known) crowds.set(id, (known = drawCrowd(trafficOf(id), 1, SIZE).all));
	return known;
}

type Instrument = 'truth' | 'common' | 'python' | 'linear' | 'native';

/** The value that an instrument reads for q, and the share that it says is at most a value. Seconds. */
function instrument(kind: Instrument, sorted: Float64Array) {
	if (kind === 'truth') {
		return {
			quantile: (q: number) => trueQuantile(q, sorted),
			share: (value: number) => countUpTo(sorted, value) / sorted.length
		};
	}
	if (kind === 'native') {
		const histogram = atSchema(observeNative(sorted), 3);
		return {
			quantile: (q: number) => quantileOfNative(q, histogram),
			share: (value: number) => nativeFraction(0, value, histogram, () => {})
		};
	}
	const buckets = observe(sorted, edgesOf(kind));
	return {
		quantile: (q: number) => classicQuantile(q, buckets),
		share: (value: number) => classicShare(value, buckets)
	};
}

/** What is printed, in milliseconds, with the digits that it is printed with. */
type Golden = readonly [id: string, q: number, kind: Instrument, printed: string];

const DRAWN: readonly Golden[] = [
	['shop', 0.95, 'truth', '215.5'],
	['shop', 0.95, 'common', '240.6'],
	['shop', 0.95, 'python', '240.6'],
	['shop', 0.95, 'native', '216.1'],
	['shop', 0.99, 'truth', '326.6'],
	['shop', 0.99, 'common', '422.3'],
	['shop', 0.99, 'python', '422.3'],
	['shop', 0.99, 'native', '327.0'],
	['cache', 0.5, 'truth', '4.4'],
	['cache', 0.5, 'common', '6.3'],
	['cache', 0.5, 'python', '4.0'],
	['cache', 0.5, 'native', '4.40'],
	['fast', 0.5, 'truth', '2.0'],
	['fast', 0.5, 'common', '5.0'],
	['fast', 0.5, 'python', '2.6'],
	['fast', 0.5, 'native', '2.00'],
	['fast', 0.5, 'linear', '50'],
	['fast', 0.99, 'truth', '6.4'],
	['fast', 0.99, 'common', '9.9'],
	['fast', 0.99, 'python', '8.6'],
	['fast', 0.99, 'native', '6.41'],
	['past-edge', 0.5, 'truth', '1050'],
	['past-edge', 0.5, 'native', '1044'],
	['cliff', 0.99, 'truth', '30003'],
	['cliff', 0.99, 'native', '30182'],
	['batch', 0.5, 'truth', '13029'],
	['batch', 0.5, 'native', '13016'],
	['promise', 0.95, 'truth', '268'],
	['promise', 0.95, 'common', '305']
];

const CERTAIN: readonly Golden[] = [
	['constant', 0.99, 'truth', '260'],
	['constant', 0.99, 'common', '497.5'],
	['constant', 0.99, 'python', '497.5'],
	['constant', 0.99, 'native', '272'],
	['past-edge', 0.5, 'common', '1750'],
	['past-edge', 0.5, 'python', '1750'],
	['cliff', 0.99, 'common', '5000'],
	['cliff', 0.99, 'python', '10000'],
	['batch', 0.5, 'common', '5000'],
	['batch', 0.5, 'python', '10000']
];

describe('the golden numbers of the bucket lab', () => {
	it.each(DRAWN)('%s, q %d, %s: %s ms, as two crowds agree', (id, q, kind, printed) => {
		const { share } = instrument(kind, crowd(id));
		const half = halfOfLastDigit(printed) / 1000;
		const value = Number(printed) / 1000;
		const error = 4 * Math.sqrt((2 * q * (1 - q)) / SIZE);
		expect(share(value - half)).toBeLessThanOrEqual(q + error);
		expect(share(value + half)).toBeGreaterThanOrEqual(q - error);
	});

	it.each(CERTAIN)('%s, q %d, %s: %s ms', (id, q, kind, printed) => {
		const read = instrument(kind, crowd(id)).quantile(q) * 1000;
		expect(Math.abs(read - Number(printed))).toBeLessThanOrEqual(halfOfLastDigit(printed) + 1e-9);
	});

	it('native buckets in use grow with the schema, 80 ms log-normal', () => {
		const finest = observeNative(crowd('shop'));
		const used = [0, 3, 5, 8].map((schema) => atSchema(finest, schema).positive.indexes.length);
		// The golden crowd used 9, 59, 226 and 1,582: the outermost buckets hold one or two requests, and are a matter of luck.
		expect(used).toEqual([10, 65, 230, 1572]);
	});

	it('the fleet: an average 12 times too high, and one far too low', () => {
		const few = fleetVerdict(0.95, drawFleet(0.005, 1, SIZE));
		expect(few.truth).toBeCloseTo(0.083, 3);
		expect(few.average).toBeCloseTo(1.03, 1);
		expect(few.ratio).toBeGreaterThan(10);
		const half = fleetVerdict(0.95, drawFleet(0.5, 1, SIZE));
		expect(half.average).toBeCloseTo(1.02, 1);
		expect(half.truth).toBeCloseTo(1.76, 1);
		expect(half.ratio).toBeLessThan(0.6);
	});
});

function halfOfLastDigit(printed: string): number {
	return 0.5 * 10 ** -(printed.split('.')[1]?.length ?? 0);
}
