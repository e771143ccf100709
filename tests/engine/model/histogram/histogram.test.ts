import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addHistograms,
	allBuckets,
	bucketBound,
	compact,
	CUSTOM_BUCKETS_SCHEMA,
	detectReset,
	emptyHistogram,
	equalHistograms,
	formatBucket,
	formatHistogramLiteral,
	HistogramMean,
	HistogramSum,
	histogramBytes,
	subtractHistograms,
	toSchema,
	type CounterResetHint,
	type FloatHistogram
} from '#engine/model';
import { histogram } from './read-cases.ts';

function sum(a: string, b: string): FloatHistogram {
	const result = addHistograms(histogram(a), histogram(b));
	if (typeof result === 'string') throw new Error(result);
	return result.histogram;
}

describe('bucketBound', () => {
	const check = (index: number, schema: number, bound: number, customValues: number[] = []) =>
		it(`of bucket ${index} with schema ${schema} is ${bound}`, () =>
			expect(bucketBound(index, schema, customValues)).toBe(bound));
	check(0, 0, 1);
	check(3, 0, 8);
	check(-2, 0, 0.25);
	check(1, 1, 1.414213562373095);
	check(1, 3, 1.0905077326652577);
	check(-1, 8, 0.9972960560854698);
	check(1, -1, 4);
	check(2, -4, 2 ** 32);
	check(1024, 0, Number.MAX_VALUE);
	check(1025, 0, Infinity);
	check(64, -4, Number.MAX_VALUE);
	check(65, -4, Infinity);
	check(256 * 1024, 8, Number.MAX_VALUE);
	check(-1074, 0, 5e-324);
	check(-1075, 0, 0);
	check(-67, -4, 2 ** -1072);
	check(0, CUSTOM_BUCKETS_SCHEMA, 5, [5, 10]);
	check(-1, CUSTOM_BUCKETS_SCHEMA, -Infinity, [5, 10]);
	check(2, CUSTOM_BUCKETS_SCHEMA, Infinity, [5, 10]);
});

describe('allBuckets', () => {
	const check = (text: string, expected: string) =>
		it(`of ${text} are ${expected}`, () =>
			expect(allBuckets(histogram(text)).map(formatBucket).join(' ')).toBe(expected));
	check('{{buckets:[1 2]}}', '(0.5,1]:1 (1,2]:2');
	check(
		'{{z_bucket:5 z_bucket_w:0.1 buckets:[1] n_buckets:[2 3]}}',
		'[-2,-1):3 [-1,-0.5):2 [-0.1,0.1]:5 (0.5,1]:1'
	);
	check('{{z_bucket_w:0.1 buckets:[1]}}', '(0.5,1]:1');
	check('{{z_bucket:1 z_bucket_w:0.75 buckets:[1]}}', '[-0.75,0.75]:1 (0.75,1]:1');
	check('{{schema:-53 custom_values:[5 10] buckets:[1 0 2]}}', '[-Inf,5]:1 (5,10]:0 (10,+Inf]:2');
});

describe('equalHistograms', () => {
	const check = (expected: boolean, a: string, b: string) =>
		it(`${expected ? 'holds' : 'does not hold'} for ${a} and ${b}`, () => {
			expect(equalHistograms(histogram(a), histogram(b))).toBe(expected);
			expect(equalHistograms(histogram(b), histogram(a))).toBe(expected);
		});
	check(true, '{{count:1 buckets:[1]}}', '{{count:1 buckets:[1]}}');
	check(true, '{{sum:NaN}}', '{{sum:NaN}}');
	check(true, '{{counter_reset_hint:gauge}}', '{{counter_reset_hint:reset}}');
	check(false, '{{sum:0}}', '{{sum:-0}}');
	check(false, '{{buckets:[1 0]}}', '{{buckets:[1]}}');
	check(false, '{{buckets:[1]}}', '{{offset:1 buckets:[1]}}');
	check(false, '{{schema:1}}', '{{}}');
	check(false, '{{z_bucket_w:0.1}}', '{{}}');
	check(
		false,
		'{{schema:-53 custom_values:[1] buckets:[1]}}',
		'{{schema:-53 custom_values:[2] buckets:[1]}}'
	);
});

describe('addHistograms', () => {
	const HINTS: readonly CounterResetHint[] = ['unknown', 'reset', 'not_reset', 'gauge'];
	const check = (a: CounterResetHint, b: CounterResetHint, hint: string, collides = false) =>
		it(`makes ${hint} of ${a} and ${b}${collides ? ', which collide' : ''}`, () =>
			expect(
				addHistograms(
					{ ...emptyHistogram(), counterReset: a },
					{ ...emptyHistogram(), counterReset: b }
				)
			).toMatchObject({ histogram: { counterReset: hint }, counterResetCollision: collides }));
	for (const hint of HINTS) {
		check(hint, hint, hint);
		check(hint, 'gauge', 'gauge');
		check('gauge', hint, 'gauge');
	}
	check('unknown', 'reset', 'unknown');
	check('not_reset', 'unknown', 'unknown');
	check('reset', 'not_reset', 'unknown', true);
	check('not_reset', 'reset', 'unknown', true);

	it('keeps empty buckets where both have one layout', () =>
		expect(sum('{{buckets:[1 0 2]}}', '{{buckets:[1 0 2]}}').positive.counts).toEqual([2, 0, 4]));

	it('drops empty buckets where the zero bucket was widened', () =>
		expect(
			sum('{{z_bucket_w:0.1 buckets:[1 0 2]}}', '{{z_bucket_w:0.2 buckets:[1]}}').positive
		).toEqual({ indexes: [0, 2], counts: [2, 2] }));

	it('leaves a negative zero where nothing was there to be subtracted from', () => {
		const result = subtractHistograms(histogram('{{}}'), histogram('{{buckets:[0]}}'));
		expect(result).toMatchObject({ histogram: { positive: { counts: [-0] } } });
	});

	it('changes neither of the two', () => {
		const a = histogram('{{schema:1 z_bucket_w:0.1 buckets:[1 2 3]}}');
		const b = histogram('{{z_bucket_w:2 buckets:[1 2 3]}}');
		const before = structuredClone([a, b]);
		addHistograms(a, b);
		expect([a, b]).toEqual(before);
	});
});

