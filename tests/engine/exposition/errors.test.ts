import { describe, expect, test } from 'vitest';
import { createTextParser } from '#engine/exposition';

const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const TEXT = 'text/plain; version=0.0.4';

/** A page from a text in which each character up to U+00FF is one byte. */
function bytes(page: string): Uint8Array {
	return Uint8Array.from(page, (character) => character.charCodeAt(0));
}

function check(contentType: string, page: string, message: string, place?: string): void {
	const parsed = createTextParser().parse(bytes(page), contentType);
	if (parsed.ok) throw new Error(`parsed: ${JSON.stringify(page)}`);
	expect(parsed.message).toBe(message);
	if (place) expect(`${parsed.line}:${parsed.column}`).toBe(place);
}

describe('a page in the text format is refused in the words of Prometheus, with its place', () => {
	test.each<[string, string, string?]>([
		['a', 'expected value after metric, got "\\n" ("INVALID") while parsing: "a\\n"', '1:2'],
		["a{b='c'} 1\n", 'expected label value, got "\'" ("INVALID") while parsing: "a{b=\'"', '1:5'],
		[
			'x 1\n# a comment\na{b=\n',
			'expected label value, got "\\n" ("INVALID") while parsing: "a{b=\\n"',
			'3:5'
		],
		['a{\xff="foo"} 1\n', 'expected label name, got "\\xff" ("INVALID") while parsing: "a{\\xff"'],
		['a{b="\xff"} 1\n', 'invalid UTF-8 label value: "\\"\\xff\\""', '1:5'],
		[
			'{"a", "b = "c"}',
			'expected equal, got "c\\"" ("LNAME") while parsing: "{\\"a\\", \\"b = \\"c\\""'
		],
		['{"a",b\\nc="d"} 1', 'expected equal, got "\\\\" ("INVALID") while parsing: "{\\"a\\",b\\\\"'],
		[
			'a true\n',
			'strconv.ParseFloat: parsing "true": invalid syntax while parsing: "a true"',
			'1:3'
		],
		[
			'something_weird{problem="',
			'expected label value, got "\\"\\n" ("INVALID") while parsing: "something_weird{problem=\\"\\n"'
		],
		[
			'empty_label_name{=""} 0',
			'expected label name, got "=\\"" ("EQUAL") while parsing: "empty_label_name{=\\""'
		],
		['{A}0', 'expected equal, got "}0" ("BCLOSE") while parsing: "{A}0"'],
		['foo 1_2\n', 'unsupported character in float while parsing: "foo 1_2"', '1:5'],
		['foo 0x1p-3\n', 'unsupported character in float while parsing: "foo 0x1p-3"'],
		['foo 0x1P-3\n', 'unsupported character in float while parsing: "foo 0x1P-3"'],
		[
			'foo 1e999\n',
			'strconv.ParseFloat: parsing "1e999": value out of range while parsing: "foo 1e999"'
		],
		[
			'foo 0 1_2\n',
			'expected next entry after timestamp, got "_" ("INVALID") while parsing: "foo 0 1_"',
			'1:8'
		],
		[
			'foo 0 -1\n',
			'expected timestamp or new record, got "-" ("INVALID") while parsing: "foo 0 -"'
		],
		[
			'foo 0 99999999999999999999\n',
			'strconv.ParseInt: parsing "99999999999999999999": value out of range while parsing: "foo 0 99999999999999999999"'
		],
		['{a="ok"} 1', 'metric name not set while parsing: "{a=\\"ok\\"} 1"'],
		['{"a","b"} 1', 'metric name already set while parsing: "{\\"a\\",\\"b\\"}"'],
		['a{"b"} 1', 'metric name already set while parsing: "a{\\"b\\"}"'],
		[
			'# TYPE #\n#EOF\n',
			'expected metric name after TYPE, got "#" ("INVALID") while parsing: "# TYPE #"',
			'1:8'
		],
		[
			'# HELP #\n#EOF\n',
			'expected metric name after HELP, got "#" ("INVALID") while parsing: "# HELP #"'
		],
		['# TYPE a gauge \n', 'invalid metric type "gauge "'],
		['# TYPE a\n', 'invalid metric type ""'],
		['# TYPE a info\n', 'invalid metric type "info"'],
		['# HELP a \xff\n', 'help text "\\xff" is not a valid utf8 string'],
		['<html>\n', 'expected a valid start token, got "<" ("INVALID") while parsing: "<"', '1:1'],
		['{"error": "nope"}\n', 'expected equal, got ":" ("INVALID") while parsing: "{\\"error\\":"'],
		[
			'a{b=\x00"ssss"} 1\n',
			'expected label value, got "\\x00" ("INVALID") while parsing: "a{b=\\x00"'
		],
		[
			'a{b="\x00',
			'expected label value, got "\\"\\x00\\n" ("INVALID") while parsing: "a{b=\\"\\x00\\n"'
		],
		['a{b\x00="hiih"}	1', 'expected equal, got "\\x00" ("INVALID") while parsing: "a{b\\x00"'],
		[
			'a\x00{b="ddd"} 1',
			'expected value after metric, got "\\x00" ("INVALID") while parsing: "a\\x00"'
		],
		[
			'# HELP a\x00b',
			'linebreak expected after metadata, got "\\x00b" ("EOF") while parsing: "# HELP a\\x00b"'
		],
		['# TYPE a\x00b', 'invalid metric type ""'],
		[
			'a 0 1\x00',
			'expected next entry after timestamp, got "\\x00" ("INVALID") while parsing: "a 0 1\\x00"'
		]
	])('%j', (page, message, place) => check(TEXT, page, message, place));
});

