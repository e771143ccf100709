import { utf8Length, isValidUtf8, decodeUtf8 } from '#engine/model';
import type { ScalarNode } from './yaml-tree.ts';

/**
 * What a scalar is, by its tag or by its text. Integers are kept whole, as far as 64 bits go (go.yaml.in/yaml/v2, resolve.go).
 * A timestamp counts as a text, because no type here is a time.
 */
export interface Resolved {
	/** In its short form: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!timestamp`, `!!binary`, `!own`. */
	readonly tag: string;
	readonly value: string | number | bigint | boolean | null;
}

/** Why a scalar is not what its tag says. */
export interface Unresolved {
	readonly error: string;
}

const LONG = 'tag:yaml.org,2002:';

/** The tag as it is written: `!!str`. */
export function shortTag(tag: string): string {
	return tag.startsWith(LONG) ? `!!${tag.slice(LONG.length)}` : tag;
}

const RESOLVABLE = ['!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp'];

export function resolveScalar({ tag, value, isImplicit }: ScalarNode): Resolved | Unresolved {
	if (tag === '') return isImplicit ? resolveText(value) : { tag: '!!str', value };
	const short = shortTag(tag);
	if (short === '!!str') return { tag: short, value };
	if (short === '!!binary') return resolveBinary(value);
	if (!RESOLVABLE.includes(short)) return { tag: short, value };
	const found = resolveText(value);
	if (found.tag === short) return found;
	if (short === '!!float' && found.tag === '!!int' && fitsInt64(found.value as bigint)) {
		return { tag: short, value: Number(found.value) };
	}
	return { error: `cannot decode ${found.tag} \`${value}\` as a ${short}` };
}

const WORDS: ReadonlyMap<string, Resolved> = new Map([
	...words('!!bool', true, 'y Y yes Yes YES true True TRUE on On ON'),
	...words('!!bool', false, 'n N no No NO false False FALSE off Off OFF'),
	...words('!!null', null, '~ null Null NULL'),
	...words('!!float', NaN, '.nan .NaN .NAN'),
	...words('!!float', Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'),
	...words('!!float', -Infinity, '-.inf -.Inf -.INF'),
	['', { tag: '!!null', value: null }]
]);

function words(tag: string, value: Resolved['value'], list: string): [string, Resolved][] {
	return list.split(' ').map((word) => [word, { tag, value }]);
}

/** What a text without quotes and tag is. */
export function resolveText(text: string): Resolved {
	const word = WORDS.get(text);
	if (word) return word;
	if (/^[-+0-9]/.test(text)) return resolveNumber(text) ?? { tag: '!!str', value: text };
	if (text.startsWith('.') && DECIMAL.test(text)) return { tag: '!!float', value: Number(text) };
	return { tag: '!!str', value: text };
}

const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function resolveNumber(text: string): Resolved | undefined {
	if (isTimestamp(text)) return { tag: '!!timestamp', value: text };
	const plain = text.replaceAll('_', '');
	const integer = readInteger(plain);
	if (integer !== undefined) return { tag: '!!int', value: integer };
	if (!DECIMAL.test(plain)) return undefined;
	const float = Number(plain);
	// Go refuses a number that is too large, and then it is a text.
	return Number.isFinite(float) ? { tag: '!!float', value: float } : undefined;
}

/** Go's strconv.ParseInt and ParseUint with base 0: decimal, `0x`, `0b`, `0o`, and octal after a bare zero. */
function readInteger(text: string): bigint | undefined {
	const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
	const magnitude = readDigits(digits);
	if (magnitude === undefined) return undefined;
	const value = sign === '-' ? -magnitude : magnitude;
	if (fitsInt64(value)) return value;
	return sign === '' && value < 2n ** 64n ? value : undefined;
}

function readDigits(digits: string): bigint | undefined {
	if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
	if (/^(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/.test(digits)) {
		return BigInt(digits);
	}
	return undefined;
}

function fitsInt64(value: bigint): boolean {
	return value >= -(2n ** 63n) && value < 2n ** 63n;
}

const TIMESTAMP =
	/^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/;

/** Whether the text is a time in one of the four forms that go-yaml knows (resolve.go, parseTimestamp). */
function isTimestamp(text: string): boolean {
	const match = TIMESTAMP.exec(text);
	if (!match) return false;
	const [, year, month, day, separator, hour, minute, second, zone] = match;
	if (separator !== undefined && (separator === ' ') === (zone !== undefined)) return false;
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	if (Number(year) < 100) date.setUTCFullYear(Number(year));
	return (
		date.getUTCMonth() === Number(month) - 1 &&
		date.getUTCDate() === Number(day) &&
		Number(hour ?? 0) < 24 &&
		Number(minute ?? 0) < 60 &&
		Number(second ?? 0) < 60
	);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes that a base64 text stands for, as a text; bytes that are not UTF-8 are kept as `decodeUtf8` keeps them. */
function resolveBinary(text: string): Resolved | Unresolved {
	const bare = text.replace(/[\r\n]/g, '');
	const [, digits, padding] = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(bare) ?? [];
	if (digits === undefined || padding === undefined || bare.length % 4 !== 0) {
		return { error: '!!binary value contains invalid base64 data' };
	}
	if (padding.length > 0 && (digits.length % 4) + padding.length !== 4) {
		return { error: '!!binary value contains invalid base64 data' };
	}
	const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (const digit of digits) {
		held = ((held << 6) | BASE64.indexOf(digit)) & 0xffff;
		bits += 6;
		if (bits < 8) continue;
		bits -= 8;
		bytes[at++] = (held >> bits) & 0xff;
	}
	return { tag: '!!binary', value: decodeUtf8(bytes) };
}

/** As go-yaml quotes a value in a complaint: the first bytes of a long one. */
export function excerpt(value: string): string {
	if (utf8Length(value) <= 10) return ` \`${value}\``;
	const bytes = new TextEncoder().encode(isValidUtf8(value) ? value : value.toWellFormed());
	return ` \`${decodeUtf8(bytes.subarray(0, 7))}...\``;
}
