/** Sizes as `15MB` or `1GiB512MiB`; both kinds of units are powers of 1024 (github.com/alecthomas/units, Base2Bytes). */

const PREFIXES = ['', 'K', 'M', 'G', 'T', 'P', 'E'] as const;
const UNITS = unitMap('iB');
const OLD_UNITS = unitMap('B');

/** The base unit is a plain `B` in both. */
function unitMap(suffix: string): ReadonlyMap<string, number> {
	return new Map(
		PREFIXES.map((prefix, power) => [prefix === '' ? 'B' : prefix + suffix, 1024 ** power])
	);
}

type Size = { readonly value: number } | { readonly error: string };

/** Reads a size in bytes, or says in Go's words why it is none. */
export function parseByteSize(text: string): Size {
	const size = parseIn(text, UNITS);
	return 'error' in size ? parseIn(text, OLD_UNITS) : size;
}

function parseIn(text: string, units: ReadonlyMap<string, number>): Size {
	const invalid = { error: `units: invalid ${text}` };
	const rest = text.replace(/^[-+]/, '');
	if (rest === '0') return { value: 0 };
	if (rest === '') return invalid;
	const part = /(\d*)(?:\.(\d*))?([^.\d]*)/y;
	let sum = 0;
	while (part.lastIndex < rest.length) {
		const [, whole = '', fraction = '', unit = ''] = part.exec(rest) ?? [];
		if ((whole === '' && fraction === '') || overflows(whole) || overflows(fraction)) {
			return invalid;
		}
		const factor = units.get(unit);
		if (factor === undefined) return { error: `units: unknown unit ${unit} in ${text}` };
		sum += (Number(whole) + Number(fraction) / 10 ** fraction.length) * factor;
	}
	if (sum > 2 ** 63) return { error: 'units: overflow parsing unit' };
	return { value: Math.trunc(text.startsWith('-') ? -sum : sum) };
}

/** Go takes digits as an int64, and gives up a digit before they are too many. */
function overflows(digits: string): boolean {
	return digits.length > 1 && BigInt(digits.slice(0, -1)) >= (2n ** 63n - 10n) / 10n;
}

/** Writes a size with the largest units that are whole: `15MiB`, `1MiB512KiB`, `0B`. */
export function formatByteSize(bytes: number): string {
	if (bytes === 0) return '0B';
	let text = '';
	let rest = BigInt(bytes);
	for (const prefix of PREFIXES) {
		const count = rest % 1024n;
		if (count !== 0n) text = `${count}${prefix}${prefix === '' ? 'B' : 'iB'}${text}`;
		rest /= 1024n;
	}
	return text;
}
