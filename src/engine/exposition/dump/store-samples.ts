import type { Appender, SeriesColumns, SeriesRef, Timestamp } from '#engine/model';

/** What became of a dump in a store. */
export interface StoredRange {
	/** The first and the last moment at which there is a sample. */
	readonly start: Timestamp;
	readonly end: Timestamp;
	/** Samples that the store did not take: it is full, or has later ones. */
	readonly lost: number;
}

/**
 * Appends all samples of series that a dump held, one row for each moment, so that series that were sampled together share a column of
 * timestamps. Undefined when there is no sample.
 */
export function storeSamples(
	appender: Appender,
	series: readonly SeriesColumns[]
): StoredRange | undefined {
	const samples = series.flatMap((one) => samplesOf(one, appender.ref(one.labels)));
	samples.sort((a, b) => a.time - b.time);
	const [first, last] = [samples[0], samples.at(-1)];
	if (!first || !last) return undefined;
	let { time } = first;
	let lost = 0;
	appender.begin(time);
	for (const sample of samples) {
		if (sample.time !== time) {
			appender.commit();
			appender.begin((time = sample.time));
		}
		const outcome = appender.add(sample.ref, sample.value);
		if (outcome !== 'appended' && outcome !== 'unchanged') lost++;
	}
	appender.commit();
	return { start: first.time, end: last.time, lost };
}

interface StoredSample {
	readonly ref: SeriesRef;
	readonly time: Timestamp;
	readonly value: number;
}

function samplesOf({ times, values, start, end }: SeriesColumns, ref: SeriesRef): StoredSample[] {
	const samples: StoredSample[] = [];
	for (let row = start; row < end; row++) {
		samples.push({ ref, time: times[row] as number, value: values[row] as number });
	}
	return samples;
}
