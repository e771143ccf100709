import { describe, expect, test } from 'vitest';
import { createTextParser, type ParsedPage, type TextParser } from '#engine/exposition';
import { formatLabels } from '#engine/model';

const TEXT = 'text/plain; version=0.0.4';
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

function read(
	page: string,
	contentType = TEXT,
	parser: TextParser = createTextParser()
): ParsedPage {
	const parsed = parser.parse(new TextEncoder().encode(page), contentType);
	if (!parsed.ok) throw new Error(`${parsed.line}:${parsed.column}: ${parsed.message}`);
	return parsed;
}

/** The samples of a page, each as PromQL would write its series, with its value and, if it has one, its timestamp. */
function samples({ series, values, timestamps }: ParsedPage): string[] {
	return series.map(({ labels }, i) => {
		const time = timestamps?.[i];
		const suffix = time === undefined || Number.isNaN(time) ? '' : ` @${time}`;
		return `${formatLabels(labels)} ${Object.is(values[i], -0) ? '-0' : values[i]}${suffix}`;
	});
}

function check(page: string, expected: readonly string[], contentType = TEXT): void {
	expect(samples(read(page, contentType))).toEqual(expected);
}

describe('the text format', () => {
	test('a sample needs a name and a value', () => check('up 1', ['up 1']));
	test('labels come out sorted', () => check('a{z="1",b="2"} 3\n', ['a{b="2", z="1"} 3']));
	test('a comma may follow the last label', () => check('a{b="c",} 1\n', ['a{b="c"} 1']));
	test('braces may be empty', () => check('a{} 1\na { } 2\n', ['a 1', 'a 2']));
	test('blanks and tabs are allowed between all parts', () =>
		check('a { b\t= "c" , d = "e" }\t 5  \t7 \n', ['a{b="c", d="e"} 5 @7']));
	test('commas between labels may be missing, as in Prometheus', () =>
		check('a{b="c" d="e"} 1', ['a{b="c", d="e"} 1']));
	test('colons belong to metric names', () => check('job:up:sum 1', ['job:up:sum 1']));
	test('blanks before a name become part of it, as in Prometheus', () =>
		check(' a 1', ['{" a"} 1']));
	test('an empty page has no samples', () => check('', []));
	test('blank lines and comments are passed over', () =>
		check('\n\n# a comment\n#another\n#\n  \n# HELPless\na 1\n\n', ['a 1']));
	test('a value may follow the braces at once', () => check('a{b="c"}1\n', ['a{b="c"} 1']));

	test('values are Go’s floats', () =>
		check(
			['1', '-1', '+1', '1.5', '.5', '5.', '1e3', '1E-3', '-0', '0.1']
				.map((v) => `a ${v}\n`)
				.join(''),
			['a 1', 'a -1', 'a 1', 'a 1.5', 'a 0.5', 'a 5', 'a 1000', 'a 0.001', 'a -0', 'a 0.1']
		));
	test('values that are not finite are written in several ways', () =>
		check(
			['NaN', 'nan', 'Nan', 'Inf', '+Inf', '-Inf', 'inf', '-infinity']
				.map((v) => `a ${v}\n`)
				.join(''),
			['NaN', 'NaN', 'NaN', 'Infinity', 'Infinity', '-Infinity', 'Infinity', '-Infinity'].map(
				(v) => `a ${v}`
			)
		));
	test('every float reads back exactly', () => {
		const values = [
			0.1,
			1 / 3,
			123456789.123456,
			1e22,
			1e23,
			5e-324,
			1.7976931348623157e308,
			2 ** 53 + 2
		];
		const page = read(values.map((value) => `a ${value}\n`).join(''));
		expect([...page.values]).toEqual(values);
	});
	test('timestamps are milliseconds', () =>
		check('a 1 1395066363000\nb 2\n', ['a 1 @1395066363000', 'b 2']));

	test('label values have three escapes; other backslashes stay', () =>
		check('a{b="\\\\ \\" \\n \\t"} 1', ['a{b="\\\\ \\" \\n \\\\t"} 1']));
	test('label values may hold anything else', () =>
		check('a{b="{}=,# ünï ☃ 🦊"} 1', ['a{b="{}=,# ünï ☃ 🦊"} 1']));
	test('label values may run over lines', () => check('a{b="c\nd"} 1', ['a{b="c\\nd"} 1']));
	test('the byte 0 may be in a label value', () => {
		const [series] = read('a{b="c\x00d"} 1').series;
		expect(series?.labels).toEqual(['__name__', 'a', 'b', 'c\x00d']);
	});
	test('very many labels', () => {
		const labels = Array.from({ length: 100 }, (_, i) => `l${String(i).padStart(3, '0')}="${i}"`);
		const [series] = read(`a{${labels.join(',')}} 1`).series;
		expect(series?.labels.length).toBe(202);
	});
	test('names in quotes may be any text', () =>
		check('{"my.name","a b"="c"} 1\n{x="y","my.name"} 2\n{ "n" } 3\n{"q\\"uote"} 4\n', [
			'{"my.name", "a b"="c"} 1',
			'{"my.name", x="y"} 2',
			'n 3',
			'{"q\\"uote"} 4'
		]));

	test('a label that is empty is not there, and told apart', () => {
		const [series] = read('a{b="",c="d"} 1').series;
		expect(series).toMatchObject({ labels: ['__name__', 'a', 'c', 'd'], emptyLabels: ['b'] });
	});
	test('an empty value removes a label that has another value beside, and be it the name, as in Prometheus', () => {
		check('a{b="1",b="",c="d"} 1', ['a{c="d"} 1']);
		check('a{__name__="",c="d"} 1\n{"",c="d"} 2', ['{c="d"} 1', '{c="d"} 2']);
	});
	test('names that are no UTF-8 are kept as stray bytes, so that who stores them can tell', () => {
		const page = Uint8Array.from('{"a\xff","\xc3\xa4\xe2"="b"} 1', (c) => c.charCodeAt(0));
		const parsed = createTextParser().parse(page, TEXT);
		expect(parsed.ok && parsed.series[0]?.labels).toEqual(['__name__', 'a\udcff', 'ä\udce2', 'b']);
	});
	test('a label that is given twice is told', () => {
		expect(read('a{b="1",b="2"} 1').series[0]?.duplicateLabel).toBe('b');
		expect(read('a{__name__="b"} 1').series[0]?.duplicateLabel).toBe('__name__');
		expect(read('a{b="1",c="2"} 1').series[0]?.duplicateLabel).toBeUndefined();
	});
});

