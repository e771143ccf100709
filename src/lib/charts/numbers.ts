import { format } from 'd3';

/** What a number counts. Decides the words after it, and by what it is scaled. */
export type Unit = 'number' | 'seconds' | 'ratio' | 'bytes' | 'per-second' | 'bytes-per-second';

/** One way to write a quantity: divided by `size`, followed by `suffix`. */
export interface Scale {
	readonly size: number;
	readonly suffix: string;
	/** The smallest absolute value that is written this way. */
	readonly from: number;
}

const scale = (size: number, suffix: string, from = size): Scale => ({ size, suffix, from });

const KIB = 1024;
const BYTES: readonly Scale[] = [
	scale(1, ' B', 0),
	scale(KIB, ' KiB'),
	scale(KIB ** 2, ' MiB'),
	scale(KIB ** 3, ' GiB'),
	scale(KIB ** 4, ' TiB')
];

/** Smallest first. A person says 1,200 s as 20 min but 90 s as 90 s, and 12,000 as it is but 120,000 as 120 k. */
const SCALES: Readonly<Record<Unit, readonly Scale[]>> = {
	number: [scale(1, '', 0), scale(1e3, ' k', 1e5), scale(1e6, ' M'), scale(1e9, ' G')],
	seconds: [
		scale(1e-9, ' ns', 0),
		scale(1e-6, ' µs'),
		scale(1e-3, ' ms'),
		scale(1, ' s'),
		scale(60, ' min', 120),
		scale(3600, ' h', 7200),
		scale(86400, ' d', 172800)
	],
	ratio: [scale(0.01, ' %', 0)],
	bytes: BYTES,
	'per-second': [scale(1, '/s', 0), scale(1e3, ' k/s'), scale(1e6, ' M/s')],
	'bytes-per-second': BYTES.map(({ size, suffix, from }) => scale(size, `${suffix}/s`, from))
};

const NATURAL: Readonly<Record<Unit, Scale>> = {
	number: scale(1, ''),
	seconds: scale(1, ' s'),
	ratio: scale(0.01, ' %'),
	bytes: scale(1, ' B'),
	'per-second': scale(1, '/s'),
	'bytes-per-second': scale(1, ' B/s')
};

/** The scale in which a person would say a value of this size. Zero and what is not finite keep the plain unit. */
export function scaleFor(value: number, unit: Unit): Scale {
	const size = Math.abs(value);
	if (size === 0 || !Number.isFinite(size)) return NATURAL[unit];
	return SCALES[unit].findLast(({ from }) => size >= from) ?? NATURAL[unit];
}

const threeDigits = format(',.3~r');
const wholeNumber = format(',.0f');

/** A value as a person would say it, to three digits: `305 ms`, `1.2 k/s`, `12 %`, `64 MiB`. */
export function formatValue(value: number, unit: Unit = 'number'): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '−Inf';
	const { size, suffix } = scaleFor(value, unit);
	return formatDigits(value / size) + suffix;
}

function formatDigits(value: number): string {
	const size = Math.abs(value);
	if (size >= 100) return wholeNumber(value);
	// Below this, three digits after many zeros are harder to read than an exponent.
	return size > 0 && size < 1e-4 ? format('.2~e')(value) : threeDigits(value);
}
