import { describe, expect, it } from 'vitest';
import { labels, type Timestamp } from '#engine/model';
import {
	explain,
	type Detail,
	type ExplainedNode,
	type ExplainOptions,
	type Explanation,
	type QueryRange
} from '#engine/promql';
import { createMemoryStore, metric } from '../memory-querier.ts';
import { END, RANGE, shop } from './shop.ts';

function explained(
	text: string,
	at: Timestamp | QueryRange = RANGE,
	options: ExplainOptions = {}
): Explanation {
	const outcome = explain(shop(), text, at, options);
	if (!outcome.explanation) throw new Error(`no explanation of ${text}`);
	return outcome.explanation;
}

function nodes(root: ExplainedNode): ExplainedNode[] {
	return [root, ...root.children.flatMap(nodes)];
}

function detail<Kind extends Detail['kind']>(
	explanation: Explanation,
	kind: Kind
): Extract<Detail, { kind: Kind }> {
	const found = nodes(explanation.root).find((node) => node.detail?.kind === kind)?.detail;
	if (!found) throw new Error(`no detail of kind ${kind}`);
	return found as Extract<Detail, { kind: Kind }>;
}

describe('the tree', () => {
	it('has a node for each part, numbered from the root, with its text and type', () => {
		const { root } = explained('sum by (status) (rate(http_requests_total[1m])) / 2');
		expect(nodes(root).map(({ id, text, type }) => [id, text, type])).toEqual([
			[0, 'sum by (status) (rate(http_requests_total[1m])) / 2', 'vector'],
			[1, 'sum by (status) (rate(http_requests_total[1m]))', 'vector'],
			[2, 'rate(http_requests_total[1m])', 'vector'],
			[3, 'http_requests_total[1m]', 'matrix'],
			[4, '2', 'scalar']
		]);
	});

	it('leaves out parentheses, and keeps the place of what is inside', () => {
		const { root } = explained('((up))');
		expect(root).toMatchObject({ kind: 'selector', text: 'up', span: { from: 2, to: 4 } });
	});

	it('counts series, points, labels and what was read', () => {
		const { root } = explained('sum by (status) (http_requests_total)');
		const [selector] = root.children;
		expect(selector).toMatchObject({ seriesIn: 5, seriesOut: 5, pointsOut: 205, samplesRead: 205 });
		expect(selector?.labels).toContainEqual({ name: 'status', values: 3 });
		expect(root).toMatchObject({ seriesIn: 5, seriesOut: 3, pointsOut: 123, samplesRead: 0 });
		expect(root.labels).toEqual([{ name: 'status', values: 3 }]);
	});

	it('shows only so many series and points, and says how many there are', () => {
		const { root } = explained('http_requests_total', RANGE, { limits: { series: 2, points: 5 } });
		expect(root.seriesOut).toBe(5);
		expect(root.sample).toHaveLength(2);
		expect(root.sample[0]).toMatchObject({
			points: 41,
			times: [0, 150_000, 300_000, 450_000, END]
		});
	});

	it('puts the time of each turn down to the node that was at work', () => {
		let ticks = 0;
		const { root } = explained('sum(rate(http_requests_total[1m]))', RANGE, { now: () => ticks++ });
		const all = nodes(root);
		expect(all.every(({ time }) => time.own > 0)).toBe(true);
		expect(root.time.total).toBe(all.reduce((sum, { time }) => sum + time.own, 0));
	});

	it('evaluates for itself what a function reads on its own', () => {
		const { root } = explained('timestamp(up)');
		expect(root.children[0]).toMatchObject({ text: 'up', seriesOut: 1, evaluated: true });
		expect(root.children[0]?.sample[0]?.values[0]).toBe(1);
	});

	it('shows what is the same at every step once', () => {
		const { root } = explained('http_requests_total @ 60');
		expect(root).toMatchObject({ seriesIn: 5, seriesOut: 5, pointsOut: 205, samplesRead: 25 });
	});

	it('shows the inner steps of a subquery', () => {
		const explanation = explained('max_over_time(rate(http_requests_total[1m])[5m:1m])', END);
		expect(detail(explanation, 'subquery')).toMatchObject({
			windowStart: 300_000,
			windowEnd: END,
			step: 60_000,
			first: 360_000,
			count: 5,
			usesDefaultStep: false
		});
		expect(nodes(explanation.root)[2]).toMatchObject({ kind: 'call', pointsOut: 25 });
	});

	it('looks at the series and the step that are asked for', () => {
		const focus = { time: 300_000, labels: labels({ instance: 'b', status: '500' }) };
		const found = detail(explained('rate(http_requests_total[1m])', RANGE, { focus }), 'window');
		expect(found.windowEnd).toBe(300_000);
		expect(found.labels).toEqual(
			metric('http_requests_total', { job: 'shop', ...{ instance: 'b', status: '500' } })
		);
	});
});

