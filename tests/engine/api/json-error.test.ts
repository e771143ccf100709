import { expect, it } from 'vitest';
import fc from 'fast-check';
import { jsonError } from '../../../src/engine/api/json-error.ts';

/** What Go 1.26 says of each. */
it.each([
	['', 'unexpected end of JSON input'],
	[' {"a"', 'unexpected end of JSON input'],
	['{"a":"b', 'unexpected end of JSON input'],
	['x', "invalid character 'x' looking for beginning of value"],
	['é', "invalid character 'Ã' looking for beginning of value"],
	['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
	['{a:1}', "invalid character 'a' looking for beginning of object key string"],
	['{"a" 1}', "invalid character '1' after object key"],
	['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
	['[1 2]', "invalid character '2' after array element"],
	['[1,]', "invalid character ']' looking for beginning of value"],
	['"\n"', "invalid character '\\n' in string literal"],
	['"\\x"', "invalid character 'x' in string escape code"],
	['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
	['-', "invalid character ' ' in numeric literal"],
	['0.', "invalid character ' ' after decimal point in numeric literal"],
	['1e+x', "invalid character 'x' in exponent of numeric literal"],
	['nul', "invalid character ' ' in literal null (expecting 'l')"],
	['{} {}', "invalid character '{' after top-level value"],
	['01', "invalid character '1' after top-level value"],
	["'a'", "invalid character '\\'' looking for beginning of value"],
	['['.repeat(10_001), "invalid character '[' exceeded max depth"],
	['['.repeat(10_000), 'unexpected end of JSON input']
])('%j', (text, error) => {
	expect(jsonError(text)).toBe(error);
});

it('has nothing against what is JSON, and something against what is none', () => {
	const character = fc.constantFrom(...'{}[]:,"\\ue-+.01tfn \n');
	const text = fc.oneof(fc.json(), fc.string({ unit: character, maxLength: 12 }));
	const parses = (one: string) => {
		try {
			JSON.parse(one);
			return true;
		} catch {
			return false;
		}
	};
	fc.assert(fc.property(text, (one) => (jsonError(one) === undefined) === parses(one)));
});
