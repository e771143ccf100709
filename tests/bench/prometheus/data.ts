import { labels, type Labels } from '#engine/model';

/** What one scrape stamps: series that share a column of times. */
export interface Target {
	readonly times: Float64Array;
	readonly series: readonly { readonly labels: Labels; readonly values: Float64Array }[];
}

/** The data sets by name: `main` is 6 h of 3,400 series, `wide` 16,000 series of an hour or two. */
export type DataSetName = 'main' | 'wide';

/** Midnight, so that the blocks of two hours begin where the data begins. */
export const START = Date.UTC(2026, 0, 1);
export const INTERVAL = 15_000;
export const ROWS_PER_HOUR = 240;

const STATUSES = ['200', '302', '404', '500', '503'];
const ZONES = ['eu-1', 'eu-2', 'us-1'];
const BOUNDS = [
	'0.005',
	'0.01',
	'0.025',
	'0.05',
	'0.1',
	'0.25',
	'0.5',
	'1',
	'2.5',
	'5',
	'10',
	'+Inf'
];
const ROUTES = ['/', '/cart', '/checkout', '/items', '/search'];

/** A data set, the same with every call. */
export function makeDataSet(name: DataSetName): Target[] {
	return name === 'main' ? mainSet(createRandom(1)) : wideSet(createRandom(2));
}

type Random = () => number;
type Add = (name: string, extra: Record<string, string>, values: Float64Array) => void;

/** 1,000 counters, 1,000 gauges and 200 constants on 200 instances, and 100 histograms on 20 of them. */
function mainSet(random: Random): Target[] {
	const rows = 6 * ROWS_PER_HOUR;
	return times(200, (i) =>
		target(random, identity(i), rows, (add) => {
			for (const status of STATUSES) add('x_total', { status }, counter(random, rows));
			for (let k = 0; k < 5; k++) add('g', { sensor: String(k) }, gauge(random, rows, (i + k) % 3));
			add('y', { zone: ZONES[i % 3] as string }, new Float64Array(rows).fill(1 + (i % 8)));
			if (i < 20) addHistograms(random, add, 'hs_bucket', rows);
		})
	);
}

/** 10,000 counters on 200 instances for an hour, and 500 histograms on 100 others for two. */
function wideSet(random: Random): Target[] {
	const big = times(200, (i) =>
		target(random, identity(i), ROWS_PER_HOUR, (add) => {
			for (let k = 0; k < 50; k++) {
				add('big_total', { path: `/${k}` }, counter(random, ROWS_PER_HOUR));
			}
		})
	);
	const rows = 2 * ROWS_PER_HOUR;
	const histograms = times(100, (i) =>
		target(random, identity(200 + i), rows, (add) => addHistograms(random, add, 'hb_bucket', rows))
	);
	return [...big, ...histograms];
}

function identity(i: number): Record<string, string> {
	return { job: `job-${i % 5}`, instance: `10.0.0.${i}:8080` };
}

/** Scrapes of a target begin at an offset of its own and are then exactly an interval apart. */
function target(
	random: Random,
	identity: Record<string, string>,
	rows: number,
	fill: (add: Add) => void
): Target {
	const offset = Math.floor(random() * INTERVAL);
	const series: { labels: Labels; values: Float64Array }[] = [];
	fill((name, extra, values) => {
		series.push({ labels: labels({ __name__: name, ...identity, ...extra }), values });
	});
	return {
		times: Float64Array.from({ length: rows }, (_, row) => START + offset + row * INTERVAL),
		series
	};
}

/**
 * Rises at a pace of its own, as services and routes do, so that the greatest rates are those of the same few series for hours; and
 * starts again about once in ten hours.
 */
function counter(random: Random, rows: number): Float64Array {
	const pace = 10 + Math.floor(1000 * random() ** 2);
	let value = 0;
	return Float64Array.from({ length: rows }, () => {
		value = random() < 1 / 2400 ? 0 : value + Math.floor(random() * pace);
		return value;
	});
}

/** Of kind 0 integers, of kind 1 two decimals, of kind 2 full doubles. */
function gauge(random: Random, rows: number, kind: number): Float64Array {
	let value = 50;
	return Float64Array.from({ length: rows }, () => {
		value = Math.abs(value + (random() - 0.5) * 10);
		if (kind === 0) return Math.round(value);
		return kind === 1 ? Math.round(value * 100) / 100 : value;
	});
}

function addHistograms(random: Random, add: Add, name: string, rows: number): void {
	for (const route of ROUTES) {
		const columns = histogram(random, rows);
		BOUNDS.forEach((le, b) => add(name, { le, route }, columns[b] as Float64Array));
	}
}

/** Cumulative buckets of a service with most requests in the middle ones. */
function histogram(random: Random, rows: number): Float64Array[] {
	const columns = BOUNDS.map(() => new Float64Array(rows));
	const counts = BOUNDS.map(() => 0);
	for (let row = 0; row < rows; row++) {
		let observed = 0;
		columns.forEach((column, b) => {
			observed += Math.floor(random() * Math.max(0, 9 - 2 * Math.abs(b - 5)));
			counts[b] = (counts[b] as number) + observed;
			column[row] = counts[b] as number;
		});
	}
	return columns;
}

function times<T>(count: number, make: (i: number) => T): T[] {
	return Array.from({ length: count }, (_, i) => make(i));
}

/** A small seeded generator (mulberry32). */
function createRandom(seed: number): Random {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
