import { describe, expect, it } from 'vitest';
import { createHistogramConverter } from '#engine/exposition';
import { classicTarget, OPENMETRICS, samples, TEXT } from './pages.ts';

const WHOLE = `# TYPE x histogram
x_bucket{le="1"} 1
x_bucket{le="2"} 3
x_bucket{le="+Inf"} 6
x_sum 7
x_count 6
`;
const HISTOGRAM = 'x {{schema:-53 count:6 sum:7 custom_values:[1 2] buckets:[1 2 3]}}';

function check(what: string, page: string, expected: readonly string[]): void {
	it(what, () => expect(samples(classicTarget().convert(page))).toEqual(expected));
}

describe('a classic histogram', () => {
	check('becomes one native histogram with its bounds', WHOLE, [HISTOGRAM]);
	check(
		'is one whatever comes first',
		`# TYPE x histogram\nx_count 1\nx_sum 2\nx_bucket{le="+Inf"} 1\n`,
		['x {{schema:-53 count:1 sum:2 custom_values:[] buckets:[1]}}']
	);
	check(
		'is put in order',
		`# TYPE x histogram\nx_bucket{le="2"} 3\nx_bucket{le="+Inf"} 6\nx_bucket{le="1"} 1\n`,
		['x {{schema:-53 count:6 custom_values:[1 2] buckets:[1 2 3]}}']
	);
	check(
		'takes its count for the last bucket where that is missing',
		`# TYPE x histogram\nx_bucket{le="1"} 1\nx_count 4\n`,
		['x {{schema:-53 count:4 custom_values:[1] buckets:[1 3]}}']
	);
	check(
		'takes its last bucket for the count where that is missing',
		`# TYPE x histogram\nx_bucket{le="1"} 4\n`,
		['x {{schema:-53 count:4 custom_values:[1] buckets:[4]}}']
	);
	check('is empty when it has nothing but a sum', `# TYPE x histogram\nx_sum 3\n`, [
		'x {{schema:-53 sum:3 custom_values:[]}}'
	]);
	check(
		'keeps the first of two buckets with one bound, the last of two counts',
		`# TYPE x histogram
x_bucket{le="1"} 1
x_bucket{le="1.0"} 9
x_count 9
x_count 3
`,
		['x {{schema:-53 count:3 custom_values:[1] buckets:[1 2]}}']
	);
	check(
		'may have counts that are not whole',
		`# TYPE x histogram\nx_bucket{le="1"} 0.5\nx_bucket{le="+Inf"} 2\n`,
		['x {{schema:-53 count:2 custom_values:[1] buckets:[0.5 1.5]}}']
	);
	check(
		'has the labels of its samples without le',
		`# TYPE x histogram
x_bucket{le="+Inf",b="2",A="1"} 2
x_count{A="1",b="2"} 2
`,
		['x{A="1", b="2"} {{schema:-53 count:2 custom_values:[] buckets:[2]}}']
	);
	check(
		'is one of several in a family',
		`# TYPE x histogram
x_bucket{a="1",le="+Inf"} 2
x_count{a="1"} 2
x_bucket{a="2",le="+Inf"} 3
x_count{a="2"} 3
`,
		[
			'x{a="1"} {{schema:-53 count:2 custom_values:[] buckets:[2]}}',
			'x{a="2"} {{schema:-53 count:3 custom_values:[] buckets:[3]}}'
		]
	);
	check(
		'is cut in two where another stands between its samples',
		`# TYPE x histogram
x_bucket{a="1",le="+Inf"} 2
x_bucket{a="2",le="+Inf"} 3
x_count{a="1"} 2
`,
		[
			'x{a="1"} {{schema:-53 count:2 custom_values:[] buckets:[2]}}',
			'x{a="2"} {{schema:-53 count:3 custom_values:[] buckets:[3]}}',
			'x{a="1"} {{schema:-53 count:2 custom_values:[] buckets:[2]}}'
		]
	);
	check(
		'is cut in two by a comment, not by a blank line',
		`# TYPE x histogram
x_bucket{le="1"} 2

x_count 2
# note
x_sum 3
`,
		[
			'x {{schema:-53 count:2 custom_values:[1] buckets:[2]}}',
			'x {{schema:-53 sum:3 custom_values:[]}}'
		]
	);
});

