import type { MemoryStore, Point } from '../engine/promql/memory-querier.ts';
import type { LoadCommand, LoadedSeries } from './load.ts';
import { nhcbSeries } from './nhcb-series.ts';
import type { SequencePoint } from './sequence.ts';

/** Puts the samples of a load command into a store. Throws when they are not later than what is there. */
export function load(store: MemoryStore, { step, series, withNhcb }: LoadCommand): void {
	const columns = new Map<number, Float64Array>();
	for (const { labels, points, startOffsets } of series) {
		const count = points.length;
		const times = columns.get(count) ?? Float64Array.from(points, (_, i) => i * step);
		columns.set(count, times);
		store.addPoints(labels, times, points.map(toPoint), startTimes(times, startOffsets));
	}
	if (!withNhcb) return;
	for (const { labels, rows } of nhcbSeries(series)) {
		const times = Float64Array.from(rows.keys(), (row) => row * step);
		store.addPoints(labels, times, [...rows.values()]);
	}
}

function toPoint(point: SequencePoint): Point {
	return typeof point === 'object' ? point.histogram : point;
}

function startTimes(
	times: Float64Array,
	offsets: LoadedSeries['startOffsets']
): number[] | undefined {
	return offsets?.map((offset, i) => (offset === 'none' ? 0 : (times[i] as number) + offset));
}