describe('bounds and quantiles have the spelling of Prometheus 3', () => {
	function checkLe(le: string, expected: string): void {
		check(`# TYPE h histogram\nh_bucket{le="${le}"} 1\n`, [`h_bucket{le="${expected}"} 1`]);
	}
	test.each([
		['1', '1.0'],
		['0', '0.0'],
		['-0', '0.0'],
		['-1', '-1.0'],
		['+Inf', '+Inf'],
		['Inf', '+Inf'],
		['Infinity', '+Inf'],
		['NaN', 'NaN'],
		['0.50', '0.5'],
		['1e-3', '0.001'],
		['0.00001', '1e-05'],
		['100000', '100000.0'],
		['1000000', '1e+06'],
		['1234567', '1.234567e+06'],
		['1e21', '1e+21'],
		['1e400', '1e400'],
		['0x1p3', '8.0'],
		['0x1p2000', '0x1p2000'],
		['1_000', '1000.0'],
		['0x_1_0p1', '32.0'],
		['1_', '1_'],
		['_1', '_1'],
		['', ''],
		['ten', 'ten']
	])('le="%s" becomes "%s"', (le, expected) => {
		if (le === '') check('# TYPE h histogram\nh_bucket{le=""} 1\n', ['h_bucket 1']);
		else checkLe(le, expected);
	});
	test('quantiles of summaries too', () =>
		check('# TYPE s summary\ns{quantile="1"} 3', ['s{quantile="1.0"} 3']));
	test('but le only in histograms, and quantile only in summaries', () => {
		check('a{le="1",quantile="1"} 1', ['a{le="1", quantile="1"} 1']);
		check('# TYPE h histogram\nh{quantile="1"} 1', ['h{quantile="1"} 1']);
	});
	test('the type of the last TYPE line is in force, whatever the names, as in Prometheus', () =>
		check('# TYPE h histogram\nother{le="1"} 1', ['other{le="1.0"} 1']));
});

