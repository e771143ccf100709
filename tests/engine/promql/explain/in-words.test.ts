import { describe, expect, it } from 'vitest';
import { formatFloat } from '#engine/model';
import {
	ALL_FEATURES,
	detailInWords,
	explain,
	type ExplainedNode,
	type ExplainOptions,
	type Wording
} from '#engine/promql';
import { createMemoryStore, metric, type Point } from '../memory-querier.ts';
import { END, shop } from './shop.ts';

const WORDING: Wording = {
	number: formatFloat,
	seconds: (value) => `${formatFloat(Number(value.toPrecision(6)))} s`,
	time: (at) => `${at / 1000}`
};

/** The sentences of the first node that has a detail. */
function words(
	querier: ReturnType<typeof shop>,
	text: string,
	time: number,
	more?: ExplainOptions
) {
	const { explanation } = explain(querier, text, time, { features: ALL_FEATURES, ...more });
	const find = ({ detail, children }: ExplainedNode): readonly string[] =>
		detail ? detailInWords(detail, WORDING) : children.flatMap(find).slice(0, 9);
	return explanation ? find(explanation.root) : [];
}

/** A series `x` with a sample at each of these seconds. */
function samples(points: Readonly<Record<number, Point>>, startTimes?: readonly number[]) {
	const store = createMemoryStore();
	const times = Object.keys(points).map((seconds) => Number(seconds) * 1000);
	store.addPoints(metric('x'), times, Object.values(points), startTimes);
	return store;
}

describe('a rate in words', () => {
	it('says how far it is extrapolated to either side, and how it is divided', () => {
		expect(words(samples({ 20: 100, 40: 120, 60: 140 }), 'rate(x[1m])', 70_000)).toEqual([
			'x: 3 samples in the window of 1m (10, 70].',
			'It rises by 40 from first to last sample, 40 s; no reset.',
			"From the window's start to the first sample it is 10 s: extrapolated over all of it.",
			"From the last sample to the window's end it is 10 s: extrapolated over all of it.",
			'rate() = 40 × (10 s + 40 s + 10 s) / 40 s / 60 s = 1.'
		]);
	});

	it('says when the series is taken to begin and end inside of the window', () => {
		const told = words(samples({ 100: 500, 110: 510, 120: 520 }), 'increase(x[2m])', 180_000);
		expect(told.slice(2)).toEqual([
			"From the window's start to the first sample it is 40 s, more than 1.1 times the 10 s between samples: the series is taken to begin there, and half a distance is extrapolated, 5 s.",
			"From the last sample to the window's end it is 60 s, more than 1.1 times the 10 s between samples: the series is taken to end there, and half a distance is extrapolated, 5 s.",
			'increase() = 20 × (5 s + 20 s + 5 s) / 20 s = 30.'
		]);
	});

	it('says when the counter would have been below zero further back', () => {
		const told = words(samples({ 20: 2, 40: 22, 60: 42 }), 'rate(x[1m])', 70_000);
		expect(told[2]).toBe(
			"From the window's start to the first sample it is 10 s: extrapolated over 2 s only, because further back the counter would have been below zero."
		);
	});

	it('names the resets, also when only the newest samples are listed', () => {
		const counter = { 10: 5, 20: 9, 30: 1, 40: 2, 50: 0, 60: 4 };
		expect(words(samples(counter), 'rate(x[1m])', 60_000)[1]).toBe(
			'It rises by 10 from first to last sample, 50 s; 2 resets before 30, 50, made up for.'
		);
		const limits = { windowSamples: 3 };
		expect(words(samples(counter), 'rate(x[1m])', 60_000, { limits })[1]).toContain(
			'2 resets before sample 3, 50'
		);
	});

	it('says when the counter is known to have begun', () => {
		const told = words(samples({ 40: 8, 60: 12 }, [20_000, 20_000]), 'rate(x[1m])', 60_000);
		expect(told.slice(1, 3)).toEqual([
			'It rises by 12 from its beginning to the last sample, 40 s; no reset.',
			"From the window's start to the first sample it is 40 s: not extrapolated, because the counter began to count at 20, from zero."
		]);
	});

	it.each([
		['anchored', 'the last sample at or before each bound: 100 at the start, 140 at the end'],
		[
			'smoothed',
			'a straight line between the samples around each bound: 110 at the start, 150 at the end'
		]
	])('says how the bounds of an %s window are met', (extension, how) => {
		const counter = samples({ 0: 100, 20: 120, 40: 140, 60: 160 });
		expect(words(counter, `increase(x[40s] ${extension})`, 50_000).slice(1)).toEqual([
			'It rises by 40 between the bounds of the window, 40 s; no reset.',
			`The bounds are met by ${how}.`,
			'increase() = 40.'
		]);
	});

	it('says why there is none', () => {
		expect(words(samples({ 10: 5 }), 'rate(x[1m])', 60_000)).toEqual([
			'x: 1 sample in the window of 1m (0, 60].',
			'rate() needs two samples in its window of 1m; this series has one there.'
		]);
	});

	it('speaks of a delta as of a gauge, and of irate as of two samples', () => {
		const gauge = samples({ 20: 5, 40: 3 });
		expect(words(gauge, 'delta(x[1m])', 60_000)[1]).toBe(
			'The value changes by -2 from first to last sample, 20 s.'
		);
		expect(words(gauge, 'irate(x[1m])', 60_000)[1]).toBe(
			'The last two samples are 20 s apart and differ by 3: the counter was reset, so its whole value counts; irate() = 3 / 20 s = 0.15.'
		);
		expect(words(gauge, 'max_over_time(x[1m])', 60_000)[1]).toBe('max_over_time() of them = 5.');
	});
});