describe('an error', () => {
	it('in the text is the same as that of the query, without a tree', () => {
		expect(explain(shop(), 'sum(', END)).toEqual({
			ok: false,
			errorType: 'bad_data',
			hint: 'The ( of sum at 1:4 is not closed.',
			message: '1:5: parse error: unclosed left parenthesis'
		});
	});

	it('in the middle leaves the tree, and names the node', () => {
		const outcome = explain(shop(), 'sum(queue_length * on (job) up)', RANGE);
		expect(outcome).toMatchObject({
			ok: false,
			errorType: 'execution',
			message: expect.stringContaining('many-to-one matching must be explicit') as string,
			explanation: {
				failedAt: 1,
				root: { children: [{ evaluated: true, detail: { kind: 'match' } }] }
			}
		});
	});

	it.each([
		['at one moment', END, 3, [2, 1]],
		['over a range', RANGE, 3, [2, 1]]
	])('%s leaves figures of one evaluation', (_, at, seriesIn, seriesOut) => {
		const once = explained('queue_length', at).root;
		const { root } = explained('queue_length * on (job) up', at);
		expect(root).toMatchObject({ seriesIn, seriesOut: 0, evaluated: true });
		expect(root.children.map((child) => child.seriesOut)).toEqual(seriesOut);
		expect(root.children[0]).toMatchObject({
			seriesIn: once.seriesIn,
			pointsOut: once.pointsOut,
			samplesRead: once.samplesRead,
			sample: once.sample
		});
	});

	it('about equal series is looked into like any other', () => {
		const outcome = explain(shop(), '-{instance="a", __name__=~"up|restarts_total"}', RANGE);
		expect(outcome).toMatchObject({
			ok: false,
			message: 'vector cannot contain metrics with the same labelset',
			explanation: { failedAt: 0 }
		});
	});

	it('does not come of series that are joined after a restart', () => {
		const store = createMemoryStore();
		store.addPoints(metric('x', { i: '1' }), [0], [1]);
		store.addPoints(metric('y', { i: '1' }), [600_000], [2]);
		const outcome = explain(store, '-{__name__=~"x|y"}', { start: 0, end: 600_000, step: 60_000 });
		expect(outcome).toMatchObject({
			ok: true,
			explanation: { root: { seriesOut: 1, seriesIn: 2 } }
		});
	});
});

describe('rate()', () => {
	it('shows the samples of the window and both extrapolations', () => {
		const found = detail(
			explained('rate(http_requests_total{status="500"}[1m])', 607_000),
			'window'
		);
		expect(found).toMatchObject({
			func: 'rate',
			windowStart: 547_000,
			windowEnd: 607_000,
			samples: { total: 4 },
			rate: { increase: 3, sampled: 45, averageDistance: 15, toStart: 8, toEnd: 7 }
		});
		expect(found.result?.value).toBe(found.rate?.result);
	});

	it('shows resets, and the place where the counter would have been zero', () => {
		const found = detail(explained('increase(restarts_total[1m])', END), 'window');
		expect(found.rate).toMatchObject({ resets: [1], increase: 2, startLimit: 'none' });
		const young = detail(explained('increase(restarts_total[45s])', END), 'window');
		expect(young.rate).toMatchObject({ toStart: 0, startLimit: 'counter was zero', result: 2 });
	});

	it('says which series have too few samples, when others have enough', () => {
		const store = createMemoryStore();
		for (let i = 0; i < 6; i++) {
			store.addPoints(metric('x', { i: String(i) }), [30_000, 50_000], [i < 2 ? 1 : 'absent', 2]);
		}
		const outcome = explain(store, 'rate(x[1m])', 60_000);
		expect(outcome.explanation?.root.detail).toMatchObject({
			kind: 'window',
			lost: {
				of: 6,
				tooFew: 4,
				series: {
					total: 4,
					items: ['2', '3', '4'].map((i) => metric('x', { i }))
				}
			}
		});
		expect(detail(explained('rate(http_requests_total[1m])', END), 'window').lost).toBeUndefined();
	});

	it('says what is missing when a window holds one sample', () => {
		const found = detail(explained('rate(up[15s])', END), 'window');
		expect(found).toMatchObject({
			samples: { total: 1 },
			reason: 'rate() needs two samples in its window of 15s; this series has one there.'
		});
	});

	it('of two samples alone shows which, for irate()', () => {
		const found = detail(explained('irate(restarts_total[1m])', 38 * 15_000), 'window');
		expect(found.lastTwo).toEqual({ seconds: 15, difference: 0, isReset: true });
	});
});