describe('metadata', () => {
	test('type and help by family, in any order', () => {
		const page =
			'# HELP a_total Its \\\\ \\n "help".\n# TYPE a_total counter\na_total 1\n# TYPE g gauge\n# HELP h  H\n';
		expect([...read(page).metadata]).toEqual([
			['a_total', { type: 'counter', help: 'Its \\ \n "help".', unit: '' }],
			['g', { type: 'gauge', help: '', unit: '' }],
			['h', { type: 'unknown', help: ' H', unit: '' }]
		]);
	});
	test('untyped is unknown, and names may be in quotes', () =>
		expect(read('# TYPE "my.name" untyped\n').metadata.get('my.name')?.type).toBe('unknown'));
	test('OpenMetrics has units, and quotes in help texts are escaped', () => {
		const page =
			'# TYPE a_seconds counter\n# UNIT a_seconds seconds\n# HELP a_seconds A \\"b\\".\n# EOF\n';
		expect([...read(page, OPENMETRICS).metadata]).toEqual([
			['a_seconds', { type: 'counter', help: 'A "b".', unit: 'seconds' }]
		]);
	});
});

describe('OpenMetrics', () => {
	const om = (page: string, expected: readonly string[]) =>
		check(`${page}# EOF\n`, expected, OPENMETRICS);

	test('samples and labels', () =>
		om('# TYPE a counter\na_total{b="c",d="\\n"} 1\na_created 5\n', [
			'a_total{b="c", d="\\n"} 1',
			'a_created 5'
		]));
	test('timestamps are seconds', () => om('a 1 1.5\nb 2 12\n', ['a 1 @1500', 'b 2 @12000']));
	test('timestamps lose what is less than a millisecond, and have 64 bits', () =>
		om('a 1 1.001\nb 1 -0.0001\nc 1 1e300\nd 1 -1e300\n', [
			'a 1 @1000',
			'b 1 @0',
			`c 1 @${-(2 ** 63)}`,
			`d 1 @${-(2 ** 63)}`
		]));
	test('the end needs no line break', () => check('a 1\n# EOF', ['a 1'], OPENMETRICS));
	test('names in quotes', () => om('{"my.name","a b"="c"} 1\n', ['{"my.name", "a b"="c"} 1']));
	test('exemplars', () => {
		const page = read(
			'# TYPE h histogram\nh_bucket{le="1"} 1 # {id="x",a="y"} 0.5 12.25\nh_count 1\nh_sum 2 7 # {} 3\n# EOF\n',
			OPENMETRICS
		);
		expect(page.exemplars).toEqual(
			new Map([
				[0, { labels: ['a', 'y', 'id', 'x'], value: 0.5, timestamp: 12250 }],
				[2, { labels: [], value: 3 }]
			])
		);
		expect(samples(page)).toEqual(['h_bucket{le="1.0"} 1', 'h_count 1', 'h_sum 2 @7000']);
	});
	test('labels of exemplars keep their escapes, and one name may be there twice, as in Prometheus', () => {
		const page = read('a_total 1 # {b="\\n",b="c",a="",A="d"} 2\n# EOF\n', OPENMETRICS);
		expect(page.exemplars?.get(0)?.labels).toEqual(['A', 'd', 'b', '\\n', 'b', 'c']);
	});
	test('a page without exemplars and timestamps has neither column', () => {
		const page = read('a 1\n# EOF\n', OPENMETRICS);
		expect([page.exemplars, page.timestamps]).toEqual([undefined, undefined]);
	});
	test('the content type decides, in any case and with any parameters', () => {
		expect(read('a 1\n# EOF\n', 'Application/OpenMetrics-Text').series.length).toBe(1);
		expect(read('a  1\n', 'text/html').series.length).toBe(1);
	});
});