describe('other details in words', () => {
	it.each([
		[
			'histogram_quantile(0.5, duration_bucket)',
			[
				'duration_bucket{instance="a", job="shop"}: a classic histogram, 4 buckets, 800 observations in all.',
				'The rank is 0.5 × 800 = 400. It lies in the bucket (0.1, 0.5].',
				'Along a straight line: 0.1 + (0.5 − 0.1) × 240 / 480 = 0.30000000000000004.',
				'All that is certain: the true quantile lies between 0.1 and 0.5.'
			]
		],
		[
			'histogram_quantile(0.99, duration_bucket)',
			[
				'duration_bucket{instance="a", job="shop"}: a classic histogram, 4 buckets, 800 observations in all.',
				'The rank is 0.99 × 800 = 792. It lies in the bucket (1, +Inf].',
				'A bound of that bucket is the answer: 1.',
				'All that is certain: the true quantile is above 1.',
				'The rank lies in the last bucket, which has no upper bound. All that can be said is that the quantile is above 1, the highest bound there is, and that is the answer given.'
			]
		],
		[
			'sum by (instnce) (queue_length)',
			['1 group.', 'No series that comes in has the label instnce. Nearest: instance.']
		],
		['topk(2, queue_length)', ['1 group, with the parameter 2.']],
		['queue_length > 5', ['value > 5 holds for 1 of 2 values.']],
		['100 * queue_length', ['100 * value, for each of 2 values.']],
		[
			'http_requests_total + on(instance, status) up',
			[
				'Series with equal labels form 6 groups: 5 without a partner on the right, 1 without a partner on the left.'
			]
		],
		['up', ['Takes the newest sample of up to 5m before 600: 1 series has one.']],
		[
			'upp',
			[
				'Takes the newest sample of up to 5m before 600, and finds none.',
				'There is no metric named upp. Nearest: up.'
			]
		]
	])('%s', (text, sentences) => {
		expect(words(shop(), text, END)).toEqual(sentences);
	});

	it.each([
		['sum by (le) (rate(duration_bucket[1m]))', 'observations per second'],
		['max_over_time(irate(duration_bucket[1m])[2m:1m])', 'observations per second'],
		['increase(duration_bucket[1m])', 'observations in all'],
		['count by (le) (rate(duration_bucket[1m]))', 'observations in all']
	])('knows what the counts of %s are', (buckets, counted) => {
		const [histogram] = words(shop(), `histogram_quantile(0.5, ${buckets})`, END);
		expect(histogram?.endsWith(`${counted}.`)).toBe(true);
	});

	it('says how many series gave nothing, and why', () => {
		const store = samples({ 10: 1, 50: 2 });
		store.addPoints(metric('x', { i: '1' }), [50_000], [1]);
		expect(words(store, 'rate(x[1m])', 60_000).at(-1)).toBe(
			'1 of the 2 series gives nothing: it has only one sample in the window, and rate() needs two. It is x{i="1"}.'
		);
		for (let i = 2; i < 7; i++) store.addPoints(metric('x', { i: String(i) }), [50_000], [1]);
		expect(words(store, 'rate(x[1m])', 60_000).at(-1)).toBe(
			'6 of the 7 series give nothing: each has only one sample in the window, and rate() needs two. They are x{i="1"}, x{i="2"}, x{i="3"} and 3 others.'
		);
	});

	it('names a window of more than a day by its length and its end', () => {
		const store = samples({ 10: 1, 50: 2 });
		const [first] = words(store, 'max_over_time(x[2d])', 60_000);
		expect(first).toBe('x: 2 samples in the 2d up to 60.');
	});

	it('says why a subquery is refused', () => {
		const { explanation } = explain(shop(), 'max_over_time(up[1y:1s])', END);
		const subquery = explanation?.root.children[0]?.detail;
		expect(subquery && detailInWords(subquery, WORDING)).toEqual([
			'It would have to be evaluated at 31536000 steps, every 1s; there is room for 6250000. A coarser step needs fewer: 10s would do.'
		]);
	});

	it('says at which steps a subquery is evaluated', () => {
		const { explanation } = explain(shop(), 'max_over_time(up[5m:])', END + 10_000);
		const subquery = explanation?.root.children[0]?.detail;
		expect(subquery && detailInWords(subquery, WORDING)).toEqual([
			'Evaluated 5 times, every 1m, the default step, from 360 on, within (310, 610].'
		]);
	});
});
