import type { CounterResetHint, FloatHistogram, HistogramBuckets } from '#engine/model';
import { parseGoNumber } from './go-number.ts';

/** A native histogram as a script writes it; its hint only counts in a comparison when it was written down. */
export interface HistogramPoint {
	readonly histogram: FloatHistogram;
	readonly hintGiven: boolean;
}

const KEYS = [
	'schema',
	'sum',
	'count',
	'z_bucket',
	'z_bucket_w',
	'custom_values',
	'buckets',
	'offset',
	'n_buckets',
	'n_offset',
	'counter_reset_hint'
] as const;

type Key = (typeof KEYS)[number];

/**
 * Reads `{{schema:1 count:22 sum:3 buckets:[5 10 7]}}`; what is not mentioned is zero or empty
 * (promql/parser/generated_parser.y, histogram_desc_map). Throws on anything else.
 */
export function parseHistogramLiteral(text: string): HistogramPoint {
	const parts = parseParts(text);
	const number = (key: Key): number => parseNumber(parts.get(key) ?? '0');
	const integer = (key: Key): number => parseInteger(parts.get(key) ?? '0');
	const list = (key: Key): number[] => parseList(parts.get(key));
	return {
		histogram: {
			schema: integer('schema'),
			zeroThreshold: number('z_bucket_w'),
			zeroCount: number('z_bucket'),
			count: number('count'),
			sum: number('sum'),
			positive: bucketsFrom(integer('offset'), list('buckets')),
			negative: bucketsFrom(integer('n_offset'), list('n_buckets')),
			customValues: list('custom_values'),
			counterReset: parseHint(parts.get('counter_reset_hint'))
		},
		hintGiven: parts.has('counter_reset_hint')
	};
}

function parseParts(text: string): Map<Key, string> {
	const inside = /^\{\{(.*)\}\}$/.exec(text)?.[1];
	if (inside === undefined) throw new Error(`no histogram: ${text}`);
	const parts = new Map<Key, string>();
	const rest = inside.replace(
		/(\w+):(\[[^\]]*\]|[^\s[\]]+)(?:\s+|$)/gy,
		(_, name: string, value) => {
			const key = KEYS.find((known) => known === name.toLowerCase());
			if (!key || parts.has(key)) throw new Error(`unexpected ${name} in histogram: ${text}`);
			parts.set(key, value as string);
			return '';
		}
	);
	if (rest.trim() !== '') throw new Error(`unexpected in histogram: ${rest}`);
	return parts;
}

function parseNumber(text: string): number {
	const value = text.startsWith('+') ? undefined : parseGoNumber(text);
	if (value === undefined) throw new Error(`no number: ${text}`);
	return value;
}

function parseInteger(text: string): number {
	if (!/^-?\d+$/.test(text)) throw new Error(`no integer: ${text}`);
	return Number(text);
}

function parseList(text: string | undefined): number[] {
	if (text === undefined) return [];
	const inside = /^\[(\S.*?)\s*\]$/.exec(text)?.[1];
	if (inside === undefined) throw new Error(`no list of numbers: ${text}`);
	return inside.split(/\s+/).map(parseNumber);
}

function bucketsFrom(offset: number, counts: readonly number[]): HistogramBuckets {
	return { indexes: counts.map((_, i) => offset + i), counts };
}

const HINTS: readonly CounterResetHint[] = ['unknown', 'reset', 'not_reset', 'gauge'];

function parseHint(text = 'unknown'): CounterResetHint {
	const hint = HINTS.find((known) => known === text.toLowerCase());
	if (!hint) throw new Error(`no counter reset hint: ${text}`);
	return hint;
}
