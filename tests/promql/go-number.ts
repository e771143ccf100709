import { parseFloatGo } from '#engine/model';

const INTEGER = /^([+-]?)(0[xX]_?[\da-fA-F_]+|0[bB]_?[01_]+|0[oO]_?[0-7_]+|0[0-7_]*|[1-9][\d_]*)$/;
const MAX_INT64 = 2n ** 63n;

/**
 * A number as Prometheus reads it: an integer in any of Go's notations (`0x1f`, `0755`, `1_000`), else a float.
 * Undefined if it is neither (promql/promqltest/test.go, parseNumber).
 */
export function parseGoNumber(text: string): number | undefined {
	const match = INTEGER.exec(text);
	return (match && parseInteger(match[1] as string, match[2] as string)) ?? parseFloatGo(text);
}

function parseInteger(sign: string, digits: string): number | undefined {
	if (/__|_$/.test(digits)) return undefined;
	const plain = digits.replaceAll('_', '');
	const value = BigInt(/^0\d/.test(plain) ? `0o${plain.slice(1)}` : plain);
	if (value >= MAX_INT64) return undefined;
	return sign === '-' ? -Number(value) : Number(value);
}
