import {
	METRIC_NAME,
	labelValue,
	labelsKey,
	metricName,
	parseFloatGo,
	withLabel,
	withoutLabels,
	type FloatHistogram,
	type Labels
} from '#engine/model';
import {
	convertToCustomBuckets,
	type ClassicBucket
} from '../../src/engine/model/histogram/nhcb.ts';
import type { SeriesLine } from './sequence.ts';

/** The native histograms with custom buckets that classic ones make up: a series, by its rows. */
export interface NhcbSeries {
	readonly labels: Labels;
	/** Histograms by row of the load command, ascending. */
	readonly rows: ReadonlyMap<number, FloatHistogram>;
}

interface ClassicRow {
	readonly buckets: ClassicBucket[];
	count?: number;
	sum?: number;
}

interface ClassicSeries {
	readonly labels: Labels;
	readonly rows: Map<number, ClassicRow>;
}

/**
 * Converts the classic histograms among the series, row by row (promql/promqltest/test.go, appendCustomHistogram). Throws where one
 * can not be converted.
 */
export function nhcbSeries(series: readonly SeriesLine[]): NhcbSeries[] {
	const found = new Map<string, ClassicSeries>();
	for (const line of series) collect(line, found);
	return [...found.values()].map(({ labels, rows }) => ({
		labels,
		rows: new Map(
			[...rows.keys()]
				.sort((a, b) => a - b)
				.map((row) => [row, convert(rows.get(row) as ClassicRow)])
		)
	}));
}

function convert(row: ClassicRow): FloatHistogram {
	const outcome = convertToCustomBuckets(row);
	if (typeof outcome === 'string') throw new Error(outcome);
	return outcome;
}

const NAME = /^(.*)_(bucket|count|sum)$/;

function collect({ labels, points }: SeriesLine, found: Map<string, ClassicSeries>): void {
	const match = NAME.exec(metricName(labels));
	if (!match) return;
	const [, name = '', suffix] = match;
	const bound = parseFloatGo(labelValue(labels, 'le')) ?? NaN;
	if (suffix === 'bucket' && Number.isNaN(bound)) return;
	const base = withLabel(withoutLabels(labels, ['le']), METRIC_NAME, name);
	const key = labelsKey(base);
	const { rows } = found.get(key) ?? { rows: new Map<number, ClassicRow>() };
	found.set(key, { labels: base, rows });
	points.forEach((point, i) => {
		if (typeof point !== 'number') return;
		const row = rows.get(i) ?? { buckets: [] };
		rows.set(i, row);
		if (suffix === 'bucket') row.buckets.push({ le: bound, count: point });
		else if (suffix === 'count') row.count = point;
		else row.sum = point;
	});
}
