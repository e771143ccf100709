/** What one more label says; `none` and `log` add none, and `log` writes the id into a log line instead. */
export type ExtraLabel = 'none' | 'plan' | 'pod' | 'path' | 'user_id' | 'request_id' | 'log';

/** What is measured: requests alone, their durations in classic buckets as well, or those as native histograms. */
export type MetricKind = 'counter' | 'histogram' | 'native';

/** What the program is made from. */
export interface Choice {
	readonly label: ExtraLabel;
	readonly kind: MetricKind;
	/** How many edges the histogram has; the usual eight when left out. */
	readonly edges?: number;
	/** To how many characters an id is filled up with underscores; as it is when left out or 0. */
	readonly valueLength?: number;
}

/** The labels that the knob offers, and how many values each can have. */
export const LABEL_OPTIONS: readonly {
	readonly value: ExtraLabel;
	readonly label: string;
	readonly values: string;
}[] = [
	{ value: 'none', label: 'none', values: 'method, endpoint and status alone' },
	{ value: 'plan', label: 'plan', values: 'three values: free, team and pro' },
	{ value: 'pod', label: 'pod', values: 'a new value with every restart' },
	{ value: 'path', label: 'path', values: 'the raw path: some 20,000 values' },
	{ value: 'user_id', label: 'user_id', values: '100,000 users, most of them seldom' },
	{ value: 'request_id', label: 'request_id', values: 'a new value with every request' }
];

export const KIND_OPTIONS: readonly { readonly value: MetricKind; readonly label: string }[] = [
	{ value: 'counter', label: 'Counter' },
	{ value: 'histogram', label: '+ histogram' },
	{ value: 'native', label: '+ native' }
];

/** An edit that takes an expensive label out of the code, and what it keeps. */
export interface Defusal {
	readonly id: 'plan' | 'path' | 'log';
	readonly title: string;
	/** What the learner still knows afterwards. */
	readonly keeps: string;
	/** The label that the program has after it. */
	readonly to: ExtraLabel;
	/** The labels that it takes out. */
	readonly from: readonly ExtraLabel[];
}

export const DEFUSALS: readonly Defusal[] = [
	{
		id: 'plan',
		title: 'Bucket users into their plan',
		keeps: 'Three values instead of a hundred thousand: which plan sees errors, not which user.',
		to: 'plan',
		from: ['user_id']
	},
	{
		id: 'path',
		title: 'Normalise the path',
		keeps:
			'The route, /api/products/{id}, is in endpoint already: which route fails, not which product.',
		to: 'none',
		from: ['path']
	},
	{
		id: 'log',
		title: 'Move the id to the log line',
		keeps: 'Each failed request is written down once, with the user. Prometheus keeps the counts.',
		to: 'log',
		from: ['user_id', 'request_id', 'path', 'pod']
	}
];
