import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	emptyHistogram,
	formatLabels,
	labelsKey,
	type FloatHistogram,
	type Labels
} from '#engine/model';
import {
	ALL_FEATURES,
	explain,
	query,
	queryRange,
	type ExplainedNode,
	type Features,
	type Member,
	type RangeResult,
	type SampledSeries
} from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore, type Point } from '../memory-querier.ts';

const ROWS = 60;
const STEP = 15_000;
const RANGE = { start: 0, end: ROWS * STEP, step: 20_000 };
/** Names are removed on the way, so that each node can be asked for by itself. */
const features: Features = { ...ALL_FEATURES, delayedNameRemoval: false };
const ALL = { series: 1000, points: 10_000, groups: 1000, members: 1000, windowSamples: 1000 };

const point: fc.Arbitrary<Point> = fc.oneof(
	{ weight: 12, arbitrary: fc.nat(30) },
	{ weight: 2, arbitrary: fc.double({ noDefaultInfinity: true }) },
	{ weight: 1, arbitrary: fc.constantFrom<Point>('absent', 'stale', NaN, Infinity) }
);

/** A native histogram with few buckets, so that counts often rise and sometimes fall. */
const histogram: fc.Arbitrary<FloatHistogram> = fc
	.tuple(fc.constantFrom(0, 0, 1), fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }), fc.nat(2))
	.map(([schema, counts, zeroCount]) => ({
		...emptyHistogram({ schema, zeroThreshold: 0.001 }),
		zeroCount,
		count: counts.reduce((sum, count) => sum + count, zeroCount),
		sum: counts.reduce((sum, count, i) => sum + count * 2 ** i, 0),
		positive: { indexes: [0, 1, 3], counts }
	}));

const SERIES: readonly (readonly [Labels, fc.Arbitrary<Point>])[] = [
	...['1', '2', '3'].map(
		(i) => [metric('a_total', { i, job: i === '3' ? 'y' : 'x' }), point] as const
	),
	...['1', '2'].map((i) => [metric('b_total', { i, job: 'x' }), point] as const),
	...['1', '2', '+Inf'].map((le) => [metric('h_bucket', { le, i: '1' }), point] as const),
	...['0.5', '+Inf'].map((le) => [metric('h_bucket', { le, i: '2' }), point] as const),
	[metric('g', { job: 'x' }), point],
	...['1', '2'].map((i) => [metric('n', { i }), histogram] as const),
	[
		metric('n', { i: '3' }),
		fc.oneof({ weight: 9, arbitrary: histogram }, { weight: 1, arbitrary: point })
	]
];

const store: fc.Arbitrary<MemoryStore> = fc
	.tuple(
		...SERIES.map(([, one]) =>
			fc.tuple(
				fc.array(one, { minLength: ROWS, maxLength: ROWS }),
				fc.option(fc.array(fc.nat(9), { minLength: ROWS, maxLength: ROWS }), { nil: undefined })
			)
		)
	)
	.map((series) => {
		const memory = createMemoryStore();
		const times = Array.from({ length: ROWS }, (_, row) => row * STEP);
		series.forEach(([points, began], i) => {
			const starts = began?.map((rows, row) => Math.max(0, times[row] as number) - rows * STEP);
			memory.addPoints(
				(SERIES[i] as (typeof SERIES)[number])[0],
				times,
				points,
				starts?.map((start) => Math.max(0, start))
			);
		});
		return memory;
	});

const selector = fc.constantFrom(
	'a_total',
	'b_total',
	'h_bucket',
	'g',
	'a_total{i!="2"}',
	'nothing',
	'n',
	'n{i!="3"}',
	'a_total @ 300',
	'b_total offset 1m'
);

const metrics = fc.constantFrom('a_total', 'b_total', 'g', 'h_bucket', 'n');
const ranges = fc.constantFrom('20s', '1m', '5m');

const rates = fc
	.tuple(
		fc.constantFrom('rate', 'increase', 'delta'),
		metrics,
		ranges,
		fc.constantFrom('', '', ' anchored', ' smoothed')
	)
	.map(([func, name, range, bounds]) => `${func}(${name}[${range}]${bounds})`);