const NO_EOF = 'data does not end with # EOF';

describe('a page in OpenMetrics is refused in the words of Prometheus, with its place', () => {
	test.each<[string, string, string?]>([
		['', NO_EOF, '1:1'],
		['\n', 'expected a valid start token, got "\\n" ("INVALID") while parsing: "\\n"'],
		['metric', 'expected value after metric, got "metric" ("EOF") while parsing: "metric"'],
		['metric 1', NO_EOF],
		['metric 1\n', NO_EOF, '2:1'],
		['# TYPE a gauge\n\x00', 'invalid metric type "gauge\\n"'],
		[
			'# H\x00',
			'expected a valid start token, got "# H\\x00" ("INVALID") while parsing: "# H\\x00"'
		],
		['metric_total 1 # {aa="bb"} 4', NO_EOF],
		['a\n#EOF\n', 'expected value after metric, got "\\n" ("INVALID") while parsing: "a\\n"'],
		[' a 1\n#EOF\n', 'expected a valid start token, got " " ("INVALID") while parsing: " "'],
		['9\n#EOF\n', 'expected a valid start token, got "9" ("INVALID") while parsing: "9"'],
		['# TYPE u untyped\n#EOF\n', 'invalid metric type "untyped"'],
		['# TYPE c counter \n#EOF\n', 'invalid metric type "counter "'],
		['# TYPE c  counter\n', 'invalid metric type " counter"'],
		[
			'#  TYPE c counter\n#EOF\n',
			'expected a valid start token, got "#  " ("INVALID") while parsing: "#  "'
		],
		[
			'#\tTYPE c counter\n',
			'expected a valid start token, got "#\\t" ("INVALID") while parsing: "#\\t"'
		],
		[
			'# TYPE \n#EOF\n',
			'expected metric name after TYPE, got "\\n" ("INVALID") while parsing: "# TYPE \\n"'
		],
		['# TYPE m\n#EOF\n', 'expected text in TYPE'],
		['# UNIT m\n#EOF\n', 'expected text in UNIT'],
		['# HELP m\n#EOF\n', 'expected text in HELP'],
		['# UNIT metric suffix\n#EOF\n', 'unit "suffix" not a suffix of metric "metric"'],
		['# UNIT metricsuffix suffix\n', 'unit "suffix" not a suffix of metric "metricsuffix"'],
		['# UNIT m suffix\n#EOF\n', 'unit "suffix" not a suffix of metric "m"'],
		['a\t1\n#EOF\n', 'expected value after metric, got "\\t" ("INVALID") while parsing: "a\\t"'],
		[
			'a 1\t2\n#EOF\n',
			'strconv.ParseFloat: parsing "1\\t2": invalid syntax while parsing: "a 1\\t2"'
		],
		[
			'a 1 2 \n#EOF\n',
			'expected next entry after timestamp, got " \\n" ("INVALID") while parsing: "a 1 2 \\n"'
		],
		[
			'a 1 2 #\n#EOF\n',
			'expected next entry after timestamp, got " #\\n" ("TIMESTAMP") while parsing: "a 1 2 #\\n"'
		],
		['a 1 1z\n#EOF\n', 'strconv.ParseFloat: parsing "1z": invalid syntax while parsing: "a 1 1z"'],
		['# EOF\na 1', 'unexpected data after # EOF', '2:1'],
		['# EOF\n\n', 'unexpected data after # EOF'],
		['# EOFa 1', 'unexpected data after # EOF'],
		[
			'a 1 1 1\n# EOF\n',
			'expected next entry after timestamp, got " 1\\n" ("TIMESTAMP") while parsing: "a 1 1 1\\n"'
		],
		["a{b='c'} 1\n# EOF\n", 'expected label value, got "\'" ("INVALID") while parsing: "a{b=\'"'],
		['a{,b="c"} 1\n# EOF\n', 'expected label name, got ",b" ("COMMA") while parsing: "a{,b"'],
		[
			'a{b="c"d="e"} 1\n# EOF\n',
			'expected comma or brace close, got "d=" ("LNAME") while parsing: "a{b=\\"c\\"d="'
		],
		[
			'a{b="c",,d="e"} 1\n# EOF\n',
			'expected label name, got ",d" ("COMMA") while parsing: "a{b=\\"c\\",,d"'
		],
		['a{b="\xff"} 1\n# EOF\n', 'invalid UTF-8 label value: "\\"\\xff\\""'],
		[
			'something_weird{problem="\n# EOF\n',
			'expected label value, got "\\"\\n" ("INVALID") while parsing: "something_weird{problem=\\"\\n"'
		],
		['{A}0\n# EOF\n', 'expected equal, got "}0" ("BCLOSE") while parsing: "{A}0"'],
		['foo 1_2\n\n# EOF\n', 'unsupported character in float while parsing: "foo 1_2"'],
		['foo 0 1_2\n\n# EOF\n', 'unsupported character in float while parsing: "foo 0 1_2"'],
		[
			'c_total 1 # {aa=bb}\n# EOF\n',
			'expected label value, got "b" ("INVALID") while parsing: "c_total 1 # {aa=b"'
		],
		[
			'c_total 1 # {aa="bb"}\n# EOF\n',
			'expected value after exemplar labels, got "\\n" ("INVALID") while parsing: "c_total 1 # {aa=\\"bb\\"}\\n"'
		],
		[
			'c_total 1 # {aa="bb"}',
			'expected value after exemplar labels, got "}" ("EOF") while parsing: "c_total 1 # {aa=\\"bb\\"}"'
		],
		['c_total 1 # {bb}', 'expected equal, got "}" ("BCLOSE") while parsing: "c_total 1 # {bb}"'],
		[
			'c_total 1 # {bb, a="dd"}',
			'expected equal, got ", " ("COMMA") while parsing: "c_total 1 # {bb, "'
		],
		[
			'c_total 1 # {aa="bb",,cc="dd"} 1',
			'expected label name, got ",c" ("COMMA") while parsing: "c_total 1 # {aa=\\"bb\\",,c"'
		],
		[
			'c_total 1 # {aa="bb"} true',
			'strconv.ParseFloat: parsing "true": invalid syntax while parsing: "c_total 1 # {aa=\\"bb\\"} true"'
		],
		[
			'c_total 1 # {aa=\\"\\xff\\"} 9.0',
			'expected label value, got "\\\\" ("INVALID") while parsing: "c_total 1 # {aa=\\\\"'
		],
		['{b="c",} 1', 'metric name not set while parsing: "{b=\\"c\\",} 1"'],
		['a 1 NaN', 'invalid timestamp NaN'],
		['a 1 -Inf', 'invalid timestamp -Inf'],
		['a 1 Inf', 'invalid timestamp +Inf'],
		['h_bucket{le="+Inf"} 1 # {aa="bb"} 4 NaN', 'invalid exemplar timestamp NaN']
	])('%j', (page, message, place) => check(OPENMETRICS, page, message, place));
});

test('columns count in UTF-16 code units', () => {
	const page = new TextEncoder().encode('ok 1\na{b="🦊é"} x\n');
	expect(createTextParser().parse(page, TEXT)).toMatchObject({ ok: false, line: 2, column: 12 });
});

test('what cannot be read does not disturb what is remembered', () => {
	const parser = createTextParser();
	const good = new TextEncoder().encode('a{b="c"} 1\nd 2\n');
	const first = parser.parse(good, TEXT);
	expect(parser.parse(bytes('a{b="c"} 1\nd x\n'), TEXT).ok).toBe(false);
	const again = parser.parse(good, TEXT);
	expect(first.ok && again.ok && first.series === again.series).toBe(true);
});
