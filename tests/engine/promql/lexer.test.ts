import { describe, expect, test } from 'vitest';
import { Lexer } from '../../../src/engine/promql/lexer.ts';
import { parseDurationLiteral } from '../../../src/engine/promql/duration.ts';
import { parseNumber } from '../../../src/engine/promql/number-literal.ts';
import { unquote } from '../../../src/engine/promql/strings.ts';

/** The tokens of a text as `kind` or `kind:text`, until its end or its first error. */
function tokens(text: string): string[] {
	const lexer = new Lexer(text);
	const found: string[] = [];
	for (;;) {
		const kind = lexer.next();
		if (kind === 'eof') return found;
		if (kind === 'error') return [...found, `error@${lexer.from}: ${lexer.message}`];
		const written = text.slice(lexer.from, lexer.to);
		found.push(kind === written ? kind : `${kind}:${written}`);
	}
}

function check(text: string, ...expected: string[]): void {
	test(JSON.stringify(text), () => expect(tokens(text)).toEqual(expected));
}

function checkError(text: string, at: number, message: string): void {
	test(JSON.stringify(text), () => expect(tokens(text).at(-1)).toBe(`error@${at}: ${message}`));
}

describe('punctuation and operators are their own kind', () => {
	check(',()', ',', '(', ')');
	check('{} []', '{', '}', '[', ']');
	check('a + - * / % ^ b', 'identifier:a', '+', '-', '*', '/', '%', '^', 'identifier:b');
	check('== != < <= > >= = @', '==', '!=', '<', '<=', '>', '>=', '=', '@');
	check('</ >/', '</', '>/');
	check('{=~ !~ = !=}', '{', '=~', '!~', '=', '!=', '}');
});

describe('words are reserved in any case, names with a colon are not', () => {
	check('sum SUM Sum', 'sum', 'sum:SUM', 'sum:Sum');
	check('by By AND unless', 'by', 'by:By', 'and:AND', 'unless');
	check('rate foo_1 _x', 'identifier:rate', 'identifier:foo_1', 'identifier:_x');
	check('a:b :c', 'metric identifier:a:b', 'metric identifier::c');
	check('inf NaN', 'number:inf', 'number:NaN');
	check('{sum, by}', '{', 'identifier:sum', ',', 'identifier:by', '}');
	check('fill + fill (1)', 'identifier:fill', '+', 'fill', '(', 'number:1', ')');
});

describe('numbers', () => {
	check('1 2. .5 1.5', 'number:1', 'number:2.', 'number:.5', 'number:1.5');
	check('1e5 1E-3 4.2e+7', 'number:1e5', 'number:1E-3', 'number:4.2e+7');
	check('0x1F 0X_a 1_000', 'number:0x1F', 'number:0X_a', 'number:1_000');
	checkError('1..2', 0, 'bad number or duration syntax: "1.."');
	checkError('0x1.5', 0, 'bad number or duration syntax: "0x1."');
	checkError('1__0', 0, 'bad number or duration syntax: "1__"');
	checkError('1e', 0, 'bad number or duration syntax: "1e"');
	checkError('x + 0b1', 4, 'bad number or duration syntax: "0"');
});

describe('durations', () => {
	check('5m 1h30m 10ms 1y', 'duration:5m', 'duration:1h30m', 'duration:10ms', 'duration:1y');
	checkError('5mm', 0, 'bad number or duration syntax: "5mm"');
	checkError('1y5y', 0, 'bad number or duration syntax: "1y5"');
	checkError('5m_', 0, 'bad number or duration syntax: "5m_"');
});

describe('strings', () => {
	check(`"a" 'b' \`c\``, 'string:"a"', "string:'b'", 'string:`c`');
	check('"\\"" `\\`', 'string:"\\""', 'string:`\\`');
	check('"\\x41\\101\\u00e9\\U0001f600"', 'string:"\\x41\\101\\u00e9\\U0001f600"');
	check('`two\nlines`', 'string:`two\nlines`');
	checkError('"a', 0, 'unterminated quoted string');
	checkError('"a\nb"', 0, 'unterminated quoted string');
	checkError('`a', 0, 'unterminated raw string');
	checkError('"\\d"', 0, "unknown escape sequence U+0064 'd'");
	checkError(`"\\'"`, 0, "unknown escape sequence U+0027 '''");
	checkError('"\\xg0"', 0, "illegal character U+0067 'g' in escape sequence");
	checkError('"\\u12', 0, 'escape sequence not terminated');
	checkError('"\\ud800"', 0, 'escape sequence is an invalid Unicode code point');
	checkError('"\ud800"', 0, 'invalid UTF-8 rune');
});

