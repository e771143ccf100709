/** What remains of a page that is over its sample_limit: what somebody may think, and what is so. */
export interface Belief {
	readonly id: 'first' | 'others' | 'old' | 'all';
	readonly text: string;
	readonly isRight: boolean;
	/** Said when it has been seen. */
	readonly reply: string;
}

export const BELIEFS: readonly Belief[] = [
	{
		id: 'first',
		text: 'The first samples of the page, up to the limit',
		isRight: false,
		reply: 'The limit does not trim. One sample too many, and no sample of the page is stored.'
	},
	{
		id: 'others',
		text: 'Everything but the series of new users',
		isRight: false,
		reply: 'The limit does not know which label is to blame. The good lines go with the bad ones.'
	},
	{
		id: 'old',
		text: 'Nothing new; what was there fades within five minutes',
		isRight: true,
		reply:
			'up is 0 and nothing is stored. Series among the first of the page, up to the limit, get no staleness marker, so queries see their last sample for five minutes more.'
	},
	{
		id: 'all',
		text: 'Everything, with a warning in the log',
		isRight: false,
		reply: 'It is no warning: the scrape has failed, and its up is 0.'
	}
];
