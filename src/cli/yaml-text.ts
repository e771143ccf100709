import { inWords } from './in-words.ts';
import { UsageError } from './usage-error.ts';

/**
 * The text of a YAML file, which is UTF-8, or UTF-16 where it begins with a byte order mark of that (go.yaml.in/yaml/v2, readerc.go).
 * Bytes that are none throw a UsageError with their place.
 */
export function readYaml(path: string, bytes: Uint8Array): string {
	const encoding = encodingOf(bytes);
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		const problem =
			encoding === 'utf-8' ? wrongUtf8(bytes) : { message: 'invalid UTF-16', ...placeOf('') };
		throw new UsageError(inWords({ ...problem, severity: 'error', file: path }));
	}
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return 'utf-8';
}

/** What is wrong with the first character that is none, in the words of go-yaml, and where it is. */
function wrongUtf8(bytes: Uint8Array): { message: string; line: number; column: number } {
	let at = 0;
	let reason = wrongCharacter(bytes, at);
	while (reason === undefined && at < bytes.length) {
		at += lengthOf(bytes[at] ?? 0);
		reason = wrongCharacter(bytes, at);
	}
	const before = new TextDecoder().decode(bytes.subarray(0, at));
	return { message: `${reason}: save the file as UTF-8`, ...placeOf(before) };
}

/** What is wrong with the character that begins at the offset; undefined for a good one. */
function wrongCharacter(bytes: Uint8Array, at: number): string | undefined {
	const length = lengthOf(bytes[at] ?? 0);
	if (length === 0) return 'invalid leading UTF-8 octet';
	if (at + length > bytes.length) return 'incomplete UTF-8 octet sequence';
	const [first = 0, ...trailing] = bytes.subarray(at, at + length);
	if (trailing.some((octet) => (octet & 0xc0) !== 0x80)) return 'invalid trailing UTF-8 octet';
	const bits = length === 1 ? first : first & (0x7f >> length);
	const value = trailing.reduce((sum, octet) => (sum << 6) + (octet & 0x3f), bits);
	if (value < (SMALLEST[length] ?? 0)) return 'invalid length of a UTF-8 sequence';
	const isSurrogate = value >= 0xd800 && value <= 0xdfff;
	return isSurrogate || value > 0x10ffff ? 'invalid Unicode character' : undefined;
}

/** How many bytes a character has by its first one; 0 where none begins so. */
function lengthOf(first: number): number {
	if (first < 0x80) return 1;
	if (first < 0xc0) return 0;
	if (first < 0xe0) return 2;
	if (first < 0xf0) return 3;
	return first < 0xf8 ? 4 : 0;
}

/** What a character is at least that takes so many bytes. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

/** The place behind a text, 1-based, in UTF-16 code units. */
function placeOf(before: string): { line: number; column: number } {
	const lines = before.split('\n');
	return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