const { vector } = fc.letrec<{ vector: string; deep: string }>((tie) => ({
	vector: fc.oneof({ depthSize: 'small', withCrossShrink: true }, selector, tie('deep')),
	deep: fc.oneof(
		{ weight: 3, arbitrary: rates },
		fc
			.tuple(
				fc.constantFrom('irate', 'idelta', 'max_over_time', 'deriv', 'resets', 'last_over_time'),
				metrics,
				ranges
			)
			.map(([func, name, range]) => `${func}(${name}[${range}])`),
		fc
			.tuple(
				fc.constantFrom('sum', 'avg', 'max', 'count', 'stddev', 'topk', 'bottomk', 'quantile'),
				fc.constantFrom('', 'by (i)', 'by (job)', 'by (i, le)', 'without (i)'),
				tie('vector')
			)
			.map(
				([op, by, inner]) =>
					`${op} ${by} (${/topk|bottomk/.test(op) ? '2, ' : op === 'quantile' ? '0.4, ' : ''}${inner})`
			),
		fc
			.tuple(
				tie('vector'),
				fc.constantFrom('+', '/', '-', '>', '<= bool', 'and', 'or', 'unless'),
				fc.constantFrom('', 'on (i)', 'ignoring (le)'),
				tie('vector')
			)
			.map(([left, op, on, right]) => `(${left}) ${op} ${on} (${right})`),
		fc
			.tuple(tie('vector'), fc.constantFrom('*', '>', '=='), fc.constantFrom('2', '10'))
			.map(([left, op, right]) => `(${left}) ${op} ${right}`),
		fc
			.tuple(fc.constantFrom('0.1', '0.5', '0.99', '2'), tie('vector'))
			.map(([phi, inner]) => `histogram_quantile(${phi}, ${inner})`),
		fc.constantFrom('0.5', '0.9').map((phi) => `histogram_quantile(${phi}, h_bucket)`),
		fc
			.constantFrom('0', '0.2', '0.5', '0.9', '1')
			.map((phi) => `histogram_quantile(${phi}, rate(n[2m]))`),
		tie('vector').map((inner) => `max_over_time((${inner})[2m:30s])`),
		tie('vector').map((inner) => `-(${inner})`)
	)
}));

function nodes(root: ExplainedNode): ExplainedNode[] {
	return [root, ...(root.kind === 'subquery' ? [] : root.children.flatMap(nodes))];
}

type Sample = number | FloatHistogram;

/** A text that is equal exactly when the labels and the bits of all samples are, but for the bits of a NaN. */
function text(labels: Labels, times: readonly number[], samples: readonly Sample[]): string {
	const written = samples.map((sample) =>
		typeof sample === 'number' ? writtenNumber('', sample) : JSON.stringify(sample, writtenNumber)
	);
	return `${formatLabels(labels)} ${times.join()} ${written.join()}`;
}

function writtenNumber(_: string, value: unknown): unknown {
	return typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : value;
}

function resultTexts({ grid, series }: RangeResult): string[] {
	return series
		.map(({ labels, values, present, histograms }) => {
			const rows = [...present.keys()].filter((i) => present[i] === 1);
			const times = rows.map((i) => grid.start + i * grid.step);
			return text(
				labels,
				times,
				rows.map((i) => histograms?.[i] ?? (values[i] as number))
			);
		})
		.sort();
}

function sampleTexts(series: readonly SampledSeries[]): string[] {
	return series
		.map(({ labels, times, values, histograms }) =>
			text(
				labels,
				times,
				values.map((value, i) => histograms?.[i] ?? value)
			)
		)
		.sort();
}

function memberTexts(members: readonly Member[]): string[] {
	return members
		.map(({ labels, value, histogram }) => text(labels, [], [histogram ?? value]))
		.sort();
}

/** What the details of a node say that it gives at the focus. */
function detailResults(node: ExplainedNode): readonly Member[] | undefined {
	const { detail } = node;
	switch (detail?.kind) {
		case 'aggregation':
		case 'match':
			return detail.groups.items.flatMap(({ results }) => results.items);
		default:
			return undefined;
	}
}

describe('the numbers of an explanation', () => {
	it('are those of the query, over its steps and behind its functions', () => {
		fc.assert(
			fc.property(store, vector, fc.nat(45), (memory, expression, step) => {
				const time = step * RANGE.step;
				const outcome = explain(memory, expression, RANGE, {
					features,
					limits: ALL,
					focus: { time }
				});
				const expected = queryRange(memory, expression, RANGE, { features });
				expect(outcome.ok).toBe(expected.ok);
				if (!outcome.ok || !expected.ok) {
					expect(outcome).toMatchObject(expected);
					return;
				}
				const { root, annotations } = outcome.explanation;
				expect(annotations).toEqual(expected.annotations);
				expect(sampleTexts(root.sample)).toEqual(resultTexts(expected.result));
				expect(root.seriesOut).toBe(expected.result.series.length);
				for (const node of nodes(root)) checkAtFocus(memory, node, time);
			}),
			{ numRuns: 200 }
		);
	});
});

function checkAtFocus(memory: MemoryStore, node: ExplainedNode, time: number): void {
	if (node.type !== 'vector') return;
	const outcome = query(memory, node.text, time, { features });
	if (!outcome.ok || outcome.result.type !== 'vector') return;
	const expected = outcome.result.samples;
	const found = detailResults(node);
	if (found) expect(memberTexts(found)).toEqual(memberTexts(expected));
	const { detail } = node;
	if (detail?.kind === 'window') {
		if (detail.result) expect(memberTexts(expected)).toContain(memberTexts([detail.result])[0]);
		if (detail.rate?.histogram) expect(detail.rate.histogram).toEqual(detail.result?.histogram);
		else if (detail.rate) expect(detail.rate.result).toBe(detail.result?.value);
	}
	if (detail?.kind === 'quantile') {
		const key = labelsKey(detail.labels.filter((_, i, all) => all[i - (i % 2)] !== '__name__'));
		const same = expected.find(({ labels }) => labelsKey(labels) === key);
		expect(detail.result).toBe(same?.value);
	}
}
