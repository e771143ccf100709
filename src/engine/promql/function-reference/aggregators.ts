import {
	exampleOf,
	type Example,
	type ReferenceText,
	type ReferenceTexts
} from './reference-text.ts';

const REQUESTS: readonly string[] = [
	'requests{instance="a", path="/"} 10',
	'requests{instance="b", path="/"} 30',
	'requests{instance="a", path="/cart"} 5'
];

function ofVector(
	about: string,
	example: Example,
	histograms: ReferenceText['histograms'],
	trap?: string
): ReferenceText {
	return { params: { v: 'the series' }, about, ...(trap ? { trap } : {}), histograms, example };
}

export const AGGREGATOR_TEXTS: ReferenceTexts = {
	sum: ofVector(
		'Adds up the series of each group.',
		exampleOf(REQUESTS, 'sum by (path) (requests)', '{path="/"} 40', '{path="/cart"} 5'),
		'taken',
		'Of counters take the `rate()` first. The sum of no series is nothing, not 0.'
	),
	avg: ofVector(
		'The mean of the series of each group.',
		exampleOf(REQUESTS, 'avg by (path) (requests)', '{path="/"} 20', '{path="/cart"} 5'),
		'taken',
		'A series with little traffic weighs as much as one with much: ratios and quantiles can not be averaged.'
	),
	min: ofVector(
		'The least value of each group.',
		exampleOf(REQUESTS, 'min by (path) (requests)', '{path="/"} 10', '{path="/cart"} 5'),
		'left out',
		'It does not say whose value that is; `bottomk(1, …)` keeps the labels.'
	),
	max: ofVector(
		'The greatest value of each group.',
		exampleOf(REQUESTS, 'max by (path) (requests)', '{path="/"} 30', '{path="/cart"} 5'),
		'left out',
		'It does not say whose value that is; `topk(1, …)` keeps the labels.'
	),
	count: ofVector(
		'How many series each group has, whatever their values.',
		exampleOf(REQUESTS, 'count by (path) (requests)', '{path="/"} 2', '{path="/cart"} 1'),
		'taken',
		'It never gives 0: where there are no series there is no group. For that there is `absent()`.'
	),
	group: ofVector(
		'1 for each group: which values some labels have.',
		exampleOf(REQUESTS, 'group by (path) (requests)', '{path="/"} 1', '{path="/cart"} 1'),
		'taken'
	),
	stddev: ofVector(
		'How far the values of each group scatter about their mean: the standard deviation of the population. Large means that some instance is unlike the others.',
		exampleOf(REQUESTS, 'stddev by (path) (requests)', '{path="/"} 10', '{path="/cart"} 0'),
		'left out'
	),
	stdvar: ofVector(
		'The variance of the values of each group: the standard deviation squared.',
		exampleOf(REQUESTS, 'stdvar by (path) (requests)', '{path="/"} 100', '{path="/cart"} 0'),
		'left out'
	),
	topk: {
		params: { k: 'how many of each group', v: 'the series' },
		about:
			'The k series of each group with the greatest values, with all their labels; `by` and `without` only say what a group is. In a table the greatest comes first.',
		trap: 'In a graph it chooses anew at each step, so that there are more than k lines, with gaps.',
		histograms: 'left out',
		example: exampleOf(
			REQUESTS,
			'topk(2, requests)',
			'requests{instance="b", path="/"} 30',
			'requests{instance="a", path="/"} 10'
		)
	},
	bottomk: {
		params: { k: 'how many of each group', v: 'the series' },
		about:
			'The k series of each group with the least values, with all their labels. In a table the least comes first.',
		trap: 'In a graph it chooses anew at each step, so that there are more than k lines, with gaps.',
		histograms: 'left out',
		example: exampleOf(REQUESTS, 'bottomk(1, requests)', 'requests{instance="a", path="/cart"} 5')
	},
	quantile: {
		params: { φ: 'which quantile, 0 to 1; 0.5 is the median', v: 'the series' },
		about:
			'The value below which the share φ of the series of each group lies; between two of them it is found along a straight line.',
		trap: 'It is over series: the median instance, not the median request. For that there is `histogram_quantile()`.',
		histograms: 'left out',
		example: exampleOf(REQUESTS, 'quantile(0.5, requests)', '{} 10')
	},
	count_values: {
		params: { label: 'the label that the values are put into', v: 'the series' },
		about:
			'How many series have each value, told apart by a label that holds the value: how many instances run which version, for instance.',
		trap: 'There is a series for each different value, so it is for values that are few.',
		histograms: 'taken',
		example: exampleOf(
			['version{instance="a"} 7', 'version{instance="b"} 7', 'version{instance="c"} 8'],
			'count_values("version", version)',
			'{version="7"} 2',
			'{version="8"} 1'
		)
	},
	limitk: {
		params: { k: 'how many of each group', v: 'the series' },
		about:
			'Some k series of each group, whatever their values: a look at what a query would give that has too many. Always the same ones.',
		histograms: 'taken',
		example: exampleOf(REQUESTS, 'count(limitk(2, requests))', '{} 2')
	},
	limit_ratio: {
		params: { r: 'which share, 0 to 1; below 0 exactly the others', v: 'the series' },
		about:
			'About the share r of the series, chosen by their labels, so always the same ones. `limit_ratio(-0.9, v)` gives exactly those that `limit_ratio(0.1, v)` does not.',
		trap: 'Of few series it may be far from that share.',
		histograms: 'taken',
		example: exampleOf(
			REQUESTS,
			'count(limit_ratio(0.5, requests) or limit_ratio(-0.5, requests))',
			'{} 3'
		)
	}
};