describe('the byte 0 goes unseen where Prometheus does not see it', () => {
	test('in the words of comments, and after them', () => {
		const page = '# H\0ELP\0 a x\n# T\0Y\0PE\0 \0 a \0 gauge\n';
		expect([...read(page.replace(' \0 gauge', ' gauge')).metadata]).toEqual([
			['a', { type: 'gauge', help: 'x', unit: '' }]
		]);
		const openMetrics = '# H\0ELP \0a x\n# EOF\0\n\0';
		expect(read(openMetrics, OPENMETRICS).metadata.get('a')?.help).toBe('x');
	});
	test('after the quote that ends a label value, of which it becomes a part', () => {
		const { series } = read('a{b="c"\0} 1\n');
		expect(series[0]?.labels).toEqual(['__name__', 'a', 'b', 'c"']);
	});
	test('after the line break of a HELP line of OpenMetrics', () => {
		const page = read('# HELP a x\n\0a 1\n# EOF\n', OPENMETRICS);
		expect(page.metadata.get('a')?.help).toBe('x\n');
		expect(samples(page)).toEqual(['a 1']);
	});
	test('on the next page too', () => {
		const parser = createTextParser();
		read('# TYPE a gauge\na 1\n# EOF\n', OPENMETRICS, parser);
		const page = new TextEncoder().encode('# TYPE a gauge\n\0a 1\n# EOF\n');
		expect(parser.parse(page, OPENMETRICS)).toMatchObject({
			ok: false,
			message: 'invalid metric type "gauge\\n"'
		});
	});
	test('but it ends the page at the beginning of a comment', () => {
		expect(samples(read('a 1\n# \0\nb 2\n'))).toEqual(['a 1']);
		expect(samples(read('a 1\n# c\0\nb 2\n'))).toEqual(['a 1', 'b 2']);
	});
});

