import { describe, expect, it } from 'vitest';
import { runScript } from './run-script.ts';

const TEMPERATURES = `
load 1m
	temperature{room="kitchen"} 20+1x10
	temperature{room="cellar"} 10 _ 12 stale 13
	opened_total{room="kitchen"} 0+3x10
`;

const HISTOGRAMS = `
load 1m
	size{kind="a"} {{schema:0 count:3 sum:4 buckets:[1 2]}}+{{count:2 sum:5 buckets:[1 1]}}x3
	size{kind="b"} 7x3
`;

function failuresOf(script: string): string[] {
	return runScript(script).flatMap(({ failures }) => failures);
}

/** Scripts that come out as they say. */
const PASSING: readonly (readonly [string, string])[] = [
	[
		'a vector',
		'eval instant at 2m temperature\n{__name__="temperature",room="kitchen"} 22\ntemperature{room="cellar"} 12'
	],
	['values that are equal but for rounding', 'eval instant at 0s 1/3\n0.33333334'],
	['a scalar in hexadecimal', 'eval instant at 0s 255\n0xff'],
	['NaN where NaN is expected', 'eval instant at 0s NaN\nNaN'],
	['a string', 'eval instant at 0s "a\\nb"\nexpect string "a\\nb"'],
	[
		'gaps and the marker of an end',
		'eval range from 0 to 4m step 1m temperature{room="cellar"}\ntemperature{room="cellar"} 10 10 12 _ 13'
	],
	[
		'an order',
		'eval instant at 0s sort_desc(temperature)\nexpect ordered\ntemperature{room="kitchen"} 20\ntemperature{room="cellar"} 10'
	],
	[
		'a range vector',
		'eval instant at 2m temperature{room="cellar"}[3m]\nexpect range vector from 0 to 2m step 1m\ntemperature{room="cellar"} 10 _ 12'
	],
	['a failure', 'eval instant at 0s temperature * on() temperature\nexpect fail'],
	[
		'a failure by a part of its text',
		'eval instant at 0s temperature * on() temperature\nexpect fail regex: many-to-many .* on one side'
	],
	[
		'an annotation by its text',
		'eval instant at 5m rate(temperature{room="kitchen"}[2m])\nexpect info msg: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature"\n{room="kitchen"} 0.0166666666'
	],
	[
		'an annotation by its text and place',
		'eval instant at 5m rate(temperature{room="kitchen"}[2m])\nexpect info msg: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature" (1:6)\n{room="kitchen"} 0.0166666666'
	],
	[
		'annotations that nobody asked about',
		'eval instant at 5m rate(temperature{room="kitchen"}[2m])\n{room="kitchen"} 0.0166666666'
	],
	[
		'none where none should be',
		'eval instant at 5m rate(opened_total[2m])\nexpect no_info\nexpect no_warn\n{room="kitchen"} 0.05'
	],
	['what was loaded before a clear is gone', 'clear\n\neval instant at 0s temperature'],
	[
		'the deprecated words',
		'eval_fail instant at 0s temperature * on() temperature\nexpected_fail_regexp many-to-many'
	]
];

describe('a script passes with', () => {
	it.each(PASSING)('%s', (_, script) => {
		expect(failuresOf(`${TEMPERATURES}\n${script}`)).toEqual([]);
	});
});

