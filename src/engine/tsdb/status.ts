import { compareText, METRIC_NAME, metricName, utf8Length, type Timestamp } from '#engine/model';
import type { IndexedPair, LabelIndex } from './label-index.ts';
import { countSamples } from './sealed/open-segment.ts';
import type { Segment } from './segment.ts';
import type { MemSeries } from './series.ts';
import { ownSize, pairSize, type HeadSize } from './size.ts';

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
	const names = new Map<string, number>();
	const values = new Map<string, number>();
	const memory = new Map<string, number>();
	const indexBytes = new Map<string, number>();
	const pairs = new TopList(limit);
	let numLabelPairs = 0;
	for (const pair of index.pairs()) {
		const { name, value, series } = pair;
		numLabelPairs++;
		if (name === METRIC_NAME) add(names, value, series);
		add(values, name, 1);
		add(memory, name, pairBytes(pair));
		add(indexBytes, name, pairSize(pair));
		pairs.offer(series, () => `${name}=${value}`);
	}
	return {
		numLabelPairs,
		seriesCountByMetricName: top(names, limit),
		labelValueCountByLabelName: top(values, limit),
		memoryInBytesByLabelName: top(memory, limit),
		seriesCountByLabelValuePair: pairs.list(),
		indexBytesByLabelName: top(indexBytes, limit)
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
export function bytesByMetricName(
	series: readonly MemSeries[],
	limit: number
): readonly CardinalityStat[] {
	const sums = new Map<string, number>();
	for (const one of series) add(sums, metricName(one.labels), ownSize(one));
	return top(sums, limit);
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
	return last?.last().isStale ?? true;
}

/** The first of a list that is ordered by value, and among equals by name. */
class TopList {
	readonly #limit: number;
	#kept: CardinalityStat[] = [];

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Takes one in. There may be very many, so a name is made only for what may stay. */
	offer(value: number, name: () => string): void {
		const last = this.#kept[this.#limit - 1];
		if (this.#limit === 0 || (last && value < last.value)) return;
		this.#kept.push({ name: name(), value });
		this.#kept.sort(byValue);
		this.#kept.length = Math.min(this.#kept.length, this.#limit);
	}

	list(): readonly CardinalityStat[] {
		return this.#kept;
	}
}

function byValue(a: CardinalityStat, b: CardinalityStat): number {
	return b.value - a.value || compareText(a.name, b.name);
}

function add(sums: Map<string, number>, key: string, weight: number): void {
	sums.set(key, (sums.get(key) ?? 0) + weight);
}

function top(sums: ReadonlyMap<string, number>, limit: number): readonly CardinalityStat[] {
	const list = new TopList(limit);
	for (const [name, value] of sums) list.offer(value, () => name);
	return list.list();
}

/** What Prometheus counts for a pair: each text with its length before it (labels_stringlabels.go, SizeOfLabels). */
function pairBytes({ name, value, series }: IndexedPair): number {
	return (textBytes(name) + textBytes(value)) * series;
}

function textBytes(text: string): number {
	const length = utf8Length(text);
	return length + (length < 255 ? 1 : 4);
}
