import { describe, expect, test } from 'vitest';
import { writeOpenMetricsDump } from '#engine/exposition';
import { emptyHistogram, type MetricMetadata, type SeriesColumns } from '#engine/model';
import { seriesOf } from './series.ts';

function check(
	series: readonly SeriesColumns[],
	expected: readonly string[],
	metadata: Readonly<Record<string, Partial<MetricMetadata>>> = {}
): void {
	const known = Object.entries(metadata).map(
		([name, one]) => [name, { type: 'unknown', help: '', unit: '', ...one }] as const
	);
	const text = [...writeOpenMetricsDump(series, new Map(known))].join('');
	expect(text.split('\n')).toEqual([...expected, '# EOF', '']);
}

test('nothing is a dump too', () => check([], []));

test('a series of which nothing is known has the type unknown', () =>
	check(
		[seriesOf({ __name__: 'a', b: 'c "d"' }, { 1000: 1, 2500: 2.5 })],
		['# TYPE a unknown', 'a{b="c \\"d\\""} 1 1.000', 'a{b="c \\"d\\""} 2.5 2.500']
	));

test('a family without a sample that can be written is left out', () => {
	const histogram = emptyHistogram();
	const native = { ...seriesOf({ __name__: 'h' }, { 1000: 0 }), histograms: [histogram] };
	check(
		[native, seriesOf({ __name__: 'a' }, { 1000: 1 }), seriesOf({ __name__: 'b' }, {})],
		['# TYPE a unknown', 'a 1 1.000'],
		{ h: { type: 'histogram', help: 'An h.' } }
	);
});

test('help, type and unit come with the first series of a family', () =>
	check(
		[
			seriesOf({ __name__: 'up_seconds', x: '1' }, { 0: 1 }),
			seriesOf({ __name__: 'other' }, { 0: 1 }),
			seriesOf({ __name__: 'up_seconds', x: '2' }, { 0: 1 })
		],
		[
			'# HELP up_seconds A \\"line\\".',
			'# TYPE up_seconds gauge',
			'# UNIT up_seconds seconds',
			'up_seconds{x="1"} 1 0.000',
			'up_seconds{x="2"} 1 0.000',
			'# TYPE other unknown',
			'other 1 0.000'
		],
		{ up_seconds: { type: 'gauge', help: 'A "line".', unit: 'seconds' } }
	));

test('a unit that the name does not end with is left out', () =>
	check([seriesOf({ __name__: 'a' }, { 0: 1 })], ['# TYPE a gauge', 'a 1 0.000'], {
		a: { type: 'gauge', unit: 'seconds' }
	}));

describe('a counter', () => {
	const total = seriesOf({ __name__: 'x_total' }, { 0: 1 });
	const expected = ['# TYPE x counter', 'x_total 1 0.000'];
	test('may be known by its own name', () =>
		check([total], expected, { x_total: { type: 'counter' } }));
	test('may be known by its family', () => check([total], expected, { x: { type: 'counter' } }));
	test('without _total is unknown', () =>
		check([seriesOf({ __name__: 'x' }, { 0: 1 })], ['# TYPE x unknown', 'x 1 0.000'], {
			x: { type: 'counter' }
		}));
	test('whose family has the name of another metric is a family of its own', () =>
		check(
			[seriesOf({ __name__: 'x' }, { 0: 1 }), total],
			['# TYPE x gauge', 'x 1 0.000', '# TYPE x_total unknown', 'x_total 1 0.000'],
			{ x: { type: 'gauge' }, x_total: { type: 'counter' } }
		));
});

test('a histogram is written point by point, its bounds in order and as floats', () => {
	const at = (name: string, le: string | undefined, first: number, second: number) =>
		seriesOf({ __name__: name, ...(le && { le }), path: '/' }, { 1000: first, 2000: second });
	check(
		[
			at('h_bucket', '+Inf', 3, 6),
			at('h_bucket', '10', 2, 4),
			at('h_bucket', '2', 1, 2),
			at('h_sum', undefined, 9, 18),
			at('h_count', undefined, 3, 6)
		],
		[
			'# TYPE h histogram',
			...[1, 2].flatMap((n) => [
				`h_bucket{le="2.0",path="/"} ${n} ${n}.000`,
				`h_bucket{le="10.0",path="/"} ${2 * n} ${n}.000`,
				`h_bucket{le="+Inf",path="/"} ${3 * n} ${n}.000`,
				`h_count{path="/"} ${3 * n} ${n}.000`,
				`h_sum{path="/"} ${9 * n} ${n}.000`
			])
		],
		{ h: { type: 'histogram' } }
	);
});

test('values that are not finite, and a negative zero', () =>
	check(
		[seriesOf({ __name__: 'a' }, { 1: NaN, 2: Infinity, 3: -Infinity, 4: -0, 5: 1e300 })],
		[
			'# TYPE a unknown',
			...['NaN 0.001', '+Inf 0.002', '-Inf 0.003', '-0 0.004', '1e+300 0.005'].map((s) => `a ${s}`)
		]
	));

test('names in UTF-8 are in quotes', () =>
	check(
		[seriesOf({ __name__: 'my.name', 'a b': 'c' }, { 0: 1 })],
		['# TYPE "my.name" gauge', '{"my.name","a b"="c"} 1 0.000'],
		{ 'my.name': { type: 'gauge' } }
	));

test('what OpenMetrics cannot say is left out', () => {
	const a = seriesOf({ __name__: 'a' }, { 1: 1, 2: 2, 3: 3, 4: 4 });
	const marked = { ...a, marks: Uint8Array.of(0, 2, 1, 0) };
	const histograms = [undefined, emptyHistogram(), emptyHistogram(), undefined];
	const expected = ['# TYPE a unknown', 'a 1 0.001', 'a 4 0.004'];
	check([marked], expected);
	check([{ ...a, histograms }], expected);
	const odd: Readonly<Record<string, string>>[] = [
		{ b: 'nameless' },
		{ __name__: 'a\0' },
		{ __name__: '\udcff' },
		{ __name__: 'a', 'b\0': 'c' }
	];
	check(
		odd.map((set) => seriesOf(set, { 1: 1 })),
		[]
	);
});

test('only the rows from start to end are written', () =>
	check(
		[{ ...seriesOf({ __name__: 'a' }, { 1: 1, 2: 2, 3: 3 }), start: 1, end: 2 }],
		['# TYPE a unknown', 'a 2 0.002']
	));

test('a long dump comes in pieces', () => {
	const samples = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [i * 1000, i]));
	const pieces = [...writeOpenMetricsDump([seriesOf({ __name__: 'a' }, samples)])];
	expect(pieces.length).toBeGreaterThan(3);
	for (const piece of pieces) expect(piece.length).toBeLessThan(200_000);
});
