import { compareText, METRIC_NAME, metricName, utf8Length, type Timestamp } from '#engine/model';
import type { LabelIndex } from './label-index.ts';
import type { PostingList } from './postings.ts';
import { countSamples } from './sealed/open-segment.ts';
import type { Segment } from './segment.ts';
import type { MemSeries } from './series.ts';
import { ownSize, postingSize, type HeadSize } from './size.ts';

/** One line of a top list. */
export interface CardinalityStat {
	readonly name: string;
	readonly value: number;
}

/** What /api/v1/status/tsdb tells about the head, with the number of samples and its size in bytes. */
export interface HeadStats {
	readonly numSeries: number;
	readonly numLabelPairs: number;
	/** Undefined while the head is empty. */
	readonly minTime: Timestamp | undefined;
	readonly maxTime: Timestamp | undefined;
	/** Staleness markers are not counted. */
	readonly samples: number;
	/** Series whose last sample is no staleness marker. */
	readonly liveSeries: number;
	/** Series that have ended, and stay until retention forgets them. */
	readonly churnedSeries: number;
	/** All that is stored, and where it goes. */
	readonly bytes: number;
	readonly size: HeadSize;
	/** What queries opened and the next ones may use. It is not stored, and not part of `bytes`. */
	readonly openedBytes: number;
	readonly seriesCountByMetricName: readonly CardinalityStat[];
	readonly labelValueCountByLabelName: readonly CardinalityStat[];
	/** The bytes of name and value for each series that has the label, as if nothing were interned. */
	readonly memoryInBytesByLabelName: readonly CardinalityStat[];
	/** Names are `label=value`. */
	readonly seriesCountByLabelValuePair: readonly CardinalityStat[];
	/** What a label really takes: the texts of its values, each once, and their posting lists. */
	readonly indexBytesByLabelName: readonly CardinalityStat[];
	/** What the series of a metric take for themselves, open and sealed; timestamps and the index, which are shared, aside. */
	readonly bytesByMetricName: readonly CardinalityStat[];
}

type CardinalityStats = Pick<
	HeadStats,
	| 'numLabelPairs'
	| 'seriesCountByMetricName'
	| 'labelValueCountByLabelName'
	| 'memoryInBytesByLabelName'
	| 'seriesCountByLabelValuePair'
	| 'indexBytesByLabelName'
>;

/** The top lists of the TSDB status page (tsdb/index/postings.go, Stats); equals are ordered by name. */
export function cardinality(index: LabelIndex, limit: number): CardinalityStats {
	const lists = [...index.lists()];
	const names = lists.filter((list) => list.name === METRIC_NAME);
	return {
		numLabelPairs: lists.length,
		seriesCountByMetricName: top(
			tally(names, (list) => list.value, seriesCount),
			limit
		),
		labelValueCountByLabelName: top(
			tally(lists, labelName, () => 1),
			limit
		),
		memoryInBytesByLabelName: top(tally(lists, labelName, pairBytes), limit),
		seriesCountByLabelValuePair: top(
			tally(lists, (list) => `${list.name}=${list.value}`, seriesCount),
			limit
		),
		indexBytesByLabelName: top(tally(lists, labelName, postingSize), limit)
	};
}

/** The committed span of time and number of samples. */
export function extent(
	segments: readonly Segment[]
): Pick<HeadStats, 'minTime' | 'maxTime' | 'samples'> {
	let minTime = Infinity;
	let maxTime = -Infinity;
	let samples = 0;
	for (const segment of segments) {
		minTime = Math.min(minTime, segment.column.timeAt(segment.first));
		maxTime = Math.max(maxTime, segment.lastTime());
		samples += countSamples(segment);
	}
	return maxTime < minTime
		? { minTime: undefined, maxTime: undefined, samples }
		: { minTime, maxTime, samples };
}

/** The metrics whose series take most bytes. */
export function bytesByMetricName(series: readonly MemSeries[], limit: number): CardinalityStat[] {
	return top(
		tally(series, ({ labels }) => metricName(labels), ownSize),
		limit
	);
}

/** How many series go on, and how many have ended. */
export function liveness(
	series: readonly MemSeries[]
): Pick<HeadStats, 'liveSeries' | 'churnedSeries'> {
	const churned = series.filter(hasEnded).length;
	return { liveSeries: series.length - churned, churnedSeries: churned };
}

/** Whether the last of its samples is a staleness marker. */
function hasEnded({ segments }: MemSeries): boolean {
	const [first, ...others] = segments;
	const last = others.reduce((a, b) => (a && b.lastTime() <= a.lastTime() ? a : b), first);
	return last?.endsStale() ?? true;
}

function tally<T>(
	items: readonly T[],
	key: (item: T) => string,
	weight: (item: T) => number
): Map<string, number> {
	const sums = new Map<string, number>();
	for (const item of items) sums.set(key(item), (sums.get(key(item)) ?? 0) + weight(item));
	return sums;
}

function top(sums: Map<string, number>, limit: number): CardinalityStat[] {
	return Array.from(sums, ([name, value]) => ({ name, value }))
		.sort((a, b) => b.value - a.value || compareText(a.name, b.name))
		.slice(0, limit);
}

function labelName(list: PostingList): string {
	return list.name;
}

function seriesCount(list: PostingList): number {
	return list.length;
}

/** What Prometheus counts for a pair: each text with its length before it (labels_stringlabels.go, SizeOfLabels). */
function pairBytes(list: PostingList): number {
	return (textBytes(list.name) + textBytes(list.value)) * list.length;
}

function textBytes(text: string): number {
	const length = utf8Length(text);
	return length + (length < 255 ? 1 : 4);
}