describe('comments end with the line', () => {
	check('# nothing');
	check('a # b\n+ c # d', 'identifier:a', '+', 'identifier:c');
	check('{a="b" # c\n}', '{', 'identifier:a', '=', 'string:"b"', '}');
});

describe('inside brackets there are durations, and words only of durations', () => {
	check('[5m]', '[', 'duration:5m', ']');
	check('[ 300 : 1m ]', '[', 'number:300', ':', 'duration:1m', ']');
	check('[step()+1]', '[', 'step', '(', ')', '+', 'number:1', ']');
	checkError('a[b]', 2, "unexpected character in duration expression: 'b'");
	checkError('a[5m b]', 5, "unexpected character: 'b', expected ':'");
	checkError('a[:5m]', 3, 'unexpected colon before duration in duration expression');
	checkError('a[5m:1m:1m]', 7, "unexpected colon ':'");
	checkError('a[5m', 4, 'unclosed left bracket');
	checkError('a[', 2, 'unexpected end of input in duration expression');
	checkError('a]', 1, "unexpected right bracket ']'");
});

describe('what is not PromQL', () => {
	checkError('a $ b', 2, "unexpected character: '$'");
	checkError('a \u00a0', 2, "unexpected character: '\\u00a0'");
	checkError('a 😀', 2, "unexpected character: '😀'");
	checkError('a !', 2, "unexpected character after '!': '\ufffd'");
	checkError('a =~ b', 2, "unexpected character after '=': '~'");
	checkError('{a ! b}', 3, "unexpected character after '!' inside braces: ' '");
	checkError('{a', 2, 'unexpected end of input inside braces');
	checkError('{{', 1, "unexpected left brace '{'");
	checkError('{a:b}', 2, "unexpected character inside braces: ':'");
	checkError('(a', 2, 'unclosed left parenthesis');
	checkError('a)', 2, "unexpected right parenthesis ')'");
});

describe('the value of a number', () => {
	const cases: [string, number | string][] = [
		['755', 755],
		['0755', 493],
		['0755.0', 755],
		['08', 8],
		['0x1F', 31],
		['1_000.5', 1000.5],
		['9223372036854775807', 2 ** 63],
		['99999999999999999999', 1e20],
		['iNf', Infinity],
		['NaN', NaN],
		['1e400', 'value out of range'],
		['0x', 'invalid syntax'],
		['5_', 'invalid syntax']
	];
	test.each(cases)('%s is %s', (text, expected) => {
		expect(Object.values(parseNumber(text))[0]).toBe(expected);
	});
});

describe('the value of a duration, in seconds', () => {
	const cases: [string, number | string][] = [
		['5m', 300],
		['1h30m', 5400],
		['1y2w3d', (365 + 14 + 3) * 86400],
		['1s500ms', 1.5],
		['1m1h', 'not a valid duration string: "1m1h"'],
		['5m5m', 'not a valid duration string: "5m5m"'],
		['5hs', 'unknown unit "hs" in duration "5hs"'],
		['293y', 'duration out of range']
	];
	test.each(cases)('%s is %s', (text, expected) => {
		expect(Object.values(parseDurationLiteral(text))[0]).toBe(expected);
	});
});

describe('unquoting', () => {
	const cases: [string, string][] = [
		['"a\\tb"', 'a\tb'],
		["'it\\'s'", "it's"],
		['`raw\\n`', 'raw\\n'],
		['"\\x41\\101\\u00e9\\U0001f600"', 'AAé😀'],
		['"\\xc3\\xa9"', 'é'],
		['"\\xff"', '\udcff']
	];
	test.each(cases)('%s', (literal, value) => {
		expect(unquote(literal)).toBe(value);
	});
});