describe('toSchema', () => {
	it('merges neighbours and forgets the hint', () =>
		expect(
			formatHistogramLiteral(
				toSchema(histogram('{{schema:1 counter_reset_hint:reset offset:-1 buckets:[1 2 4 8]}}'), 0)
			)
		).toBe('{{buckets:[3 12]}}'));

	it('refuses a finer schema', () =>
		expect(() => toSchema(histogram('{{}}'), 1)).toThrow('no way from schema 0 to schema 1'));
});

describe('detectReset', () => {
	it('takes notice only of the next bucket where the current histogram has no more', () => {
		const current = histogram('{{count:9 z_bucket:9 z_bucket_w:1}}');
		const check = (text: string, expected: boolean) =>
			expect(detectReset(current, histogram(text))).toBe(expected);
		check('{{count:3 z_bucket_w:1 offset:1 buckets:[3]}}', true);
		check('{{count:3 z_bucket_w:1 offset:1 buckets:[0 3]}}', false);
	});
});

describe('HistogramSum', () => {
	it('does not lose small counts between large ones', () => {
		const sum = new HistogramSum(histogram('{{count:1e100 sum:1 buckets:[1e100]}}'));
		sum.add(histogram('{{count:1 sum:1e100 buckets:[1]}}'));
		sum.add(histogram('{{count:-1e100 sum:-1e100 buckets:[-1e100]}}'));
		expect(sum.total()).toMatchObject({ count: 1, sum: 1, positive: { counts: [1] } });
	});

	it('gives a single histogram back as it is', () => {
		const single = histogram('{{sum:-0 counter_reset_hint:reset buckets:[0 1]}}');
		expect(new HistogramSum(single).total()).toEqual(single);
	});

	it('refuses custom bounds among others, and stays as it is', () => {
		const sum = new HistogramSum(histogram('{{count:1 buckets:[1]}}'));
		expect(sum.add(histogram('{{schema:-53 custom_values:[1] count:1 buckets:[1]}}'))).toBe(false);
		expect(sum.total().count).toBe(1);
	});

	it('sees hints that contradict one another', () => {
		const sum = new HistogramSum(histogram('{{counter_reset_hint:reset}}'));
		expect(sum.counterResetCollision).toBe(false);
		sum.add(histogram('{{counter_reset_hint:gauge}}'));
		sum.add(histogram('{{counter_reset_hint:not_reset}}'));
		expect(sum.counterResetCollision).toBe(true);
		expect(sum.total().counterReset).toBe('gauge');
	});
});

describe('HistogramMean', () => {
	it('does not overflow where the sum would', () => {
		const mean = new HistogramMean(histogram('{{count:1 sum:1.5e308}}'));
		mean.add(histogram('{{count:2 sum:1.5e308}}'));
		mean.add(histogram('{{count:3 sum:1.5e308}}'));
		expect(mean.mean()).toMatchObject({ count: 2, sum: 1.5e308 });
	});
});

describe('histogramBytes', () => {
	const check = (text: string, bytes: number) =>
		it(`of ${text} are ${bytes}`, () => expect(histogramBytes(histogram(text))).toBe(bytes));
	check('{{}}', 168);
	check('{{buckets:[1 2 3]}}', 200);
	check('{{buckets:[1 2 3] n_buckets:[1]}}', 216);
	check('{{schema:-53 custom_values:[1 2] buckets:[1 2 3]}}', 216);
	it('counts a span for every run of buckets', () =>
		expect(histogramBytes(compact(histogram('{{buckets:[1 0 3]}}')))).toBe(200));
});

describe('a histogram literal', () => {
	const buckets = fc
		.tuple(fc.integer({ min: -20, max: 20 }), fc.array(fc.nat(3), { maxLength: 8 }))
		.map(([offset, counts]) => ({ indexes: counts.map((_, i) => offset + i), counts }));
	const any: fc.Arbitrary<FloatHistogram> = fc
		.record({
			schema: fc.integer({ min: -4, max: 8 }),
			zeroThreshold: fc.double({ min: 0, noNaN: true }),
			zeroCount: fc.double({ min: 0, noNaN: true }),
			count: fc.double({ min: 0, noNaN: true }),
			sum: fc.double(),
			positive: buckets,
			negative: buckets,
			customValues: fc.constant([]),
			counterReset: fc.constantFrom('unknown', 'reset', 'not_reset', 'gauge')
		})
		.filter(({ sum }) => !Object.is(sum, -0));

	it('reads back as the same histogram', () =>
		fc.assert(
			fc.property(any, (original) => {
				const read = histogram(formatHistogramLiteral(original));
				expect(compact(read)).toEqual(compact(original));
			})
		));
});
