import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLabels, labelsKey, type Labels } from '#engine/model';
import {
	explain,
	query,
	queryRange,
	type ExplainedNode,
	type Member,
	type RangeResult
} from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore, type Point } from '../memory-querier.ts';

const ROWS = 60;
const STEP = 15_000;
const RANGE = { start: 0, end: ROWS * STEP, step: 20_000 };
const ALL = { series: 1000, points: 10_000, groups: 1000, members: 1000, windowSamples: 1000 };

const point: fc.Arbitrary<Point> = fc.oneof(
	{ weight: 12, arbitrary: fc.nat(30) },
	{ weight: 2, arbitrary: fc.double({ noDefaultInfinity: true }) },
	{ weight: 1, arbitrary: fc.constantFrom<Point>('absent', 'stale', NaN, Infinity) }
);

const NAMES: readonly Labels[] = [
	...['1', '2', '3'].map((i) => metric('a_total', { i, job: i === '3' ? 'y' : 'x' })),
	...['1', '2'].map((i) => metric('b_total', { i, job: 'x' })),
	...['1', '2', '+Inf'].map((le) => metric('h_bucket', { le, i: '1' })),
	...['0.5', '+Inf'].map((le) => metric('h_bucket', { le, i: '2' })),
	metric('g', { job: 'x' })
];

const store: fc.Arbitrary<MemoryStore> = fc
	.array(fc.array(point, { minLength: ROWS, maxLength: ROWS }), {
		minLength: NAMES.length,
		maxLength: NAMES.length
	})
	.map((series) => {
		const memory = createMemoryStore();
		const times = Array.from({ length: ROWS }, (_, row) => row * STEP);
		series.forEach((points, i) => memory.addPoints(NAMES[i] as Labels, times, points));
		return memory;
	});

const selector = fc.constantFrom(
	'a_total',
	'b_total',
	'h_bucket',
	'g',
	'a_total{i!="2"}',
	'nothing',
	'a_total @ 300',
	'b_total offset 1m'
);

const { vector } = fc.letrec<{ vector: string; deep: string }>((tie) => ({
	vector: fc.oneof({ depthSize: 'small', withCrossShrink: true }, selector, tie('deep')),
	deep: fc.oneof(
		fc
			.tuple(
				fc.constantFrom(
					'rate',
					'increase',
					'delta',
					'irate',
					'idelta',
					'max_over_time',
					'deriv',
					'resets'
				),
				fc.constantFrom('a_total', 'b_total', 'g', 'h_bucket'),
				fc.constantFrom('20s', '1m', '5m')
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
		tie('vector').map((inner) => `max_over_time((${inner})[2m:30s])`),
		tie('vector').map((inner) => `-(${inner})`)
	)
}));

function nodes(root: ExplainedNode): ExplainedNode[] {
	return [root, ...(root.kind === 'subquery' ? [] : root.children.flatMap(nodes))];
}

/** Texts that are equal exactly when all labels and the bits of all values are, but for the bits of a NaN. */
function text(
	series: Iterable<{ labels: Labels; values: Iterable<number>; times: Iterable<number> }>
) {
	return [...series]
		.map(({ labels, times, values }) => {
			const points = [...values].map((value) => (Object.is(value, -0) ? '-0' : String(value)));
			return `${formatLabels(labels)} ${[...times].join()} ${points.join()}`;
		})
		.sort();
}

function steps({ grid, series }: RangeResult) {
	return series.map(({ labels, values, present }) => {
		const rows = [...present.keys()].filter((i) => present[i] === 1);
		return {
			labels,
			times: rows.map((i) => grid.start + i * grid.step),
			values: rows.map((i) => values[i] as number)
		};
	});
}

function samples(members: readonly Member[]) {
	return text(members.map(({ labels, value }) => ({ labels, times: [], values: [value] })));
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
				const outcome = explain(memory, expression, RANGE, { limits: ALL, focus: { time } });
				const expected = queryRange(memory, expression, RANGE);
				expect(outcome.ok).toBe(expected.ok);
				if (!outcome.ok || !expected.ok) {
					expect(outcome).toMatchObject(expected);
					return;
				}
				const { root, annotations } = outcome.explanation;
				expect(annotations).toEqual(expected.annotations);
				expect(text(root.sample)).toEqual(text(steps(expected.result)));
				expect(root.seriesOut).toBe(expected.result.series.length);
				for (const node of nodes(root)) checkAtFocus(memory, node, time);
			}),
			{ numRuns: 300 }
		);
	});
});

function checkAtFocus(memory: MemoryStore, node: ExplainedNode, time: number): void {
	if (node.type !== 'vector') return;
	const outcome = query(memory, node.text, time);
	if (!outcome.ok || outcome.result.type !== 'vector') return;
	const expected = outcome.result.samples;
	const found = detailResults(node);
	if (found) expect(samples(found)).toEqual(samples(expected));
	const { detail } = node;
	if (detail?.kind === 'window') {
		if (detail.result) expect(samples(expected)).toContain(samples([detail.result])[0]);
		if (detail.rate) expect(detail.rate.result).toBe(detail.result?.value);
	}
	if (detail?.kind === 'quantile') {
		const key = labelsKey(detail.labels.filter((_, i, all) => all[i - (i % 2)] !== '__name__'));
		const same = expected.find(({ labels }) => labelsKey(labels) === key);
		expect(detail.result).toBe(same?.value);
	}
}
