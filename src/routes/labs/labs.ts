/** A page on which one idea can be taken in the hand. */
export interface LabEntry {
	readonly address: '/labs/buckets' | '/labs/cardinality' | '/labs/rate';
	readonly title: string;
	/** The question that it begins with. */
	readonly question: string;
	/** What one does there. */
	readonly does: string;
	readonly minutes: number;
}

export const LABS: readonly LabEntry[] = [
	{
		address: '/labs/cardinality',
		title: 'Cardinality',
		question:
			'You want to know which users see errors. What does one more label cost, and who pays?',
		does: 'Add a label to a program that runs, watch five bills grow until a scrape comes too late, and bring the shop back with another edit.',
		minutes: 15
	},
	{
		address: '/labs/buckets',
		title: 'Buckets',
		question: 'Your p95 is 305 ms. Is it?',
		does: 'Drag the edges of a histogram under 20,000 requests that you can see and Prometheus cannot, and watch its quantiles go right and wrong.',
		minutes: 10
	},
	{
		address: '/labs/rate',
		title: 'rate()',
		question: 'Two numbers went in. Where did 1.33 come from?',
		does: 'Drag a window over the samples of a counter, lose scrapes, restart the program, and follow every step from the samples to the number.',
		minutes: 8
	}
];
