import type { BucketLab } from './bucket-lab.svelte.ts';
import { trueQuantile } from './crowd.ts';

/** One way to get at the quantile, on a line of its own. */
export interface Ruler {
	readonly label: string;
	readonly value: number;
	readonly role: 'measured' | 'computed' | 'truth';
	/** What is certain, where something is. */
	readonly lower?: number;
	readonly upper?: number;
	/** Where each instance is, for what is made of the two. */
	readonly parts?: readonly number[];
	/** Series of one child. */
	readonly series?: string;
}

/** The same quantile by classic buckets, by a native histogram, by the Summaries of two instances, and in truth. */
export function rulers(lab: BucketLab): Ruler[] {
	const { lower, upper, value } = lab.estimate;
	const parts = lab.crowd.instances
		.map((sorted) => trueQuantile(lab.q, sorted))
		.filter((one) => !Number.isNaN(one));
	return [
		{
			label: 'Classic buckets',
			value,
			role: 'measured',
			lower,
			upper,
			series: `${lab.cost.perChild} series`
		},
		{
			label: `Native, schema ${lab.schema}`,
			value: lab.nativeEstimate.value,
			lower: lab.nativeEstimate.lower,
			upper: lab.nativeEstimate.upper,
			role: 'measured',
			series: '1 series'
		},
		{
			label: 'Two Summaries, averaged',
			value: lab.fleet.average,
			role: 'computed',
			parts
		},
		...(lab.mode === 'fleet'
			? [
					{
						label: 'Two Summaries, the higher',
						value: lab.fleet.highest,
						role: 'computed',
						parts
					} as const
				]
			: []),
		{ label: 'Truth', value: lab.truth, role: 'truth' }
	];
}