/** Scripts that do not, and what is said of them first. */
const FAILING: readonly (readonly [string, string, string])[] = [
	[
		'a wrong value',
		'eval instant at 0s temperature{room="cellar"}\ntemperature{room="cellar"} 10.001',
		'temperature{room="cellar"} is 10, not 10.001'
	],
	[
		'a value that is not quite zero',
		'eval instant at 0s vector(1e-300)\n{} 0',
		'{} is 1e-300, not 0'
	],
	['a number where NaN is expected', 'eval instant at 0s vector(1)\n{} NaN', '{} is 1, not NaN'],
	[
		'a missing series',
		'eval instant at 0s temperature{room="cellar"}\ntemperature{room="cellar"} 10\ntemperature{room="attic"} 10',
		'missing temperature{room="attic"}'
	],
	[
		'a series too many',
		'eval instant at 0s temperature\ntemperature{room="cellar"} 10',
		'unexpected temperature{room="kitchen"}: 20'
	],
	[
		'other labels',
		'eval instant at 0s temperature{room="cellar"}\n{room="cellar"} 10',
		'unexpected temperature{room="cellar"}: 10'
	],
	[
		'the wrong order',
		'eval instant at 0s sort_desc(temperature)\nexpect ordered\ntemperature{room="cellar"} 10\ntemperature{room="kitchen"} 20',
		'temperature{room="kitchen"} is in place 1, not 2'
	],
	[
		'an order of what has none',
		'eval range from 0 to 1m step 1m vector(1)\nexpect ordered\n{} 1 1',
		'is ordered by its labels'
	],
	[
		'a wrong value in a range',
		'eval range from 0 to 2m step 1m temperature{room="cellar"}\ntemperature{room="cellar"} 10 11 12',
		'is 10@0 10@60 12@120, not 10@0 11@60 12@120'
	],
	[
		'a gap where there is a value',
		'eval range from 0 to 2m step 1m temperature{room="cellar"}\ntemperature{room="cellar"} 10 _ 12',
		'is 10@0 10@60 12@120, not 10@0 12@120'
	],
	[
		'a value where there is a gap',
		'eval range from 0 to 4m step 1m temperature{room="cellar"}\ntemperature{room="cellar"} 10 10 12 12 13',
		'not 10@0 10@60 12@120 12@180 13@240'
	],
	[
		'values after the end of the range',
		'eval range from 0 to 1m step 1m vector(1)\n{} 1 1 _',
		'{} can not have 3 points in this range'
	],
	[
		'fewer values than there are',
		'eval range from 0 to 1m step 1m vector(1)\n{} 1',
		'{} is 1@0 1@60, not 1@0'
	],
	[
		'samples of a range vector at other times',
		'eval instant at 2m temperature{room="cellar"}[3m]\nexpect range vector from 0 to 2m step 1m\ntemperature{room="cellar"} 10 12',
		'is 10@0 12@120, not 10@0 12@60'
	],
	[
		'a range vector that was not announced',
		'eval instant at 2m temperature[3m]',
		'is a range vector'
	],
	['a scalar where a vector is expected', 'eval instant at 0s 1\n{} 1', 'is the scalar 1'],
	[
		'a vector where a scalar is expected',
		'eval instant at 0s vector(1)\n1',
		'is a vector, not a scalar'
	],
	[
		'a matrix where a scalar is expected',
		'eval range from 0 to 1m step 1m 1\n1',
		'is a matrix, not a scalar'
	],
	['a wrong scalar', 'eval instant at 0s 1\n2', 'is 1, not 2'],
	['a wrong string', 'eval instant at 0s "a"\nexpect string "b"', 'is the string a'],
	['a string that was not announced', 'eval instant at 0s "a"', 'is the string a'],
	['no failure', 'eval instant at 0s vector(1)\nexpect fail', 'did not fail'],
	[
		'another failure',
		'eval instant at 0s temperature * on() temperature\nexpect fail msg: many-to-many',
		'failed with found duplicate series'
	],
	[
		'an unexpected failure',
		'eval instant at 0s temperature * on() temperature',
		'failed: found duplicate series'
	],
	[
		'a query that is none, even if it should fail',
		'eval instant at 0s sum(\nexpect fail',
		'1:5: parse error'
	],
	['a missing warning', 'eval instant at 0s vector(1)\nexpect warn\n{} 1', 'no warning like'],
	['a missing info', 'eval instant at 0s vector(1)\nexpect info\n{} 1', 'no info like'],
	[
		'a missing warning in deprecated words',
		'eval_warn instant at 0s vector(1)\n{} 1',
		'no warning'
	],
	[
		'a missing info in deprecated words',
		'eval_info range from 0 to 1m step 1m vector(1)\n{} 1 1',
		'no info'
	],
	[
		'an unexpected info',
		'eval instant at 5m rate(temperature{room="kitchen"}[2m])\nexpect no_info\n{room="kitchen"} 0.0166666666',
		'unexpected info: PromQL info: metric might not be a counter'
	],
	[
		'an unexpected warning',
		'eval instant at 0s quantile(2, vector(1))\nexpect no_warn\n{} +Inf',
		'unexpected warning: PromQL warning: quantile value'
	],
	[
		'another warning',
		'eval instant at 0s quantile(2, vector(1))\nexpect warn msg: PromQL warning: quantile value should be between 0 and 1, got 3\n{} +Inf',
		'no warning like PromQL warning'
	],
	[
		'a warning in another place',
		'eval instant at 0s quantile(2, vector(1))\nexpect warn msg: PromQL warning: quantile value should be between 0 and 1, got 2 (1:9)\n{} +Inf',
		'no warning like PromQL warning'
	],
	[
		'a warning beyond the ones expected',
		'eval instant at 0s quantile(2, vector(1)) + quantile(3, vector(1))\nexpect warn regex: got 2\n{} +Inf',
		'unexpected warning: PromQL warning: quantile value should be between 0 and 1, got 3'
	],
	[
		'a value that depends on when @ is evaluated',
		'eval instant at 5m temperature{room="kitchen"} + scalar(vector(scalar(temperature{room="kitchen"} offset 1m)))\n{room="kitchen"} 48',
		'is 49, not 48'
	],
	[
		'more samples than a query may hold',
		'eval range from 0 to 170m step 1s vector(1)',
		'failed: query processing would load too many samples'
	]
];

describe('a script fails because of', () => {
	it.each(FAILING)('%s', (_, script, message) => {
		expect(failuresOf(`${TEMPERATURES}\n${script}`)[0]).toContain(message);
	});
});

