import { expect, test } from 'vitest';
import { quote } from '#engine/model';

// What Go's strconv.Quote writes.
const cases: [string, string][] = [
	['a"b\\c', '"a\\"b\\\\c"'],
	['\n\t\r\x07\b\f\v\x00\x7f', '"\\n\\t\\r\\a\\b\\f\\v\\x00\\x7f"'],
	['é😀', '"é😀"'],
	['\u00a0\u2028\u{e0001}', '"\\u00a0\\u2028\\U000e0001"'],
	['\ud800', '"\ufffd"'],
	['a\udcff\udc80', '"a\\xff\\x80"']
];

test.each(cases)('%j is quoted as %s', (text, quoted) => {
	expect(quote(text)).toBe(quoted);
});
