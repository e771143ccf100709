/**
 * Arithmetic and formatting in which Go and JavaScript differ, as Go does them.
 */

/** math.Pow: 1 to any power is 1, and (-1) to an infinite one; JavaScript says NaN. */
export function goPow(base: number, exponent: number): number {
	if (base === 1) return 1;
	if (base === -1 && (exponent === Infinity || exponent === -Infinity)) return 1;
	return base ** exponent;
}

/** math.Max: an infinity of that sign wins over NaN. */
export function goMax(a: number, b: number): number {
	return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

/** math.Min: an infinity of that sign wins over NaN. */
export function goMin(a: number, b: number): number {
	return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}

/**
 * A float as fmt's %g writes it, in annotations: shortest digits, or `precision` significant ones; an exponent of at least
 * two digits outside of 1e-4 … 1e6 (or of the precision).
 */
export function formatG(value: number, precision?: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	if (value === 0) return Object.is(value, -0) ? '-0' : '0';
	const scientific =
		precision === undefined ? value.toExponential() : value.toExponential(precision - 1);
	const [mantissa = '', exponentText = '0'] = scientific.split('e');
	const digits = precision === undefined ? mantissa : withoutTrailingZeros(mantissa);
	const exponent = Number(exponentText);
	if (exponent < -4 || exponent >= (precision ?? SHORTEST_LIMIT)) {
		const size = String(Math.abs(exponent)).padStart(2, '0');
		return `${digits}e${exponent < 0 ? '-' : '+'}${size}`;
	}
	return precision === undefined
		? String(value)
		: withoutTrailingZeros(value.toFixed(Math.max(0, precision - 1 - exponent)));
}

/** strconv/ftoa.go, %g: the shortest form takes an exponent from the seventh digit on. */
const SHORTEST_LIMIT = 6;

function withoutTrailingZeros(text: string): string {
	return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