describe('histogram_quantile()', () => {
	it('shows cumulative buckets, the rank, the bucket that holds it, and the bounds of the truth', () => {
		const found = detail(explained('histogram_quantile(0.5, duration_bucket)', END), 'quantile');
		expect(found.buckets.items.map(({ cumulative }) => cumulative)).toEqual([160, 640, 720, 800]);
		expect(found).toMatchObject({
			of: 'classic',
			rank: 400,
			chosen: 1,
			interpolation: 'linear',
			lower: 0.1,
			upper: 0.5,
			result: 0.1 + 0.4 * (240 / 480)
		});
	});

	it('says that above the highest bound nothing is known', () => {
		const found = detail(explained('histogram_quantile(0.99, duration_bucket)', END), 'quantile');
		expect(found).toMatchObject({ interpolation: 'bound', lower: 1, upper: Infinity, result: 1 });
		expect(found.notes[0]).toMatch(/no upper bound/);
	});

	it('says why there is none', () => {
		const found = detail(explained('histogram_quantile(0.9, duration_bucket)', 0), 'quantile');
		expect(found).toMatchObject({ interpolation: 'none', result: NaN });
		expect(found.notes[0]).toMatch(/no observations/);
	});
});

describe('an aggregation', () => {
	it('shows its groups with their members', () => {
		const found = detail(explained('sum by (status) (http_requests_total)', END), 'aggregation');
		expect(
			found.groups.items.map(({ labels, members, results }) => [
				labels[1],
				members.total,
				results.items[0]?.value
			])
		).toEqual([
			['404', 1, 3],
			['200', 2, 800],
			['500', 2, 80]
		]);
	});

	it('tells of labels to group by that no series has, and of their likes', () => {
		const find = (text: string) => detail(explained(text, END), 'aggregation').unknownLabels;
		expect(find('sum by (job, statsu) (http_requests_total)')).toEqual([
			{ label: 'statsu', nearest: ['status'] }
		]);
		expect(find('sum without (zzzzzz) (up)')).toEqual([{ label: 'zzzzzz', nearest: [] }]);
		expect(find('sum by (status, __name__) (http_requests_total)')).toBeUndefined();
	});

	it('lists buckets by their bounds, and not by their texts', () => {
		const store = createMemoryStore();
		for (const le of ['+Inf', '10', '2.5', '5']) {
			store.addPoints(metric('x_bucket', { le }), [0], [1]);
		}
		const outcome = explain(store, 'sum by (le) (x_bucket)', 0);
		const { root } = outcome.explanation as Explanation;
		const bounds = [root, ...root.children].map(({ detail: found }) => {
			if (found?.kind === 'aggregation') return found.groups.items.map(({ labels }) => labels[1]);
			return found?.kind === 'selector' && found.series.items.map(({ labels }) => labels[3]);
		});
		const sorted = ['2.5', '5', '10', '+Inf'];
		expect(bounds).toEqual([sorted, sorted]);
	});

	it('tells which members topk chose, those first, and which came next', () => {
		const found = detail(explained('topk(1, queue_length)', END), 'aggregation');
		expect(found.param).toBe(1);
		expect(
			found.groups.items[0]?.members.items.map(({ value, chosen }) => [value, chosen])
		).toEqual([
			[10, true],
			[0, false]
		]);
	});

	it.each([
		['topk(3, m)', [90, 80, 70, 60, 50]],
		['bottomk(3, m)', [10, 20, 30, 40, 50]]
	])('shows all that %s chose, however many there are', (text, expected) => {
		const store = createMemoryStore();
		[50, 10, 90, 20, 80, NaN, 30, 70, 40, 60].forEach((value, i) =>
			store.addPoints(metric('m', { i: String(i) }), [END], [value])
		);
		const outcome = explain(store, text, END);
		const found = detail(outcome.explanation as Explanation, 'aggregation');
		const members = found.groups.items[0]?.members.items ?? [];
		expect(members.slice(0, 5).map(({ value }) => value)).toEqual(expected);
		expect(members.filter(({ chosen }) => chosen).length).toBe(3);
	});
});

describe('vector matching', () => {
	it('shows both sides of each group, and why others are orphans', () => {
		const explanation = explained('queue_length * up', END);
		const found = detail(explanation, 'match');
		expect(found.fates).toMatchObject({ matched: 1, 'left only': 1 });
		const orphan = found.groups.items.find(({ fate }) => fate === 'left only');
		expect(orphan?.orphan).toEqual({
			reason: 'The right side has no series with instance="b"; it has instance="a".',
			nearest: [labels({ instance: 'a', job: 'shop' })],
			differs: ['instance']
		});
	});

	it('names a label that only one side has, and what to do about it', () => {
		const found = detail(explained('http_requests_total{status!="404"} / up', END), 'match');
		expect(found.groups.items[0]?.orphan?.reason).toBe(
			'The left side has the label status, the right side has not. Add status to ignoring(…), or name the ' +
				'labels to compare with on(…); group_left then lets several series of the left side meet one of the right.'
		);
	});

	it('shows what set operators keep and drop', () => {
		const found = detail(explained('queue_length unless up', END), 'match');
		expect(found.fates).toMatchObject({ kept: 1, dropped: 1 });
	});
});

