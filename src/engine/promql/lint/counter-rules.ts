import { formatDuration, MINUTE, type Duration } from '#engine/model';
import { AGGREGATORS } from '../aggregators.ts';
import { withoutParens } from '../arguments.ts';
import type { Aggregation, BinaryExpr, Expr, Subquery, VectorSelector } from '../ast.ts';
import { print } from '../print.ts';
import { sampleType, type LintContext } from './context.ts';
import { isScalar, metricOf, rangeOf, rename, replace, type Rule } from './place.ts';

/** Rates take a fall for a reset. */
export const rateOfGauge: Rule = ({ expr }, context) => {
	if (expr.kind !== 'call') return undefined;
	const instead = { rate: 'deriv', irate: 'deriv', increase: 'delta', resets: 'changes' }[
		expr.func
	];
	const range = rangeOf(expr);
	if (!instead || range?.kind !== 'matrix') return undefined;
	const metric = metricOf(range.selector);
	if (sampleType(metric, context) !== 'gauge') return undefined;
	return {
		rule: 'rate-of-gauge',
		level: 'warning',
		span: expr.span,
		message: `${metric} is a gauge: it may fall. ${expr.func}() is for counters and takes each fall for a restart, after which it counts everything again.`,
		fix: { title: `Use ${instead}()`, edits: [rename(expr, instead)] }
	};
};

/** Differences of counters go wrong at resets. */
export const deltaOfCounter: Rule = ({ expr }, context) => {
	if (expr.kind !== 'call') return undefined;
	const instead = { delta: 'increase', idelta: 'increase', deriv: 'rate' }[expr.func];
	const range = rangeOf(expr);
	if (!instead || range?.kind !== 'matrix') return undefined;
	const metric = metricOf(range.selector);
	const type = sampleType(metric, context);
	if (type !== 'counter' && type !== 'bucket') return undefined;
	return {
		rule: 'delta-of-counter',
		level: 'warning',
		span: expr.span,
		message: `${metric} is a counter: when the process restarts it begins at zero again. ${expr.func}() does not know that, and shows a large fall there.`,
		fix: { title: `Use ${instead}()`, edits: [rename(expr, instead)] }
	};
};

/** A counter's value says how long a process has run. */
export const rawCounter: Rule = ({ expr, parents }, context) => {
	if (expr.kind !== 'selector' || parents[0]?.kind === 'matrix' || expr.extension) return undefined;
	const metric = metricOf(expr);
	const type = sampleType(metric, context);
	if (type !== 'counter' && type !== 'bucket') return undefined;
	if (!reachesResult(expr, parents)) return undefined;
	const window = formatDuration(usualWindow(context));
	return {
		rule: 'raw-counter',
		level: 'info',
		span: expr.span,
		message: `${metric} is a counter: its value is everything since the process started, so it only says how long that was ago. What is happening now is how fast it rises.`,
		fix: { title: `Use rate(…[${window}])`, edits: [replace(expr, rateOf(expr, window))] }
	};
};

function rateOf(selector: VectorSelector, window: string): string {
	const bare = print({ ...selector, offset: 0, offsetExpr: undefined, at: undefined });
	return `rate(${bare}[${window}]${print(selector).slice(bare.length)})`;
}

/** Wide enough for four scrapes, and five minutes unless scrapes are rare. */
function usualWindow({ scrapeInterval = MINUTE }: LintContext): Duration {
	return Math.max(5 * MINUTE, 4 * scrapeInterval);
}

/** Functions of a vector that pass values on. */
const PASSING_FUNCTIONS: ReadonlySet<string> = new Set([
	'sort',
	'sort_desc',
	'round',
	'ceil',
	'floor',
	'label_replace',
	'label_join',
	'histogram_quantile'
]);

/** Whether the value of a node becomes part of the result, rather than only being there or being compared. */
function reachesResult(expr: Expr, parents: readonly Expr[]): boolean {
	let child = expr;
	return parents.every((parent) => {
		const passes = passesOn(parent, child);
		child = parent;
		return passes;
	});
}

function passesOn(parent: Expr, child: Expr): boolean {
	switch (parent.kind) {
		case 'aggregation':
			// count_values puts the values into labels.
			return AGGREGATORS[parent.op].readsValues && parent.op !== 'count_values';
		case 'call':
			return PASSING_FUNCTIONS.has(parent.func);
		case 'unary':
			return true;
		case 'binary':
			return isArithmeticOfDifferent(parent, child);
		default:
			return false;
	}
}

