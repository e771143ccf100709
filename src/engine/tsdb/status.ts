import {
	compareText,
	METRIC_NAME,
	SAMPLE,
	utf8Length,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import type { LabelIndex } from './label-index.ts';
import type { PostingList } from './postings.ts';
import type { Segment } from './segment.ts';

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
	/** Of all typed arrays: timestamps, values, marks, posting lists. Label strings and objects are not in it. */
	readonly bytes: number;
	readonly seriesCountByMetricName: readonly CardinalityStat[];
	readonly labelValueCountByLabelName: readonly CardinalityStat[];
	/** The bytes of name and value for each series that has the label, as if nothing were interned. */
	readonly memoryInBytesByLabelName: readonly CardinalityStat[];
	/** Names are `label=value`. */
	readonly seriesCountByLabelValuePair: readonly CardinalityStat[];
}

type CardinalityStats = Pick<
	HeadStats,
	| 'numLabelPairs'
	| 'seriesCountByMetricName'
	| 'labelValueCountByLabelName'
	| 'memoryInBytesByLabelName'
	| 'seriesCountByLabelValuePair'
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
		)
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
		const columns = segment.read(0, Infinity);
		if (!columns) continue;
		minTime = Math.min(minTime, columns.times[columns.start] as number);
		maxTime = Math.max(maxTime, columns.times[columns.end - 1] as number);
		samples += countSamples(columns);
	}
	return maxTime < minTime
		? { minTime: undefined, maxTime: undefined, samples }
		: { minTime, maxTime, samples };
}

function countSamples({ marks, start, end }: SeriesColumns): number {
	let count = end - start;
	if (marks) for (let row = start; row < end; row++) if (marks[row] !== SAMPLE) count--;
	return count;
}

function tally(
	lists: readonly PostingList[],
	key: (list: PostingList) => string,
	weight: (list: PostingList) => number
): Map<string, number> {
	const sums = new Map<string, number>();
	for (const list of lists) sums.set(key(list), (sums.get(key(list)) ?? 0) + weight(list));
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