describe('a comparison with a number', () => {
	it('shows what it keeps and what it does not', () => {
		const found = detail(explained('queue_length > 5', END), 'scalar operand');
		expect(found).toMatchObject({ op: '>', scalar: 5, kept: { total: 1 }, dropped: { total: 1 } });
	});
});

describe('a query without a result', () => {
	const cases: readonly (readonly [
		query: string,
		node: string,
		reason: RegExp | string,
		at?: Timestamp | QueryRange
	])[] = [
		[
			'http_request_total',
			'http_request_total',
			'There is no metric named http_request_total. Nearest: http_requests_total.'
		],
		[
			'sum(rate(http_requests_total{status="501"}[5m]))',
			'http_requests_total{status="501"}[5m]',
			'No series has the label value status="501". Nearest: "500", "404", "200".'
		],
		[
			'http_requests_total{code="500"}',
			'http_requests_total{code="500"}',
			'These series have no label code. They have: job, method, status, instance.'
		],
		[
			'http_requests_total{status=~"5"}',
			'http_requests_total{status=~"5"}',
			/has to match the whole value; it matches a part of "500"/
		],
		[
			'http_requests_total{status!~".+"}',
			'http_requests_total{status!~".+"}',
			/^Every series is excluded by status!~"\.\+"/
		],
		[
			'duration_bucket{le="0.50"}',
			'duration_bucket{le="0.50"}',
			'No series has the label value le="0.50": label values are texts, and it is written "0.5" here.'
		],
		[
			'http_requests_total{method="POST", status="200"}',
			'http_requests_total{method="POST",status="200"}',
			'Some series have method="POST" and some status="200", but none has both. With the first, status is: "404".'
		],
		[
			'up',
			'up',
			'There are such series, but no sample in the 5m looked at: the last one was 30m before its end.',
			END + 1_800_000
		],
		['up offset 1h', 'up offset 1h', /the first one came 50m after its end/],
		[
			'gone',
			'gone',
			/^The series ended, the last 3m before the end of what was looked at/,
			480_000
		],
		[
			'rate(http_requests_total[15s])',
			'rate(http_requests_total[15s])',
			'rate() needs two samples in 15s; the series has one every 15s.'
		],
		['queue_length > 100', 'queue_length > 100', 'The comparison > 100 keeps 0 of 2 series.'],
		['sum(up) < 1', 'sum(up) < 1', 'The comparison < 1 keeps 0 of 1 series.'],
		[
			'queue_length > http_requests_total',
			'queue_length > http_requests_total',
			/^No series of the left side has a partner on the right\. The right side has the labels? /
		],
		[
			'queue_length == on (instance) (up * 100)',
			'queue_length == on (instance) (up * 100)',
			'The comparison == keeps 0 of 1 pairs.'
		],
		['queue_length and nothing', 'nothing', 'There is no metric named nothing.'],
		['up unless queue_length', 'up unless queue_length', /unless drops those/],
		[
			'absent(up)',
			'absent(up)',
			'absent() gives nothing as long as its argument gives something; it gives 1 series.'
		],
		[
			'histogram_quantile(0.9, sum(duration_bucket))',
			'histogram_quantile(0.9, sum(duration_bucket))',
			/by \(le\)/
		],
		['topk(0, up)', 'topk(0, up)', 'topk(0, up) gives nothing for its one series.'],
		[
			'rate(up[10s:1m])',
			'up[10s:1m]',
			'The range of the subquery, 10s, holds none of its steps.',
			630_000
		]
	];

	for (const [query, node, reason, at = RANGE] of cases) {
		it(`names where ${query} lost its data, and why`, () => {
			const { root, vanishedAt } = explained(query, at);
			expect(nodes(root).find(({ id }) => id === vanishedAt?.node)?.text).toBe(node);
			if (typeof reason === 'string') expect(vanishedAt?.reason).toBe(reason);
			else expect(vanishedAt?.reason).toMatch(reason);
		});
	}

	it('says so when there is nothing at all', () => {
		expect(explain(createMemoryStore(), 'up', 0)).toMatchObject({
			explanation: { vanishedAt: { node: 0, reason: 'There are no series at all yet.' } }
		});
	});

	it('does not vanish when there is one', () => {
		expect(explained('up').vanishedAt).toBeUndefined();
	});
});
