import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	createTextParser,
	formatOpenMetrics,
	formatText,
	openMetricsFamilyName,
	type TextParser
} from '#engine/exposition';
import {
	labelsFromPairs,
	type ExposedSample,
	type MetricFamily,
	type MetricType
} from '#engine/model';

const TEXT = 'text/plain';
const OPENMETRICS = 'application/openmetrics-text';

const anyText = fc.oneof(
	fc.string({ maxLength: 8 }),
	fc.string({ maxLength: 8, unit: 'grapheme' }),
	fc.constantFrom('\\', '"', '\n', '\\n', 'a\\"b', '{x="y"} 1', '# EOF', ' ')
);
const bareName = fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/);
const metricName = fc.oneof(bareName, fc.constantFrom('my.name', 'ünï', 'a b'));
const labelName = fc.oneof(bareName, fc.constantFrom('a.b', 'x y', 'ü'));
/** Without a negative zero, which is written without its sign. */
const value = fc
	.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity, 0.1, 1e15, 123456.75))
	.map((number) => number + 0);

/** Whole seconds: the same in both formats. */
const timestamp = fc.option(
	fc.integer({ min: 0, max: 2 ** 31 }).map((seconds) => seconds * 1000),
	{ nil: undefined }
);

/** Without help texts of blanks alone: these the text format reads as empty. */
const family: fc.Arbitrary<MetricFamily> = fc
	.tuple(
		metricName,
		fc.constantFrom<MetricType>('counter', 'gauge', 'unknown'),
		anyText.filter((help) => !/^[ \t]+$/.test(help)),
		fc.array(fc.tuple(fc.dictionary(labelName, anyText, { maxKeys: 4 }), value, timestamp), {
			maxLength: 5
		})
	)
	.map(([base, type, help, rows]) => {
		const name = type === 'counter' ? `${base}_total` : base;
		const samples = rows.map(([labels, sample, time]): ExposedSample => {
			const flat = Object.entries(labels).flat();
			return { name, labels: flat, value: sample, ...(time !== undefined && { timestamp: time }) };
		});
		return { name, type, help, samples };
	});
const families = fc.uniqueArray(family, {
	maxLength: 5,
	selector: ({ name, type }) => openMetricsFamilyName(name, type)
});

/** What a page says, in the order of the page. */
function check(
	all: readonly MetricFamily[],
	page: string,
	contentType: string,
	parser: TextParser
): void {
	const parsed = parser.parse(new TextEncoder().encode(page), contentType);
	if (!parsed.ok) throw new Error(`${parsed.line}:${parsed.column}: ${parsed.message} in ${page}`);
	const samples = all.flatMap(({ samples: own }) => own);
	expect(parsed.series.map(({ labels }) => labels)).toEqual(
		samples.map(({ name, labels }) => labelsFromPairs([...pairs(labels), ['__name__', name]]))
	);
	expect([...parsed.values]).toEqual(samples.map((sample) => sample.value));
	expect([...(parsed.timestamps ?? samples.map(() => NaN))]).toEqual(
		samples.map((sample) => sample.timestamp ?? NaN)
	);
	expect([...parsed.metadata.values()].map(({ type, help }) => [type, help])).toEqual(
		all.map(({ type, help }) => [type, help])
	);
}

function pairs(labels: readonly string[]): [string, string][] {
	return labels.flatMap((name, i): [string, string][] =>
		i % 2 === 0 ? [[name, labels[i + 1] as string]] : []
	);
}

describe('what is written is read back', () => {
	test('in the text format', () =>
		fc.assert(
			fc.property(families, (all) => check(all, formatText(all), TEXT, createTextParser()))
		));

	test('in OpenMetrics', () =>
		fc.assert(
			fc.property(families, (all) =>
				check(all, formatOpenMetrics(all), OPENMETRICS, createTextParser())
			)
		));

	test('by a parser that has read other pages before', () =>
		fc.assert(
			fc.property(fc.array(families, { maxLength: 6 }), (pages) => {
				const parser = createTextParser();
				for (const all of pages) {
					check(all, formatText(all), TEXT, parser);
				}
			}),
			{ numRuns: 50 }
		));
});
