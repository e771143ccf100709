/** What a page of so many children took elsewhere: bytes, and seconds to write it. */
interface ReferencePage {
	readonly metric: 'counter' | 'histogram';
	readonly children: number;
	/** Lines, with the `_created` that prometheus_client adds. */
	readonly samples: number;
	readonly bytes: number;
	readonly gzip: number;
	readonly cpython: number;
	/** Where it was not measured: undefined. */
	readonly pyodide: number | undefined;
}

const page = (
	metric: ReferencePage['metric'],
	[children, samples]: readonly [number, number],
	[bytes, gzip]: readonly [number, number],
	[cpython, pyodide]: readonly [number, number | undefined]
): ReferencePage => ({ metric, children, samples, bytes, gzip, cpython, pyodide });

/** generate_latest() of prometheus_client 0.26, a counter with four labels; the last row a histogram with eight edges. */
export const REFERENCE: readonly ReferencePage[] = [
	page('counter', [100, 200], [21e3, 1.1e3], [0.0015, 0.005]),
	page('counter', [1_000, 2_000], [213e3, 9.9e3], [0.0156, 0.039]),
	page('counter', [10_000, 20_000], [2.13e6, 97e3], [0.161, 0.286]),
	page('counter', [100_000, 200_000], [21.3e6, 964e3], [2.05, 2.94]),
	page('histogram', [10_000, 120_000], [11.5e6, 420e3], [0.99, undefined])
];

export const REFERENCE_SOURCE =
	'Measured once, beforehand: generate_latest() of prometheus_client 0.26 on CPython 3.11 and on Pyodide 314, one core of a server. A child took 0.7 KB of the service’s memory, one of the histogram 2.8 KB.';

/** The length of a bar for so many seconds, 0 to 1, on a logarithmic scale from a millisecond to ten seconds. */
export function barLength(seconds: number): number {
	const [least, most] = [0.001, 10];
	const place = Math.log10(Math.max(least, seconds) / least) / Math.log10(most / least);
	return Math.min(1, Math.max(0.01, place));
}
