/**
 * A float as Go's strconv.FormatFloat(v, 'f', -1, 64) writes it: shortest digits that read back, never an exponent.
 * The HTTP API, `count_values` and templates print values so; JavaScript would switch to exponents at 1e21 and 1e-7.
 */
export function formatFloat(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (value === Infinity) return '+Inf';
	if (value === -Infinity) return '-Inf';
	if (Object.is(value, -0)) return '-0';
	const text = String(value);
	return text.includes('e') ? withoutExponent(text) : text;
}

function withoutExponent(text: string): string {
	const [mantissa = '', exponentText = '0'] = text.split('e');
	const sign = mantissa.startsWith('-') ? '-' : '';
	const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
	const digits = whole + fraction;
	const point = whole.length + Number(exponentText);
	if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
	if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
	return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * Reads a float as Go's strconv.ParseFloat does: decimal or hexadecimal, `Inf`, `+Inf`, `-Inf` and `NaN` in any case.
 * Undefined if it is none. Digits too large for a float64 read as infinite, with which Go also reports an error.
 */
export function parseFloatGo(text: string): number | undefined {
	const special = SPECIAL.get(text.toLowerCase());
	if (special !== undefined) return special;
	return DECIMAL.test(text) ? Number(text) : parseHexadecimal(text);
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)p([+-]?\d+)$/i;

/** A hexadecimal mantissa with its exponent of two, `0x1.8p1` for 3. Mantissas beyond 53 bits lose the rest. */
function parseHexadecimal(text: string): number | undefined {
	const match = HEXADECIMAL.exec(text);
	if (!match) return undefined;
	const [, sign = '', mantissa = '', exponent = ''] = match;
	const [whole = '', fraction = ''] = mantissa.split('.');
	const scale = Number(exponent) - 4 * fraction.length;
	return (sign === '-' ? -1 : 1) * Number(`0x${whole}${fraction}`) * 2 ** scale;
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
	['inf', Infinity],
	['+inf', Infinity],
	['-inf', -Infinity],
	['infinity', Infinity],
	['+infinity', Infinity],
	['-infinity', -Infinity],
	['nan', NaN]
]);
