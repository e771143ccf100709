import { exampleAt, exampleOf, type Example, type HistogramSupport } from './reference-text.ts';

/** A part of the language that is no call: an operator, or what can be written after a selector. */
export interface SyntaxText {
	/** What it is looked up by, and its anchor in a page. */
	readonly id: string;
	/** As it is written in a query. */
	readonly name: string;
	readonly form: string;
	readonly doc: string;
	readonly about: string;
	readonly trap?: string;
	readonly histograms: HistogramSupport;
	readonly experimental?: boolean;
	readonly example: Example;
}

const REQUESTS: readonly string[] = [
	'requests{job="shop", status="200"} 90',
	'requests{job="shop", status="500"} 10'
];
const TARGETS: readonly string[] = ['up{instance="a"} 1', 'up{instance="b"} 0'];
const COUNTER = 'requests_total{job="shop"} 0+60x10';

export const SELECTION: readonly SyntaxText[] = [
	{
		id: 'matchers',
		name: '{ }',
		form: 'metric{label="value", label!="value", label=~"regex", label!~"regex"}',
		doc: 'Selects series by their labels.',
		about:
			'Selects the series of a metric whose labels satisfy all conditions: equal, not equal, matching a regular expression (RE2), not matching one. Each gives its newest sample of the last five minutes.',
		trap: 'An expression has to match the whole value: `status=~"5"` finds nothing, `status=~"5.."` does. A label that a series does not have is the text `""`, so `status!="200"` also finds series without it.',
		histograms: 'taken',
		example: exampleOf(REQUESTS, 'requests{status=~"5.."}', 'requests{job="shop", status="500"} 10')
	},
	{
		id: 'range-selector',
		name: '[ ]',
		form: 'selector[duration]',
		doc: 'All samples of a stretch of time.',
		about:
			'All samples of the last stretch of time instead of the newest one: a range vector, which functions such as `rate()` take. The window is open on the left: with a sample every 15 seconds, `[1m]` holds four.',
		trap: 'A range vector can not be drawn or added to anything; only functions take it.',
		histograms: 'taken',
		example: exampleAt('10m', [COUNTER], 'count_over_time(requests_total[5m])', '{job="shop"} 5')
	},
	{
		id: 'subquery',
		name: '[ : ]',
		form: 'expression[range:step]',
		doc: 'Any expression, evaluated step by step over a stretch of time.',
		about:
			'Evaluates any instant vector at regular steps of the last stretch of time, so that a function over time can look at what was computed. Without a step it is the evaluation interval of the rules, one minute here.',
		trap: 'Never `rate(sum(…)[5m:])`: first the rate, then the sum. The steps are multiples of the step since 1970, not counted from the end.',
		histograms: 'taken',
		example: exampleAt(
			'10m',
			[COUNTER],
			'max_over_time(rate(requests_total[2m])[5m:1m])',
			'{job="shop"} 1'
		)
	},
	{
		id: 'offset',
		name: 'offset',
		form: 'selector offset duration',
		doc: 'Looks back from an earlier moment.',
		about:
			'Takes what a selector or subquery would have given some time earlier: compare today with a week ago.',
		trap: 'It belongs to the selector: `rate(x[5m] offset 1w)`, not `rate(x[5m]) offset 1w`. A negative offset looks into the future, where there is nothing yet.',
		histograms: 'taken',
		example: exampleAt(
			'10m',
			[COUNTER],
			'requests_total offset 5m',
			'requests_total{job="shop"} 300'
		)
	},
	{
		id: 'at',
		name: '@',
		form: 'selector @ unix-seconds, selector @ start(), selector @ end()',
		doc: 'Looks from a fixed moment.',
		about:
			'Takes what a selector or subquery gives at one fixed moment, whichever moment is evaluated: the series that lead at the end of a graph, for instance, with `topk(5, x @ end())`.',
		trap: 'The number is a moment in Unix seconds, not a distance.',
		histograms: 'taken',
		example: exampleAt('10m', [COUNTER], 'requests_total @ 60', 'requests_total{job="shop"} 60')
	},
	{
		id: 'anchored',
		name: 'anchored',
		form: 'selector[duration] anchored',
		doc: 'Measures between the bounds of a range, without extrapolation.',
		about:
			'For `rate()`, `increase()`, `delta()`, `changes()` and `resets()`: measures from the last sample before the range to the last one in it, and does not extrapolate. The increase of whole numbers is then a whole number.',
		trap: 'It needs the switch `promql-extended-range-selectors`.',
		histograms: 'taken',
		experimental: true,
		example: exampleAt(
			'4m',
			['errors_total{job="shop"} 5 5 5 6 6'],
			'increase(errors_total[3m] anchored)',
			'{job="shop"} 1'
		)
	},
	{
		id: 'smoothed',
		name: 'smoothed',
		form: 'selector[duration] smoothed',
		doc: 'Interpolates at the bounds of a range.',
		about:
			'For `rate()`, `increase()` and `delta()`: takes the values at both bounds of the range from straight lines between the samples on both sides of each. Behind a selector alone it interpolates the value at the moment of evaluation.',
		trap: 'It looks at samples after the moment of evaluation, so the newest steps of a graph change once these are there. It needs the switch `promql-extended-range-selectors`.',
		histograms: 'taken',
		experimental: true,
		example: exampleAt(
			'150s',
			['level{tank="a"} 0 10 20 30'],
			'delta(level[1m] smoothed)',
			'{tank="a"} 10'
		)
	}
];