describe('from page to page', () => {
	const first = '# TYPE a counter\na{x="1"} 1\na{x="2"} 2\n\n# HELP b B.\nb 3\nc 4\n';

	/** What the second page shares with the first: for each of its samples, the number of the first's with the same object. */
	function shared(one: string, two: string): number[] {
		const parser = createTextParser();
		const before = read(one, TEXT, parser).series;
		const page = read(two, TEXT, parser);
		expect(samples(page)).toEqual(samples(read(two)));
		expect([...page.metadata]).toEqual([...read(two).metadata]);
		return page.series.map((series) => before.indexOf(series));
	}

	test('other values leave series, their array and metadata the same objects', () => {
		const parser = createTextParser();
		const before = read(first, TEXT, parser);
		const after = read(first.replace('} 1', '} 1e3').replace('b 3', 'b NaN 77'), TEXT, parser);
		expect(after.series).toBe(before.series);
		expect(after.metadata).toBe(before.metadata);
		expect([...after.values]).toEqual([1000, 2, NaN, 4]);
		expect(after.timestamps?.[2]).toBe(77);
	});
	test('a new line is a new series, the others stay', () =>
		expect(shared(first, first.replace('b 3', 'n 9\nb 3'))).toEqual([0, 1, -1, 2, 3]));
	test('a line that is gone leaves the others', () =>
		expect(shared(first, first.replace('a{x="1"} 1\n', ''))).toEqual([1, 2, 3]));
	test('the last line may be gone', () =>
		expect(shared(first, first.replace('c 4\n', ''))).toEqual([0, 1, 2]));
	test('lines may change places', () =>
		expect(shared('a 1\nb 2\nc 3\n', 'c 1\na 2\nb 3\n')).toEqual([2, 0, 1]));
	test('another type makes bounds other series', () =>
		expect(shared('# TYPE a counter\na{le="1"} 1\n', '# TYPE a histogram\na{le="1"} 1\n')).toEqual([
			-1
		]));
	test('a page may become empty', () => expect(shared(first, '')).toEqual([]));
	test('a page may begin as another one', () =>
		expect(shared('a 1\n', 'a{b="c"} 1\n')).toEqual([-1]));
	test('a name may go on where a value was', () =>
		expect(shared('up+Inf\n', 'up1 5\n')).toEqual([-1]));
	test('braces may follow where a value was', () =>
		expect(shared('a 1\n', 'a {b="c"} 1\n')).toEqual([-1]));
	test('a line may be cut short', () => {
		const parser = createTextParser();
		read(first, TEXT, parser);
		expect(
			parser.parse(new TextEncoder().encode('# TYPE a counter\na{x="1"} '), TEXT)
		).toMatchObject({
			ok: false,
			line: 2
		});
	});
	test('one line over and over', () => {
		const [many, more] = ['a 1\n'.repeat(100_000), `b 1\n${'a 2\n'.repeat(100_000)}`];
		const parser = createTextParser();
		read(many, TEXT, parser);
		expect(read(more, TEXT, parser).series.length).toBe(100_001);
	});
	test('the format may change', () => {
		const parser = createTextParser();
		read('a 1\n', TEXT, parser);
		expect(samples(read('a 2\n# EOF\n', OPENMETRICS, parser))).toEqual(['a 2']);
		expect(samples(read('a 3\n', TEXT, parser))).toEqual(['a 3']);
	});
	test('the body may be reused by its owner', () => {
		const parser = createTextParser();
		const body = new TextEncoder().encode('a 1\n');
		parser.parse(body, TEXT);
		body[0] = 'b'.charCodeAt(0);
		const parsed = parser.parse(body, TEXT);
		expect(parsed.ok && samples(parsed)).toEqual(['b 1']);
	});
});

test('a line that comes twice is one series, on its first page as later', () => {
	const parser = createTextParser();
	const page = 'a{x="1"} 1\na{x="2"} 1\na{x="1"} 2\na{x="1" } 3\n';
	for (const parsed of [read(page, TEXT, parser), read(page, TEXT, parser)]) {
		const [first, other, again, inOtherWords] = parsed.series;
		expect(again).toBe(first);
		expect(other).not.toBe(first);
		expect(inOtherWords).not.toBe(first);
		expect(inOtherWords).toEqual(first);
	}
	const many = Array.from({ length: 500 }, (_, i) => `b{i="${i % 250}"} 1\n`).join('');
	const { series } = read(many);
	expect(new Set(series).size).toBe(250);
	series.slice(0, 250).forEach((one, i) => expect(series[i + 250]).toBe(one));
});

test('of a page that cannot be read there is what stands before the fault', () => {
	const parser = createTextParser();
	const good = read('# TYPE a gauge\na 1\nb 2\n', TEXT, parser);
	const broken = parser.parse(
		new TextEncoder().encode('# TYPE a gauge\na 3\nb 4 5\nc 6\n7&-\nd 8\n'),
		TEXT
	);
	if (broken.ok) throw new Error('readable');
	expect(samples(broken.before)).toEqual(['a 3', 'b 4 @5', 'c 6']);
	expect(broken.before.series[0]).toBe(good.series[0]);
	expect([...broken.before.metadata.keys()]).toEqual(['a']);
	expect(read('# TYPE a gauge\na 1\nb 2\n', TEXT, parser).series).toBe(good.series);
});
