import { parseHistogramLiteral } from '../../promql/histogram-literal.ts';
import { createMemoryStore, metric, type MemoryStore, type Point } from './memory-querier.ts';

const STEP = 15_000;
const ROWS = 41;

/** Five steps over all that there is in `oddStore`. */
export const ODD_RANGE = { start: 0, end: (ROWS - 1) * STEP, step: 150_000 };

/** Ten minutes of the metrics that random query texts speak of, so that they come as far as having results. */
export function oddStore(): MemoryStore {
	const store = createMemoryStore();
	const times = Array.from({ length: ROWS }, (_, row) => row * STEP);
	for (const name of ['up', 'foo', 'http_requests_total', 'a:b:c', 'sum', 'offset']) {
		for (const [i, le] of ['1', '+Inf'].entries()) {
			const labels = metric(name, { job: 'x', instance: 'x', a: String(i), le });
			store.addPoints(
				labels,
				times,
				times.map((_, row) => pointAt(row, i + 1))
			);
		}
	}
	const histograms = metric('foo', { job: 'x', b: 'x' });
	store.addPoints(
		histograms,
		times,
		times.map((_, row) => histogramAt(row))
	);
	return store;
}

/** A counter that is reset, ends, and comes back. */
function pointAt(row: number, slope: number): Point {
	return row === 20 ? 'stale' : (row * slope) % 17;
}

/** Native histograms, but for a number now and then. */
function histogramAt(row: number): Point {
	if (row % 13 === 12) return row;
	const literal = `{{schema:0 count:${row + 3} sum:${row} buckets:[${row} 1 2]}}`;
	return parseHistogramLiteral(literal).histogram;
}