describe('what is no classic histogram', () => {
	const same = (what: string, page: string) =>
		it(what, () => {
			const target = classicTarget();
			const read = target.read(page);
			expect(target.convert(page)).toMatchObject({ series: read.series, values: read.values });
			expect(samples(target.convert(page))).toEqual(samples(read));
		});

	same('stays: without a TYPE line', 'x_bucket{le="1"} 1\nx_count 1\n');
	same('stays: of another type', '# TYPE x summary\nx{quantile="0.5"} 1\nx_sum 1\nx_count 1\n');
	same('stays: of another family', '# TYPE y histogram\nx_bucket{le="1"} 1\nx_count 1\n');
	same('stays: without a suffix', '# TYPE x histogram\nx 1\n');
	same(
		'stays: buckets without a bound, or with none that is a number',
		`# TYPE x histogram
x_bucket 1
x_bucket{le="ten"} 1
x_bucket{le="NaN"} 1
x_bucket{le="1e400"} 1
`
	);

	check(
		'stands where it stood, between others',
		`up 1
${WHOLE}# TYPE y counter
y 2
`,
		['up 1', HISTOGRAM, 'y 2']
	);
	check('comes after the histogram that it ends', `${WHOLE}y 2\n`, [HISTOGRAM, 'y 2']);
	check('comes before the histogram that it does not end', `${WHOLE}x 2\n`, ['x 2', HISTOGRAM]);
});

describe('counts that contradict each other', () => {
	const gone = (what: string, lines: string) =>
		check(`leave nothing: ${what}`, `# TYPE x histogram\n${lines}up 1\n`, ['up 1']);

	gone('falling ones', 'x_bucket{le="1"} 2\nx_bucket{le="2"} 1\n');
	gone('falling ones out of order', 'x_bucket{le="2"} 1\nx_bucket{le="1"} 2\n');
	gone('a negative bucket', 'x_bucket{le="1"} -1\nx_count 2\n');
	gone('a negative count, though another follows', 'x_bucket{le="1"} 1\nx_count -1\nx_count 1\n');
	gone('another count than in the last bucket', 'x_bucket{le="+Inf"} 1\nx_count 2\n');
	gone('no number', 'x_bucket{le="+Inf"} NaN\nx_count 2\n');

	// Prometheus 3.14 returns before it forgets a histogram that it finds invalid, and goes on filling it.
	check(
		'swallow samples of the next histogram, if there is no last bucket and the count is too small',
		`# TYPE x histogram
x_bucket{a="1",le="1"} 5
x_count{a="1"} 3
x_count{a="2"} 6
x_bucket{a="2",le="2"} 6
`,
		[
			'x{a="1"} {{schema:-53 count:6 custom_values:[1] buckets:[5 1]}}',
			'x{a="2"} {{schema:-53 count:6 custom_values:[2] buckets:[6]}}'
		]
	);
	check(
		'swallow them to the end of the page',
		`# TYPE x histogram
x_bucket{le="1"} 5
x_count 3
# TYPE y histogram
y_sum 6
`,
		[]
	);
});

describe('with keepClassic', () => {
	const target = () => classicTarget(TEXT, true);

	it('the samples stay, and their histogram comes after them', () =>
		expect(samples(target().convert(`${WHOLE}up 1\n`))).toEqual([
			'x_bucket{le="1.0"} 1',
			'x_bucket{le="2.0"} 3',
			'x_bucket{le="+Inf"} 6',
			'x_sum 7',
			'x_count 6',
			HISTOGRAM,
			'up 1'
		]));

	it('they stay where there is no histogram, too', () =>
		expect(samples(target().convert('# TYPE x histogram\nx_count -1\n'))).toEqual(['x_count -1']));
});

describe('timestamps', () => {
	check(
		'are those of the last sample before the end of the page',
		`# TYPE x histogram
x_bucket{le="1"} 1 1000
x_count 1 2000
`,
		['x {{schema:-53 count:1 custom_values:[1] buckets:[1]}} @2000']
	);

	// Prometheus asks for the timestamp when it has read the sample that ends the histogram.
	check(
		'are those of the sample that ends the histogram',
		`# TYPE x histogram
x_count 1 1000
y 2 3000
`,
		['x {{schema:-53 count:1 custom_values:[] buckets:[1]}} @3000', 'y 2 @3000']
	);

	it('are absent when none is left', () =>
		expect(
			classicTarget().convert('# TYPE x histogram\nx_count 1 1000\nup 1\n')
		).not.toHaveProperty('timestamps'));
});

