import type { AggregationOp } from './ast.ts';

/** What the language knows of one aggregator; how it is computed is in `aggregate.ts`. */
export interface Aggregator {
	/** The type of what stands before the vector, where something does. */
	readonly parameter?: 'scalar' | 'string';
	/** Whether it needs the feature promql-experimental-functions. */
	readonly experimental: boolean;
	/** By what it lets some of the series through as they are: by their values, or whatever these are. Others make new series. */
	readonly choosesBy?: 'value' | 'labels';
	/** Whether the result depends on the values rather than on which series there are. */
	readonly readsValues: boolean;
	/** One line for hover and completion. */
	readonly doc: string;
}

/** A row of the table; most aggregators put all values of a group together. */
function row(doc: string, differences: Partial<Aggregator> = {}): Aggregator {
	return { experimental: false, readsValues: true, doc, ...differences };
}

const RANKING = { parameter: 'scalar', choosesBy: 'value' } as const;
const SAMPLING = {
	parameter: 'scalar',
	choosesBy: 'labels',
	readsValues: false,
	experimental: true
} as const;

/** The aggregators of the language: the one place that says what each is (promql/parser/lex.go and parse.go, checkAST). */
export const AGGREGATORS: Readonly<Record<AggregationOp, Aggregator>> = {
	sum: row('Sum of the series of each group.'),
	avg: row('Mean of the series of each group.'),
	min: row('Least value of each group.'),
	max: row('Greatest value of each group.'),
	count: row('Number of series in each group.', { readsValues: false }),
	group: row('1 for each group.', { readsValues: false }),
	stddev: row('Standard deviation of the values of each group.'),
	stdvar: row('Variance of the values of each group.'),
	topk: row('The k series with the greatest values of each group.', RANKING),
	bottomk: row('The k series with the least values of each group.', RANKING),
	quantile: row('Quantile of the values of each group.', { parameter: 'scalar' }),
	count_values: row('How many series have each value.', { parameter: 'string' }),
	limitk: row('Some k series of each group.', SAMPLING),
	limit_ratio: row('Some share of the series.', SAMPLING)
};

/** Whether a name is that of an aggregator, in lower case. */
export function isAggregationOp(name: string): name is AggregationOp {
	return Object.hasOwn(AGGREGATORS, name);
}
