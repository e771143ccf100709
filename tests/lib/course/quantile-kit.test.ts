import { expect, test } from 'vitest';
import type { Evidence } from '#engine/lab';
import { labels } from '#engine/model';
import {
	boxOf,
	distanceOf,
	edgesAscending,
	edgesShown,
	quantileQueries,
	readQuantiles,
	saysOf
} from '$lib/course/quantile-kit.ts';

const bucket = (le: string, value: number, endpoint = '/a') => ({
	labels: labels({ __name__: 'd_bucket', endpoint, le }),
	value
});

const answer = (...values: number[]): Evidence['queries'][number] => ({
	status: 'success',
	data: {
		type: 'vector',
		time: 60_000,
		samples: values.map((value) => ({ labels: [], value }))
	},
	warnings: [],
	infos: []
});

const answered = (endpoint: string, latencies: readonly number[]) => ({
	...{ method: 'GET', endpoint, status: 200, instance: 'shop-1:8000' },
	count: latencies.length,
	latencies: Float64Array.from(latencies)
});

const evidence: Evidence = {
	world: 'A shop',
	seed: 1,
	start: 0,
	end: 60_000,
	pages: [
		{
			instance: 'shop-1:8000',
			text: '',
			samples: [
				...['0.1', '0.5', '1.0', '+Inf'].map((le, i) => bucket(le, i)),
				...['0.1', '0.5', '1.0', '+Inf'].map((le, i) => bucket(le, i, '/b'))
			]
		}
	],
	// 50, 200, 300, 400 and 2,000 ms, whatever the endpoint.
	truth: [answered('/a', [400, 50, 2000]), answered('/b', [200, 300])],
	answers: { at: new Float64Array(0), user: new Float64Array(0) },
	queries: [answer(0.39), answer(1), answer()],
	graphs: [],
	problems: []
};

const [median, highest, unanswered] = readQuantiles(evidence, 'd', [0.5, 0.99, 0.01]);

test('edges come ascending where their order is asked for, whatever the page has', () => {
	const [page] = evidence.pages;
	const turned = { ...evidence, pages: [{ ...page!, samples: page!.samples.toReversed() }] };
	expect(edgesShown(turned, 'd')).toEqual([1, 0.5, 0.1]);
	expect(edgesAscending(turned, 'd')).toEqual([0.1, 0.5, 1]);
});

test('edges are numbers, each once, without +Inf, as the page has them', () => {
	expect(edgesShown(evidence, 'd')).toEqual([0.1, 0.5, 1]);
	expect(edgesShown(evidence, 'other')).toEqual([]);
});

test('each quantile is asked of all that was observed', () => {
	expect(quantileQueries('d', [0.5, 0.99])).toEqual([
		'histogram_quantile(0.5, sum by (le) (d_bucket))',
		'histogram_quantile(0.99, sum by (le) (d_bucket))'
	]);
});

test('a reading has the answer, the truth of all requests, and the box of the truth', () => {
	expect(median).toMatchObject({ q: 0.5, said: 0.39, truth: 0.3, lower: 0.1, upper: 0.5 });
	expect(median!.error).toBeCloseTo(0.3, 12);
	expect(highest).toMatchObject({ said: 1, truth: 2, error: -0.5, lower: 1, upper: Infinity });
});

test('a reading in words', () => {
	expect(saysOf(median!)).toBe('In “A shop” p50 reads 390 ms, and is 300 ms: +30 %.');
	expect(boxOf(median!)).toBe('between 100 ms and 500 ms');
	expect(boxOf(highest!)).toBe('above 1 s, the last edge');
});

test('no answer is as far off as can be', () => {
	expect(unanswered).toMatchObject({ truth: 0.05, lower: 0 });
	expect(distanceOf(unanswered!)).toBe(Infinity);
	expect(saysOf(unanswered!)).toBe('In “A shop” p1 reads no value, and is 50 ms.');
	expect(distanceOf(highest!)).toBe(0.5);
});
