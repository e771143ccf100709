import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOpenMetricsDump, storeSamples, writeOpenMetricsDump } from '#engine/exposition';
import { Head } from '#engine/tsdb';
import { contentOf, seriesOf } from './series.ts';

const encoder = new TextEncoder();

function read(text: string) {
	const dump = readOpenMetricsDump(encoder.encode(text));
	if (!dump.ok) throw new Error(JSON.stringify(dump.problems));
	return dump;
}

function problems(text: string | Uint8Array): string[] {
	const dump = readOpenMetricsDump(typeof text === 'string' ? encoder.encode(text) : text);
	if (dump.ok) throw new Error(`read: ${JSON.stringify(text)}`);
	return dump.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

test('samples are gathered by series, whatever the order of the lines', () => {
	const { series } = read('a{x="1"} 3 3\nb 1 1\na{x="1"} 1 1\na{x="1"} 2 2.5\n# EOF\n');
	expect(series.map(contentOf)).toEqual([
		[
			['__name__', 'a', 'x', '1'],
			[
				[1000, 1],
				[2500, 2],
				[3000, 3]
			]
		],
		[['__name__', 'b'], [[1000, 1]]]
	]);
});

test('a sample that is there twice counts once', () =>
	expect(read('a 1 1\na 1 1\nb NaN 1\nb NaN 1\n# EOF\n').series.map(({ end }) => end)).toEqual([
		1, 1
	]));

test('series with the same times share them', () => {
	const { series } = read('a 1 1\na 1 2\nb 1 2\nb 1 1\nc 1 1\n# EOF\n');
	expect(series[0]?.times).toBe(series[1]?.times);
	expect(series[0]?.times).not.toBe(series[2]?.times);
});

test('bounds are spelt as the type in force says', () => {
	const { series } = read('x{le="1"} 1 1\n# TYPE h histogram\nx{le="1"} 1 1\n# EOF\n');
	expect(series.map(({ labels }) => labels[3])).toEqual(['1', '1.0']);
});

test('metadata', () =>
	expect([...read('# TYPE a_b gauge\n# UNIT a_b b\n# HELP a_b H.\n# EOF\n').metadata]).toEqual([
		['a_b', { type: 'gauge', unit: 'b', help: 'H.' }]
	]));

describe('what is wrong is told with its place', () => {
	test.each([
		[
			'a 1\n# EOF\n',
			['1:3: sample 1, of a, has no timestamp: write it in seconds after the value']
		],
		['a 1 5\nb 1 1\na 2 5\n# EOF\n', ['3:1: a has two different values at 5']],
		['a{b="1",b="2"} 1 1\n# EOF\n', ['1:1: label name "b" is not unique: give it once']],
		['{""} 1 1\n# EOF\n', ['1:1: the name of the metric is empty: give it one']],
		...['1e308', '-1e308', '1e13'].map((time): [string, string[]] => [
			`b 1 1\na 1 ${time}\n# EOF\n`,
			['2:3: the timestamp is beyond all dates: write it in seconds since 1970']
		]),
		['a 1 1\n', ['2:1: data does not end with # EOF']],
		['', ['1:1: data does not end with # EOF']],
		['# EOF\nx y\nz', ['2:1: unexpected data after # EOF']],
		[
			'a 1\nb x 2\nc 1 3\nc 2 3\nd 1 4',
			[
				'1:3: sample 1, of a, has no timestamp: write it in seconds after the value',
				'2:2: strconv.ParseFloat: parsing "x": invalid syntax while parsing: "b x"',
				'4:1: c has two different values at 3',
				'5:4: expected next entry after timestamp, got " 4" ("EOF") while parsing: "d 1 4"'
			]
		]
	])('%j', (text, expected) => expect(problems(text)).toEqual(expected));

	test('names that are no UTF-8', () =>
		expect(problems(Uint8Array.from('{"\xff"} 1 1\n# EOF\n', (c) => c.charCodeAt(0)))).toEqual([
			'1:1: "\\xff" is no UTF-8: save the text as UTF-8'
		]));

	test('no more than a hundred', () => expect(problems('?\n'.repeat(1000)).length).toBe(100));
});

const name = fc.oneof(
	fc.constantFrom('a', 'b_total', 'h_bucket', 'my.name', 'ünï', 'x y', 'q"\\\n'),
	fc.string({ minLength: 1, maxLength: 4, unit: 'binary' }).filter((text) => !text.includes('\0'))
);
const text = fc.oneof(
	fc.string({ maxLength: 5 }),
	fc.constantFrom('\\', '"', '\n', '1', '🦊', '# EOF')
);
const samples = fc.dictionary(
	fc.integer({ min: 0, max: 2e12 }).map(String),
	fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, 0.1)),
	{ minKeys: 1, maxKeys: 5 }
);
const series = fc
	.tuple(name, fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }), samples)
	.map(([metric, labels, values]) => seriesOf({ ...labels, __name__: metric }, values));
const many = fc.uniqueArray(series, { maxLength: 6, selector: ({ labels }) => labels.join('\0') });

test('what is written is read back', () =>
	fc.assert(
		fc.property(many, (all) => {
			const dump = read([...writeOpenMetricsDump(all)].join(''));
			const byLabels = (list: typeof all) =>
				new Map(list.map((one) => [one.labels.join('\0'), contentOf(one)]));
			expect(byLabels([...dump.series])).toEqual(byLabels(all));
		}),
		{ numRuns: 500 }
	));

test('random bytes never throw', () => {
	const piece = fc.constantFrom(
		...['a', ' ', '1', '\n', '# ', '# EOF', '{', '}', '"', '=', '\\', '\0', 'é']
	);
	const bytes = fc.oneof(
		fc.uint8Array({ maxLength: 40 }),
		fc.array(piece, { maxLength: 30 }).map((pieces) => encoder.encode(pieces.join('')))
	);
	fc.assert(
		fc.property(bytes, (some) => {
			const dump = readOpenMetricsDump(some);
			expect(dump.ok || dump.problems.length > 0).toBe(true);
		}),
		{ numRuns: 10_000 }
	);
});

test('a head that is filled from a dump gives the same dump, without its staleness markers', () => {
	const text =
		'# TYPE a unknown\na 1 1.000\na 2 2.000\n# TYPE b unknown\nb 1 1.000\nb -0 3.000\n# EOF\n';
	const head = new Head();
	const appender = head.appender();
	expect(storeSamples(appender, read(text).series)).toEqual({
		start: 1000,
		end: 3000,
		lost: 0
	});
	expect(storeSamples(appender, read('a 5 1\n# EOF\n').series)?.lost).toBe(1);
	appender.begin(4000);
	appender.markStale(appender.ref(['__name__', 'a']));
	appender.commit();
	expect([...writeOpenMetricsDump(head.select([], 0, 5000))].join('')).toBe(text);
});

test('storeSamples has nothing to do where there is no sample', () =>
	expect(storeSamples(new Head().appender(), [])).toBeUndefined());