describe('OpenMetrics', () => {
	const page = (lines: string) => `# TYPE x histogram\n${lines}# EOF\n`;
	const convert = (lines: string, keepClassic = false) =>
		classicTarget(OPENMETRICS, keepClassic).convert(page(lines));

	it('gives the exemplars of all samples to their histogram', () => {
		const lines = `x_bucket{le="1"} 1 # {id="a"} 0.5 1\nx_bucket{le="+Inf"} 2 # {id="b"} 3 2\nup 1 # {id="c"} 1\n`;
		const converted = convert(lines, true);
		expect(samples(converted)[2]).toMatch(/^x \{\{/);
		expect(converted.histogramExemplars).toEqual(
			new Map([
				[
					2,
					[
						{ labels: ['id', 'a'], value: 0.5, timestamp: 1000 },
						{ labels: ['id', 'b'], value: 3, timestamp: 2000 }
					]
				]
			])
		);
		expect(converted.exemplars).toEqual(new Map([[3, { labels: ['id', 'c'], value: 1 }]]));
	});

	it('lets an exemplar without a timestamp take that of the one in its slot before', () => {
		const lines = `x_bucket{a="1",le="+Inf"} 1 # {id="a"} 0.5 1\nx_bucket{a="2",le="+Inf"} 1 # {id="b"} 3\n`;
		expect(convert(lines).histogramExemplars?.get(1)).toEqual([
			{ labels: ['id', 'b'], value: 3, timestamp: 1000 }
		]);
	});

	it('passes over _created series from the first histogram on', () =>
		expect(
			samples(
				classicTarget(OPENMETRICS).convert(
					`# TYPE a counter\na_created 1\n# TYPE x histogram\nx_count 1\nx_created 2\nx_sum 3\n# TYPE b counter\nb_created 4\n# TYPE c gauge\nc_created 5\n# EOF\n`
				)
			)
		).toEqual([
			'a_created 1',
			'x {{schema:-53 count:1 sum:3 custom_values:[] buckets:[1]}}',
			'c_created 5'
		]));

	it('keeps _created series of the text format', () =>
		expect(
			samples(classicTarget().convert('# TYPE x histogram\nx_count 1\nx_created 2\n'))
		).toEqual(['x {{schema:-53 count:1 custom_values:[] buckets:[1]}}', 'x_created 2']));
});

describe('a page that breaks off', () => {
	check('has no histogram of which more might have come', `${WHOLE}x_bucket{le=\n`, []);
	check('has the one that a line ends', `${WHOLE}# note\nx_bucket{le=\n`, [HISTOGRAM]);
});

describe('from page to page', () => {
	const next = WHOLE.replace('} 6', '} 8').replace('x_count 6', 'x_count 8');

	it('only values are new while the lines begin alike', () => {
		const target = classicTarget();
		const first = target.convert(WHOLE);
		const second = target.convert(next);
		expect(second.series).toBe(first.series);
		expect(samples(second)).toEqual([
			'x {{schema:-53 count:8 sum:7 custom_values:[1 2] buckets:[1 2 5]}}'
		]);
		expect(samples(first)).toEqual([HISTOGRAM]);
	});

	it('a histogram is the same series when other lines come and go', () => {
		const target = classicTarget();
		const [x] = target.convert(WHOLE).series;
		expect(target.convert(`up 1\n${WHOLE}`).series[1]).toBe(x);
		target.convert('up 1\n');
		expect(target.convert(WHOLE).series[0]).toBe(x);
	});

	it('a series that has long been gone is forgotten', () => {
		const target = classicTarget();
		const [x] = target.convert(WHOLE).series;
		for (let i = 0; i < 20; i++) target.convert(`up{i="${i}"} 1\n`);
		const [later] = target.convert(WHOLE).series;
		expect(later).toEqual(x);
		expect(later).not.toBe(x);
	});

	it('a histogram is left out for as long as its counts are no good', () => {
		const target = classicTarget();
		const whole = target.convert(`${WHOLE}up 1\n`);
		const bad = `${WHOLE.replace('x_count 6', 'x_count 5')}up 1\n`;
		const without = target.convert(bad);
		expect(samples(without)).toEqual(['up 1']);
		expect(target.convert(bad).series).toBe(without.series);
		expect(target.convert(`${WHOLE}up 1\n`).series).toEqual(whole.series);
	});

	it('a histogram that swallowed others lets go of them when it is good again', () => {
		const target = classicTarget();
		const lines = (count: number) => `# TYPE x histogram
x_bucket{a="1",le="1"} 5
x_count{a="1"} ${count}
x_bucket{a="2",le="+Inf"} 6
`;
		const apart = [
			'x{a="1"} {{schema:-53 count:5 custom_values:[1] buckets:[5]}}',
			'x{a="2"} {{schema:-53 count:6 custom_values:[] buckets:[6]}}'
		];
		expect(samples(target.convert(lines(5)))).toEqual(apart);
		expect(samples(target.convert(lines(3)))).toEqual([]);
		expect(samples(target.convert(lines(5)))).toEqual(apart);
	});

	it('a converted page comes back as it is', () => {
		const page = classicTarget().convert(WHOLE);
		expect(createHistogramConverter({ keepClassic: false }).convert(page)).toBe(page);
	});
});
