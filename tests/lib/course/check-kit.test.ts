import { expect, test } from 'vitest';
import type { Evidence } from '#engine/lab';
import { labels } from '#engine/model';
import {
	count,
	firstDifference,
	labelNamesOf,
	list,
	metricNames,
	samplesOf,
	total,
	trueSeconds,
	trulyWithin,
	truthBy,
	typeOf,
	valuesOf
} from '../../../src/lib/course/check-kit.ts';

const sample = (__name__: string, record: Record<string, string>, value: number) => ({
	labels: labels({ __name__, ...record }),
	value
});

const answered = (endpoint: string, status: number, instance: string, latencies: number[]) => ({
	...{ method: 'GET', endpoint, status, instance },
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
			text: '# TYPE hits_total counter\nhits_total{path="/a"} 2\n# TYPE size gauge\nsize 7\n',
			samples: [sample('hits_total', { path: '/a' }, 2), sample('size', {}, 7)]
		},
		{
			instance: 'shop-2:8000',
			text: '# TYPE hits_total counter\nhits_total{path="/a"} 3\nhits_total{path="/b"} 1\n',
			samples: [sample('hits_total', { path: '/a' }, 3), sample('hits_total', { path: '/b' }, 1)]
		}
	],
	truth: [
		answered('/a', 200, 'shop-1:8000', [100, 250]),
		answered('/a', 200, 'shop-2:8000', [250.5, 300, 4000]),
		answered('/b', 500, 'shop-2:8000', [20])
	],
	answers: { at: new Float64Array(6), user: new Float64Array(6) },
	queries: [],
	graphs: [],
	problems: []
};

test('samples are summed over the instances', () => {
	expect(samplesOf(evidence, 'hits_total')).toEqual([
		{ labels: ['path', '/a'], value: 5 },
		{ labels: ['path', '/b'], value: 1 }
	]);
});

test('a metric that nobody exposes has no samples and no type', () => {
	expect(samplesOf(evidence, 'misses_total')).toEqual([]);
	expect(typeOf(evidence, 'misses_total')).toBeUndefined();
});

test('types and names come from the TYPE lines', () => {
	expect(typeOf(evidence, 'size')).toBe('gauge');
	expect(metricNames(evidence)).toEqual(['hits_total', 'size']);
});

test('what a client library adds of its own is no metric of the code', () => {
	const names = [
		'python_info',
		'hits_total',
		'hits_created',
		'process_cpu_seconds_total',
		'm_created'
	];
	const text = names.map((name) => `# TYPE ${name} gauge\n`).join('');
	const pages = [{ instance: 'shop-1:8000', text, samples: [] }];
	expect(metricNames({ ...evidence, pages })).toEqual(['hits_total', 'm_created']);
});

test('the truth is counted by the dimensions that are asked for', () => {
	expect(truthBy(evidence, ['endpoint'])).toEqual([
		{ labels: ['endpoint', '/a'], value: 5 },
		{ labels: ['endpoint', '/b'], value: 1 }
	]);
	expect(truthBy(evidence, ['status'])).toEqual([
		{ labels: ['status', '200'], value: 5 },
		{ labels: ['status', '500'], value: 1 }
	]);
});

test('how long requests took is summed in seconds', () => {
	expect(trueSeconds(evidence, ['endpoint'])).toEqual([
		{ labels: ['endpoint', '/a'], value: 0.35 + 4.5505 },
		{ labels: ['endpoint', '/b'], value: 0.02 }
	]);
});

test('a request that took as long as an edge says is within it', () => {
	const within = (edge: number) => total(trulyWithin(evidence, edge, []));
	expect([0.01, 0.02, 0.25, 0.3, 5].map(within)).toEqual([0, 1, 3, 5, 6]);
	expect(trulyWithin(evidence, 0.25, ['instance'])).toEqual([
		{ labels: ['instance', 'shop-1:8000'], value: 2 },
		{ labels: ['instance', 'shop-2:8000'], value: 1 }
	]);
});

test('totals, label values and label names can be asked for', () => {
	const hits = samplesOf(evidence, 'hits_total');
	expect(total(hits)).toBe(6);
	expect(total(hits, { path: '/b' })).toBe(1);
	expect(valuesOf(hits, 'path')).toEqual(['/a', '/b']);
	expect(labelNamesOf(hits)).toEqual(['path']);
});

const one = (path: string, value: number) => ({ labels: labels({ path }), value });

function checkDifference(
	expected: ReturnType<typeof one>[],
	got: ReturnType<typeof one>[],
	sentence: string | undefined
) {
	expect(firstDifference('hits_total', expected, got)?.sentence).toBe(sentence);
}

test('equal counts do not differ', () =>
	checkDifference([one('/a', 5)], [one('/a', 5)], undefined));
test('a difference names the series and both numbers', () =>
	checkDifference(
		[one('/a', 1204)],
		[one('/a', 3)],
		'`hits_total{path="/a"}` is 3, and there were 1,204 such requests.'
	));
test('what is not exposed counts as 0', () =>
	checkDifference(
		[one('/a', 1)],
		[],
		'`hits_total{path="/a"}` is 0, and there was 1 such request.'
	));
test('what did not happen is said so', () =>
	checkDifference(
		[one('/a', 0)],
		[one('/a', 9)],
		'`hits_total{path="/a"}` is 9, and there was no such request.'
	));
test('further differences are counted', () =>
	checkDifference(
		[one('/a', 2), one('/b', 2), one('/c', 2)],
		[],
		'`hits_total{path="/a"}` is 0, and there were 2 such requests. 2 more series differ too.'
	));
test('what is exposed beside the expected is not looked at', () =>
	checkDifference([one('/a', 2)], [one('/a', 2), one('/b', 9)], undefined));

test('numbers and lists are written as a person writes them', () => {
	expect(count(1, 'request')).toBe('1 request');
	expect(count(1204, 'request')).toBe('1,204 requests');
	expect(count(3, 'series')).toBe('3 series');
	expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
		'',
		'a',
		'a and b',
		'a, b and c'
	]);
});