export const OPERATORS: readonly SyntaxText[] = [
	{
		id: 'arithmetic',
		name: '+ - * / % ^ atan2',
		form: 'a operator b',
		doc: 'Computes with numbers, vectors, or both.',
		about:
			'With a number it is done to each series. Between two vectors a series meets the one that has exactly the same labels, but for the metric name, which is gone from the result.',
		trap: 'Series that meet nobody are left out without a word: if one side has a label more, the result is empty. And `-2 ^ 2` is -4.',
		histograms: 'taken',
		example: exampleOf(
			['errors{job="shop"} 5', 'requests{job="shop"} 100'],
			'errors / requests * 100',
			'{job="shop"} 5'
		)
	},
	{
		id: 'comparison',
		name: '== != < <= > >=',
		form: 'a operator [bool] b',
		doc: 'Keeps the series for which it holds.',
		about:
			'Keeps the series for which it holds, with their values and names; the others are gone. It is a filter, which is what an alert needs. With `bool` it gives 1 or 0 for each series instead.',
		trap: 'Series that are not there pass no comparison: `== 0` is silent when nothing was counted yet. Between two numbers `bool` has to be there.',
		histograms: 'taken',
		example: exampleOf(TARGETS, 'up == 0', 'up{instance="b"} 0')
	},
	{
		id: 'bool',
		name: 'bool',
		form: 'a == bool b',
		doc: 'A comparison that gives 1 or 0.',
		about:
			'Makes a comparison give 1 where it holds and 0 where it does not, so that it can be added up.',
		histograms: 'taken',
		example: exampleOf(TARGETS, 'up == bool 1', '{instance="a"} 1', '{instance="b"} 0')
	},
	{
		id: 'and',
		name: 'and',
		form: 'vector and vector',
		doc: 'Keeps the series that the right side has too.',
		about:
			'Keeps the series of the left side for which there is one with the same labels on the right, whatever its value. Usually with `on (…)`, since two metrics seldom have all labels in common.',
		histograms: 'taken',
		example: exampleOf(
			[...TARGETS, 'latency{instance="a"} 3', 'latency{instance="b"} 9'],
			'latency and up == 1',
			'latency{instance="a"} 3'
		)
	},
	{
		id: 'or',
		name: 'or',
		form: 'vector or vector',
		doc: 'Adds the series that the left side does not have.',
		about:
			'All series of the left side, and those of the right for which there is none with the same labels on the left. As in `… or vector(0)` it says what nothing means.',
		histograms: 'taken',
		example: exampleOf(
			['requests{job="shop"} 7'],
			'sum(requests{job="billing"}) or vector(0)',
			'{} 0'
		)
	},
	{
		id: 'unless',
		name: 'unless',
		form: 'vector unless vector',
		doc: 'Keeps the series that the right side does not have.',
		about:
			'Keeps the series of the left side for which there is none with the same labels on the right: what is missing somewhere.',
		histograms: 'taken',
		example: exampleOf(
			['expected{instance="a"} 1', 'expected{instance="b"} 1', 'up{instance="a"} 1'],
			'expected unless up',
			'expected{instance="b"} 1'
		)
	},
	{
		id: 'on',
		name: 'on, ignoring',
		form: 'vector operator on (labels) vector',
		doc: 'Says which labels have to be equal.',
		about:
			'Says which labels have to be equal for two series to meet: only those, with `on`, or all but those, with `ignoring`. On each side there may be only one series then, or it takes `group_left`.',
		histograms: 'taken',
		example: exampleOf(
			['errors{job="shop", status="500"} 5', 'requests{job="shop"} 100'],
			'errors / ignoring (status) requests',
			'{job="shop"} 0.05'
		)
	},
	{
		id: 'group_left',
		name: 'group_left, group_right',
		form: 'many operator on (labels) group_left (labels) one',
		doc: 'Lets several series meet the same one.',
		about:
			'Lets several series of one side meet the same one of the other. `group_left` says that the many are on the left; they keep their labels, and labels that are named in it are copied from the one.',
		trap: 'On the one side there may be only one series for each match, or the query fails: many-to-many is not allowed.',
		histograms: 'taken',
		example: exampleOf(
			['requests{instance="a", path="/"} 8', 'build_info{instance="a", version="7"} 1'],
			'requests * on (instance) group_left (version) build_info',
			'{instance="a", path="/", version="7"} 8'
		)
	},
	{
		id: 'fill',
		name: 'fill, fill_left, fill_right',
		form: 'vector operator on (labels) fill (number) vector',
		doc: 'A value for series that meet nobody.',
		about:
			'Puts a number in the place of a series that is missing on one side, so that the other one is not left out.',
		trap: 'It needs the switch `promql-binop-fill-modifiers`.',
		histograms: 'none',
		experimental: true,
		example: exampleOf(
			['requests{job="a"} 10', 'requests{job="b"} 20', 'errors{job="a"} 1'],
			'errors / fill_left (0) requests',
			'{job="a"} 0.1',
			'{job="b"} 0'
		)
	},
	{
		id: 'by',
		name: 'by, without',
		form: 'aggregator by (labels) (vector)',
		doc: 'Says what a group is.',
		about:
			'Says which labels make a group in an aggregation: those named, with `by`, or all others, with `without`. Without either everything is one group.',
		trap: 'With `by` all other labels are gone, also those an alert needs to say where it is; `without` keeps labels that come later.',
		histograms: 'taken',
		example: exampleOf(REQUESTS, 'sum without (status) (requests)', '{job="shop"} 100')
	}
];
