import { convertToCustomBuckets, type FloatHistogram } from '#engine/model';
import type { ExposedSeries } from '../exposed-series.ts';
import type { ClassicPart } from './classic-series.ts';

/** Samples that Prometheus collects for one histogram. */
export interface ClassicGroup {
	/** The series of the first of them, whose labels the histogram takes. */
	readonly first: ExposedSeries;
	/** The name of the family. */
	readonly name: string;
	/** Their numbers on the page, in order, and what each of them is. */
	readonly lines: number[];
	readonly parts: ClassicPart[];
}

/**
 * What becomes of a group: a histogram; nothing, because its counts contradict each other; or it is `open` and takes in what comes
 * after it too, because there is no bucket up to +Inf and the count is less than that of the last bucket. That is an oddity of
 * Prometheus 3.14, which returns before it lets go of a histogram that turns out to be invalid (NHCBParser.processNHCB).
 */
export type Outcome = FloatHistogram | 'refused' | 'open';

/** Puts the samples of a group together one by one (convertnhcb, TempHistogram): the first of two with one bound counts, the last count and the last sum. */
export function convertGroup({ lines, parts }: ClassicGroup, values: Float64Array): Outcome {
	const buckets: { le: number; count: number }[] = [];
	let count: number | undefined;
	let sum = 0;
	for (const [i, part] of parts.entries()) {
		const value = values[lines[i] as number] as number;
		if (part.kind === 'bucket') buckets.push({ le: part.le, count: value });
		else if (part.kind === 'sum') sum = value;
		else if (value < 0) return 'refused';
		else count = value;
	}
	const converted = convertToCustomBuckets({ buckets, sum, ...(count !== undefined && { count }) });
	if (typeof converted === 'string') return 'refused';
	return converted.positive.counts.some((own) => own < 0) ? 'open' : converted;
}
