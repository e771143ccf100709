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

/**
 * A float as fmt's %g writes it, in annotations: shortest digits, or `precision` significant ones; an exponent of at least
 * two digits outside of 1e-4 … 1e6 (or of the precision).
 */
export function formatG(value: number, precision?: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	if (value === 0) return Object.is(value, -0) ? '-0' : '0';
	const [mantissa, exponent] = scientific(value, precision);
	if (exponent >= -4 && exponent < (precision ?? SHORTEST_LIMIT)) {
		return String(Number(`${mantissa}e${exponent}`));
	}
	const size = String(Math.abs(exponent)).padStart(2, '0');
	return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** strconv/ftoa.go, %g: the shortest form takes an exponent from the seventh digit on. */
const SHORTEST_LIMIT = 6;

function withoutTrailingZeros(text: string): string {
	return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Mantissa, without trailing zeros if a precision is given, and exponent of ten. */
function scientific(value: number, precision: number | undefined): [string, number] {
	const text = precision === undefined ? value.toExponential() : rounded(value, precision);
	const [mantissa = '', exponent = '0'] = text.split('e');
	return [precision === undefined ? mantissa : withoutTrailingZeros(mantissa), Number(exponent)];
}

/** Beyond this many further digits no float64 is half-way between two shorter numbers without being it exactly. */
const ENOUGH_DIGITS = 25;

/** To so many digits; half-way to the even one, where JavaScript goes away from zero. */
function rounded(value: number, precision: number): string {
	const text = value.toExponential(precision - 1);
	const [long = '', exponent = '0'] = value.toExponential(precision + ENOUGH_DIGITS).split('e');
	const kept = long.length - ENOUGH_DIGITS - 1;
	const isTie = /^50*$/.test(long.slice(kept));
	const isEven = /[02468]\.?$/.test(long.slice(0, kept));
	return isTie && isEven ? `${long.slice(0, kept).replace(/\.$/, '')}e${exponent}` : text;
}
