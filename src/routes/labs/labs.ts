/** A page on which one idea can be taken in the hand. */
export interface LabEntry {
	readonly address: '/labs/buckets';
	readonly title: string;
	/** The question that it begins with. */
	readonly question: string;
	/** What one does there. */
	readonly does: string;
	readonly minutes: number;
}

export const LABS: readonly LabEntry[] = [
	{
		address: '/labs/buckets',
		title: 'Buckets',
		question: 'Your p95 is 305 ms. Is it?',
		does: 'Drag the edges of a histogram under 20,000 requests that you can see and Prometheus cannot, and watch its quantiles go right and wrong.',
		minutes: 10
	}
];