/** Differences of a counter with itself at another time, and with the clock, are differences. */
function isArithmeticOfDifferent({ op, lhs, rhs }: BinaryExpr, child: Expr): boolean {
	if (op === '*' || op === '/' || op === '+') return true;
	if (op !== '-') return false;
	const other = withoutParens(lhs) === child ? rhs : lhs;
	return isScalar(other) && withoutParens(other).kind === 'number';
}

/** Restarts can not be seen any more in a sum. */
export const rateOfAggregation: Rule = ({ expr, query }) => {
	if (expr.kind !== 'call' || !/^(rate|irate|increase)$/.test(expr.func)) return undefined;
	const range = rangeOf(expr);
	if (range?.kind !== 'subquery') return undefined;
	const inner = withoutParens(range.expr);
	if (inner.kind !== 'aggregation') return undefined;
	const swapped = aggregateRates(expr.func, inner, range, query);
	return {
		rule: 'rate-of-aggregation',
		level: 'warning',
		span: expr.span,
		message: `When one process restarts, its part of the ${inner.op} falls to zero; ${expr.func}() then takes the whole ${inner.op} for reset and counts all the others again. First the rates, then the ${inner.op}.`,
		...(swapped ? { fix: { title: 'Aggregate the rates', edits: [replace(expr, swapped)] } } : {})
	};
};

function aggregateRates(
	func: string,
	aggregation: Aggregation,
	subquery: Subquery,
	query: string
): string | undefined {
	const selector = withoutParens(aggregation.expr);
	const isShifted = subquery.offset !== 0 || subquery.offsetExpr || subquery.at !== undefined;
	if (selector.kind !== 'selector' || aggregation.param || isShifted || subquery.rangeExpr) {
		return undefined;
	}
	const { span } = aggregation.expr;
	const before = query.slice(aggregation.span.from, span.from);
	const after = query.slice(span.to, aggregation.span.to);
	return `${before}${rateOf(selector, formatDuration(subquery.range)).replace(/^rate/, func)}${after}`;
}

/** Fewer than four scrapes in a window leave nothing when one or two are lost. */
export const shortWindow: Rule = ({ expr, query }, { scrapeInterval }) => {
	if (expr.kind !== 'call' || scrapeInterval === undefined || !NEEDS_SAMPLES.test(expr.func)) {
		return undefined;
	}
	const range = rangeOf(expr);
	if (range?.kind !== 'matrix' || range.rangeExpr || range.range >= 4 * scrapeInterval) {
		return undefined;
	}
	const every = formatDuration(scrapeInterval);
	const enough = formatDuration(4 * scrapeInterval);
	const isHopeless = range.range <= scrapeInterval;
	const bracket = query.slice(range.span.from, range.span.to).indexOf('[') + range.span.from;
	const close = query.indexOf(']', bracket);
	return {
		rule: 'short-window',
		level: range.range < 2 * scrapeInterval ? 'warning' : 'info',
		span: range.span,
		message: isHopeless
			? `There is a sample every ${every}, so a window of ${formatDuration(range.range)} holds one at most, and ${expr.func}() needs two. Four scrapes wide leaves something when some are lost.`
			: `There is a sample every ${every}: when a scrape is late or lost, a window of ${formatDuration(range.range)} may be left with fewer than the two samples that ${expr.func}() needs. Four scrapes wide is a good rule.`,
		fix: {
			title: `Use [${enough}]`,
			edits: [{ span: { from: bracket + 1, to: close }, text: enough }]
		}
	};
};

const NEEDS_SAMPLES = /^(rate|increase|irate|delta|idelta|deriv|predict_linear)$/;

/** The last two samples decide, however long the range. */
export const irateInCondition: Rule = ({ expr, parents }) => {
	if (expr.kind !== 'call' || expr.func !== 'irate') return undefined;
	const isCompared = parents.some(
		(parent) => parent.kind === 'binary' && /^([<>]=?|[=!]=)$/.test(parent.op)
	);
	if (!isCompared) return undefined;
	return {
		rule: 'irate-in-condition',
		level: 'info',
		span: expr.span,
		message:
			'irate() looks at the last two samples only, whatever the range: a condition on it comes and goes with every scrape. rate() averages over the whole range.',
		fix: { title: 'Use rate()', edits: [rename(expr, 'rate')] }
	};
};
