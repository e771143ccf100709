/** A float64 as the Go program reads and writes it: JSON has no literal for NaN, infinities and -0. */
export type JsonNumber = number | string;

export function toJsonNumber(value: number): JsonNumber {
	if (Object.is(value, -0)) return '-0';
	if (Number.isFinite(value)) return value;
	if (Number.isNaN(value)) return 'NaN';
	return value > 0 ? '+Inf' : '-Inf';
}

export function fromJsonNumber(value: JsonNumber): number {
	if (typeof value === 'number') return value;
	return value.endsWith('Inf') ? Number(value.replace('Inf', 'Infinity')) : Number(value);
}
