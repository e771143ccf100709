import type { Evidence } from '#engine/lab';
import { labelValue, type Labels, type Timestamp } from '#engine/model';

export type { ConfigChecks } from './modules.ts';

/** A stored sample. */
export interface Sample {
	readonly at: Timestamp;
	readonly value: number;
}

/** A series as it is stored. */
export interface StoredSeries {
	readonly labels: Labels;
	readonly samples: readonly Sample[];
}

/** What the range selector at this place of `asks` has selected, such as `up[5m]`. Empty when it selected nothing. */
export function storedBy({ queries }: Evidence, place: number): StoredSeries[] {
	const answer = queries[place];
	if (answer?.status !== 'success' || answer.data.type !== 'matrix') return [];
	return answer.data.series.map(({ labels, times, values, start, end }) => ({
		labels,
		samples: Array.from({ length: end - start }, (_, i) => ({
			at: times[start + i] as number,
			value: values[start + i] as number
		}))
	}));
}

/** The samples of all series that have this value of a label, in the order of their times. */
export function samplesWith(
	stored: readonly StoredSeries[],
	label: string,
	value: string
): readonly Sample[] {
	return stored
		.filter(({ labels }) => labelValue(labels, label) === value)
		.flatMap(({ samples }) => samples)
		.sort((a, b) => a.at - b.at);
}

/** The longest stretch in which no request was answered: from the last answer before it to the first one after. */
export function longestSilence({
	answers
}: Pick<Evidence, 'answers'>): readonly [Timestamp, Timestamp] {
	const { at } = answers;
	let longest: readonly [Timestamp, Timestamp] = [NaN, NaN];
	for (let i = 1; i < at.length; i++) {
		const [from, to] = [at[i - 1] as number, at[i] as number];
		if (!(to - from <= longest[1] - longest[0])) longest = [from, to];
	}
	return longest;
}
