import { decodeUtf8, parseFloatGo, quote } from '#engine/model';
import { PageError } from './page-error.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes as text; what is not UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
	return lenient.decode(bytes);
}

/** The same, but what is not UTF-8 is kept as stray bytes (model/utf8.ts), for whoever stores a name to refuse. */
export function decodeName(bytes: Uint8Array): string {
	const text = decodeText(bytes);
	return text.includes('\ufffd') ? decodeUtf8(bytes) : text;
}

export function isUtf8(bytes: Uint8Array): boolean {
	try {
		strict.decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** Bytes as Go's %q shows them: double-quoted, what is not printable escaped, what is not UTF-8 as `\xff`. */
export function quoteBytes(bytes: Uint8Array): string {
	let inside = '';
	for (let i = 0; i < bytes.length;) {
		const end = skipText(bytes, i);
		inside += quote(decodeText(bytes.subarray(i, end))).slice(1, -1);
		if (end < bytes.length) inside += hexByte(bytes[end]!);
		i = end + 1;
	}
	return `"${inside}"`;
}

/** Where UTF-8 that begins at `i` ends. */
function skipText(bytes: Uint8Array, i: number): number {
	for (let length = 1; i < bytes.length && length > 0; i += length) {
		length = bytes[i]! < 0x80 ? 1 : sequenceLength(bytes, i);
	}
	return i;
}

/** How many bytes the character at `i`, not ASCII, has; 0 where none begins. */
function sequenceLength(bytes: Uint8Array, i: number): number {
	const length = bytes[i]! < 0xe0 ? 2 : bytes[i]! < 0xf0 ? 3 : 4;
	return isUtf8(bytes.subarray(i, i + length)) ? length : 0;
}

function hexByte(byte: number): string {
	return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** A float of an exposition: Go's, without hexadecimal exponents and underscores. Throws what Prometheus says of it otherwise. */
export function parseSampleFloat(bytes: Uint8Array): number {
	const text = decodeText(bytes);
	const isNumeric = isNumericText(bytes);
	if (!isNumeric && /[pP_]/.test(text)) throw new PageError('unsupported character in float');
	// Of texts in these characters JavaScript and Go read the same ones, and faster than by a pattern.
	const value = isNumeric ? Number(text) : (parseFloatGo(text) ?? NaN);
	if (Number.isNaN(value) && text.toLowerCase() !== 'nan')
		throw floatError(bytes, 'invalid syntax');
	if (isNumeric && !Number.isFinite(value)) throw floatError(bytes, 'value out of range');
	return value;
}

/** Whether there are only digits, signs, points and e. */
function isNumericText(bytes: Uint8Array): boolean {
	for (const byte of bytes) {
		const isPart = (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || (byte | 0x20) === 0x65;
		if (!isPart && byte !== 0x2d && byte !== 0x2b) return false;
	}
	return bytes.length > 0;
}

function floatError(bytes: Uint8Array, reason: string): PageError {
	return new PageError(`strconv.ParseFloat: parsing ${quoteBytes(bytes)}: ${reason}`);
}

/** Go on amd64 makes of every float that no 64-bit integer can hold the smallest one. */
const SMALLEST_INT64 = -(2 ** 63);

/** Seconds as whole milliseconds: rounded towards zero, as Prometheus does. */
export function toMilliseconds(seconds: number): number {
	const milliseconds = Math.trunc(seconds * 1000);
	// There is no negative zero among integers.
	return Math.abs(milliseconds) < -SMALLEST_INT64 ? milliseconds + 0 : SMALLEST_INT64;
}

const LARGEST_INT64 = 9223372036854775807n;

/** Digits as a 64-bit integer. Throws what Go says when there are too many. */
export function parseMilliseconds(bytes: Uint8Array): number {
	const text = decodeText(bytes);
	if (text.length > 18 && BigInt(text) > LARGEST_INT64) {
		throw new PageError(`strconv.ParseInt: parsing ${quoteBytes(bytes)}: value out of range`);
	}
	return Number(text);
}

/**
 * A bucket bound or quantile as OpenMetrics writes it, with `.0` where it would look like an integer
 * (model/labels/float.go, FormatOpenMetricsFloat); a text that is no number stays as it is.
 */
export function canonicalFloat(text: string): string {
	const value = parseFloatGo(withoutUnderscores(text));
	if (value === undefined) return text;
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return /\d/.test(text) ? text : value > 0 ? '+Inf' : '-Inf';
	// Zero loses its sign there too.
	return formatShortest(value === 0 ? 0 : value);
}

const UNDERSCORES_OF_DECIMALS = /(?<=\d)_(?=\d)/g;
const UNDERSCORES_OF_HEXADECIMALS = /(?<=[\da-fx])_(?=[\da-f])/gi;

/** Go lets underscores stand between digits, and after a prefix. Where one stands elsewhere it stays, and it is no number. */
function withoutUnderscores(text: string): string {
	if (!text.includes('_')) return text;
	const isHexadecimal = /^[+-]?0x/i.test(text);
	return text.replace(isHexadecimal ? UNDERSCORES_OF_HEXADECIMALS : UNDERSCORES_OF_DECIMALS, '');
}

/** Go's format 'g' with the shortest digits: an exponent below 1e-4 and from 1e6 on, of two digits at least. */
function formatShortest(value: number): string {
	const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
	const exponent = Number(exponentText);
	if (exponent < -4 || exponent >= 6) {
		const digits = String(Math.abs(exponent)).padStart(2, '0');
		return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
	}
	const plain = String(value);
	return plain.includes('.') ? plain : `${plain}.0`;
}