it('fails where an instant query holds only at its own moment', () => {
	const failures = failuresOf(
		`${TEMPERATURES}\neval instant at 4m sum_over_time(vector(time())[1m:1m])\n{} 240`
	);
	expect(failures).toEqual([]);
});

/** Scripts with histograms: what is expected of size{kind="a"} in the third minute, and what is said of it. */
const EXPECTED_HISTOGRAMS: readonly (readonly [string, string | undefined])[] = [
	['{{schema:0 count:7 sum:14 buckets:[3 4]}}', undefined],
	['{{schema:0 count:7 sum:14.000001 buckets:[3 4]}}', undefined],
	['{{schema:0 count:7 sum:14 buckets:[0 3 4 0] offset:-1}}', undefined],
	['{{schema:0 count:7 sum:14 buckets:[3 4] counter_reset_hint:not_reset}}', undefined],
	['{{schema:0 count:7 sum:14 buckets:[3 4] counter_reset_hint:unknown}}', 'hint:unknown'],
	['{{schema:1 count:7 sum:14 buckets:[3 4]}}', 'schema:1'],
	['{{schema:0 count:8 sum:14 buckets:[3 4]}}', 'count:8'],
	['{{schema:0 count:7 sum:15 buckets:[3 4]}}', 'sum:15'],
	['{{schema:0 count:7 sum:14 buckets:[4 3]}}', 'buckets:[0=4 1=3]'],
	['{{schema:0 count:7 sum:14 buckets:[3 4] offset:1}}', 'buckets:[1=3 2=4]'],
	['{{schema:0 count:7 sum:14 n_buckets:[3 4]}}', 'negative:[0=3 1=4]'],
	['{{schema:0 count:7 sum:14 z_bucket:1 buckets:[3 4]}}', 'zero:1/0'],
	['{{schema:0 count:7 sum:14 z_bucket_w:0.1 buckets:[3 4]}}', 'zero:0/0.1'],
	['7', 'is {{schema:0 count:7']
];

describe('a histogram compared with', () => {
	it.each(EXPECTED_HISTOGRAMS)('%s', (expected, message) => {
		const script = `${HISTOGRAMS}\neval instant at 2m size{kind="a"}\nsize{kind="a"} ${expected}`;
		const [failure] = failuresOf(script);
		if (message === undefined) expect(failure).toBeUndefined();
		else expect(failure).toContain(message);
	});
	it('a float where a histogram is expected', () => {
		const script = `${HISTOGRAMS}\neval instant at 2m size{kind="b"}\nsize{kind="b"} {{}}`;
		expect(failuresOf(script)[0]).toContain('is 7, not {{schema:0');
	});
});

/** Scripts that make no sense. */
const UNREADABLE: readonly (readonly [string, string])[] = [
	['an unknown command', 'evil instant at 0s 1'],
	['a time that is none', 'eval instant at abc 1'],
	['an eval without a time', 'eval instant vector(1)'],
	['a range that ends before it begins', 'eval range from 2m to 1m step 1m 1'],
	['a step that is none', 'load often\n x 1'],
	['a value that is none', 'load 1m\n x one'],
	['a step without a count', 'load 1m\n x 1+1'],
	['a marker that is repeated', 'load 1m\n x stalex3'],
	['several values at one time', 'eval instant at 0s x\n x 1 2'],
	['an unknown kind of expectation', 'eval instant at 0s 1\nexpect success'],
	['an unknown match', 'eval instant at 0s 1\nexpect fail error: x'],
	['a pattern that is none', 'eval instant at 0s 1\nexpect warn regex: ['],
	['a warning and none', 'eval instant at 0s 1\nexpect warn\nexpect no_warn'],
	['an info and none', 'eval instant at 0s 1\nexpect no_info\nexpect info'],
	['two failures', 'eval instant at 0s 1\nexpect fail\nexpect fail'],
	['a string without quotes', 'eval instant at 0s "a"\nexpect string a'],
	['what follows a scalar', 'eval instant at 0s 1\n1\nx 1'],
	['a key of a histogram that is none', 'load 1m\n x {{size:1}}'],
	['a histogram without an end', 'load 1m\n x {{sum:1'],
	['histograms of a finer and a coarser schema', 'load 1m\n x {{schema:2}}+{{schema:1}}x2'],
	['start timestamps without a series', 'load 1m\n x@st -1m\n'],
	['start timestamps of another series', 'load 1m\n x@st -1m\n y 1'],
	['too few start timestamps', 'load 1m\n x@st -1m\n x 1 2'],
	['a start timestamp that is none', 'load 1m\n x@st 1m2\n x 1'],
	['samples before those that are there', 'load 1m\n x 1 2\n\nload 1m\n x 3'],
	[
		'counts of a classic histogram that fall',
		'load_with_nhcb 1m\n x_bucket{le="1"} 2\n x_bucket{le="2"} 1'
	]
];

describe('a script is refused for', () => {
	it.each(UNREADABLE)('%s', (_, script) => {
		expect(() => runScript(script)).toThrow();
	});
});
