import { labels, METRIC_NAME } from '#engine/model';
import type { RelabelRule, ScrapeSettings } from '#engine/scrape';
import { describe, expect, it, test } from 'vitest';
import { sampleLabels } from '../../../src/engine/scrape/sample-labels.ts';
import { rule } from './relabel/rules.ts';
import { page, ScrapeWorld, type Answer } from './scrape-world.ts';

type Rules = readonly Partial<RelabelRule>[];

const DROP_GO = { action: 'drop', sourceLabels: ['__name__'], regex: 'go_.*' } as const;

function worldWith(rules: Rules, settings: Partial<ScrapeSettings> = {}): ScrapeWorld {
	return new ScrapeWorld({ settings: { ...settings, metricRelabelConfigs: rules.map(rule) } });
}

/** The exposed series after these scrapes, 15 s apart. */
async function check(
	rules: Rules,
	answers: readonly Answer[],
	expected: readonly string[]
): Promise<ScrapeWorld> {
	const world = worldWith(rules);
	for (const answer of answers) await world.scrape(answer);
	expect(world.exposed()).toEqual(expected);
	return world;
}

describe('metric relabelling', () => {
	it('drops series, which are counted as scraped but not after it', async () => {
		const pages = ['go_a 1\nb 1\ngo_c 1\n', 'go_a 2\nb 2\n'];
		const world = await check([DROP_GO], pages, ['b 1@0 2@15']);
		expect(world.reported('scrape_samples_scraped')).toBe('3@0 2@15');
		expect(world.reported('scrape_samples_post_metric_relabeling')).toBe('1@0 1@15');
		expect(world.reported('scrape_series_added')).toBe('1@0 0@15');
	});

	it('renames series and their labels', async () => {
		const name = { sourceLabels: ['__name__'], regex: '(.*)_count', targetLabel: '__name__' };
		const path = { sourceLabels: ['path'], regex: '/user/.*', targetLabel: 'path' };
		await check(
			[
				{ ...name, replacement: '${1}_total' },
				{ ...path, replacement: '/user/:id' }
			],
			['a_count{path="/user/7"} 1\n', 'a_count{path="/user/8"} 2\n'],
			['a_total{path="/user/:id"} 1@0 2@15']
		);
	});

	it('sees the labels of the target, and renamed ones of the page', async () => {
		const both = { sourceLabels: ['job', 'exported_job'], targetLabel: 'both', regex: '(.*)' };
		await check([both], ['a{job="x"} 1\n'], ['a{both="shop;x", exported_job="x"} 1@0']);
	});

	it('drops a series that it leaves no label', async () => {
		const world = await check([{ action: 'labeldrop', regex: '.*' }], ['a 1\n'], []);
		expect(world.reported('up')).toBe('1@0');
		expect(world.reported('scrape_samples_post_metric_relabeling')).toBe('0@0');
	});

	it('does not touch the series that the scrape reports about itself', async () => {
		const everything = { action: 'drop', regex: '.*' } as const;
		const world = await check([everything], ['a 1\n'], []);
		expect(world.reported('up')).toBe('1@0');
	});

	it('ends a series that is dropped only now and then', async () => {
		const drop = { action: 'drop', sourceLabels: ['state'], regex: 'idle' } as const;
		await check(
			[drop, { action: 'labeldrop', regex: 'state' }],
			['a{state="busy"} 1\n', 'a{state="idle"} 2\n', 'a{state="busy"} 3\n'],
			['a 1@0 stale@15 3@30']
		);
	});

	it('can make one series of several, of which the first sample counts', async () => {
		const world = worldWith([{ action: 'labeldrop', regex: 'pod' }]);
		const report = await world.scrape('a{pod="x"} 1\na{pod="y"} 2\n');
		expect(world.exposed()).toEqual(['a 1@0']);
		// Prometheus tells series apart by their text, and finds out in the end only that they are one.
		expect(report).toMatchObject({ samplesPostMetricRelabeling: 2, seriesAdded: 2, warnings: [] });
	});
});

test('limits hold for what relabelling leaves', async () => {
	const world = worldWith([DROP_GO, { action: 'labeldrop', regex: 'x' }], {
		sampleLimit: 1,
		labelLimit: 3
	});
	expect((await world.scrape('go_a 1\nb{x="1"} 1\n')).error).toBeUndefined();
	expect((await world.scrape('go_a 1\nb{y="1"} 1\n')).error).toBe(
		'label_limit exceeded (metric: b, number of labels: 4, limit: 3)'
	);
	expect((await world.scrape('b 1\nc 1\n')).error).toBe('sample limit exceeded');
});

describe('a page is refused', () => {
	const checkError = async (one: Partial<RelabelRule>, error: string) => {
		const world = worldWith([one]);
		expect((await world.scrape('a{b="1"} 1\n')).error).toBe(error);
		expect(world.exposed()).toEqual([]);
		expect(world.reported('up')).toBe('0@0');
	};

	it('when a series has lost its name', async () => {
		const error = 'missing metric name (__name__ label)';
		await checkError({ action: 'labeldrop', regex: '__name__' }, error);
	});

	it('when a label has come out without a name', async () => {
		await checkError(
			{ action: 'labelmap', regex: 'b', replacement: '$1' },
			'invalid metric name or label names: {""="1", __name__="a", b="1", instance="a", job="shop"}'
		);
	});
});

test('a page with a name that is not UTF-8 is refused', async () => {
	const world = worldWith([]);
	const body = Uint8Array.from([...'{"aX"} 1\n'].map((c) => (c === 'X' ? 0xff : c.charCodeAt(0))));
	const answer = page('');
	if (!answer.ok) throw new Error('no page');
	expect((await world.scrape({ ...answer, body })).error).toMatch(
		/^invalid metric name or label names: \{__name__="a/
	);
});

test('a label that is given twice is no fault once it is dropped or set', async () => {
	const twice = ['a{x="1",x="2"} 1\n'];
	await check([{ action: 'labeldrop', regex: 'x' }], twice, ['a 1@0']);
	await check([{ targetLabel: 'x', replacement: '3' }], twice, ['a{x="3"} 1@0']);
	await check([], ['a{job="1",job="2"} 1\n'], ['a{exported_job="1"} 1@0']);
	const report = await worldWith([DROP_GO]).scrape('a{x="1",x="2"} 1\n');
	expect(report.error).toBe('label name "x" is not unique: invalid sample');
});

describe('of a page that breaks off', () => {
	it.each([
		['the text format', undefined],
		['OpenMetrics', 'application/openmetrics-text; version=1.0.0']
	])('in %s the samples before the fault are counted and relabelled', async (_, contentType) => {
		const text = '# TYPE b gauge\nb 1\ngo_a 1\nb{x="1"} 1\n7&-\nb{x="2"} 1\n# EOF\n';
		const report = await worldWith([DROP_GO]).scrape(page(text, contentType));
		expect(report.error).toBeDefined();
		expect(report).toMatchObject({ samplesScraped: 3, samplesPostMetricRelabeling: 2 });
	});

	it('the end may be all that is missing', async () => {
		const text = '# TYPE b gauge\nb 1\ngo_a 1\n';
		const answer = page(text, 'application/openmetrics-text; version=1.0.0');
		const report = await worldWith([DROP_GO]).scrape(answer);
		expect(report.error).toBe('data does not end with # EOF');
		expect(report).toMatchObject({ samplesScraped: 2, samplesPostMetricRelabeling: 1 });
	});

	it('there may be more after the end', async () => {
		const text = '# TYPE b gauge\nb 1\n# EOF\nb 2\n';
		const answer = page(text, 'application/openmetrics-text; version=1.0.0');
		const report = await worldWith([]).scrape(answer);
		expect(report.error).toBe('unexpected data after # EOF');
		expect(report).toMatchObject({ samplesScraped: 1, samplesPostMetricRelabeling: 1 });
	});
});

test('labels that a sample got from its target come after the exposed ones', () => {
	const both = rule({ action: 'labelmap', regex: 'a|z|exported_a', replacement: 'copy' });
	const copied = (target: Record<string, string>, exposed: Record<string, string>, honor = false) =>
		sampleLabels(labels(target), honor, [both])({
			name: 'm',
			labels: labels({ [METRIC_NAME]: 'm', ...exposed })
		});
	const set = { [METRIC_NAME]: 'm', a: 'target', z: 'page', copy: 'target' };
	expect(copied({ a: 'target' }, { z: 'page' })).toEqual(labels(set));
	expect(copied({ a: 'target' }, { z: 'page' }, true)).toEqual(labels(set));
	expect(copied({ a: 'target' }, { a: 'own', z: 'page' }, true)).toEqual(
		labels({ ...set, a: 'own', copy: 'page' })
	);
	expect(copied({ a: 'target' }, { a: 'own', z: 'page' })).toEqual(
		labels({ ...set, exported_a: 'own', copy: 'own' })
	);
});
