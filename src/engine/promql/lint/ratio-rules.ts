import { withoutParens } from '../arguments.ts';
import type { Aggregation, BinaryExpr, Expr, VectorSelector } from '../ast.ts';
import type { LintContext } from './context.ts';
import { isVector, metricOf, rangeOf, replace, sourceOf, type Rule } from './place.ts';

/** Whether an operator meets series that have all labels in common, with nothing said about which to compare. */
function matchesOnAll({ matching }: BinaryExpr): boolean {
	return matching?.cardinality === 'one-to-one' && !matching.on && matching.labels.length === 0;
}

/** The average of ratios gives each the same weight. */
export const averageOfRatios: Rule = ({ expr, query }) => {
	if (expr.kind !== 'aggregation' || expr.op !== 'avg') return undefined;
	const ratio = withoutParens(expr.expr);
	if (ratio.kind !== 'binary' || ratio.op !== '/') return undefined;
	if (!isVector(ratio.lhs) || !isVector(ratio.rhs) || !matchesOnAll(ratio)) return undefined;
	const by = groupingText(expr);
	const sum = (side: Expr) => `sum${by}(${sourceOf(withoutParens(side), query)})`;
	return {
		rule: 'average-of-ratios',
		level: 'info',
		span: expr.span,
		message:
			'In an average of ratios a series with one request weighs as much as one with ten thousand. The ratio of the sums is the ratio of all.',
		fix: {
			title: 'Divide the sums',
			edits: [replace(expr, `(${sum(ratio.lhs)} / ${sum(ratio.rhs)})`)]
		}
	};
};

function groupingText({ grouping, without }: Aggregation): string {
	if (!without && grouping.length === 0) return '';
	return ` ${without ? 'without' : 'by'} (${grouping.join(', ')}) `;
}

/** A part of a metric divided by the whole metric, series by series: each finds itself. */
export const ratioToItself: Rule = ({ expr, query }) => {
	if (expr.kind !== 'binary' || expr.op !== '/' || !matchesOnAll(expr)) return undefined;
	const [left, right] = [withoutParens(expr.lhs), withoutParens(expr.rhs)];
	const [part, whole] = [plainSelector(left), plainSelector(right)];
	if (!part || !whole || metricOf(part) === '' || metricOf(part) !== metricOf(whole)) {
		return undefined;
	}
	if (shape(left) !== shape(right)) return undefined;
	const conditions = new Set(part.matchers.map(conditionText));
	const isPart = whole.matchers.every((matcher) => conditions.has(conditionText(matcher)));
	if (!isPart || part.matchers.length === whole.matchers.length) return undefined;
	const [numerator, denominator] = [left, right].map((side) => `sum(${sourceOf(side, query)})`);
	return {
		rule: 'ratio-to-itself',
		level: 'warning',
		span: expr.span,
		message:
			'Series meet when all their labels are equal, so each series on the left is divided by itself: the result is 1. Sum both sides to compare a part with the whole.',
		fix: {
			title: 'Divide the sums',
			edits: [replace(expr, `${numerator} / ${denominator}`)]
		}
	};
};

function conditionText({ name, type, value }: VectorSelector['matchers'][number]): string {
	return `${name}${type}${value}`;
}

/** The selector of `x` or of `f(x[…])`. */
function plainSelector(expr: Expr): VectorSelector | undefined {
	if (expr.kind === 'selector') return expr;
	if (expr.kind !== 'call' || expr.args.length !== 1) return undefined;
	const range = rangeOf(expr);
	return range?.kind === 'matrix' ? range.selector : undefined;
}

/** The expression without its conditions and modifiers of time. */
function shape(expr: Expr): string {
	if (expr.kind !== 'call') return expr.kind;
	const range = rangeOf(expr);
	return `${expr.func} ${range?.range}`;
}

/** Operators with a result for each pair that meets. */
const PAIRING: ReadonlySet<string> = new Set([
	'+',
	'-',
	'*',
	'/',
	'%',
	'^',
	'atan2',
	'==',
	'!=',
	'<',
	'<=',
	'>',
	'>='
]);

/** Sides whose labels can never be equal: the result is empty, without an error. */
export const labelsNeverMatch: Rule = ({ expr, query }, context) => {
	if (expr.kind !== 'binary' || !PAIRING.has(expr.op) || !matchesOnAll(expr)) return undefined;
	if (expr.matching?.fill) return undefined;
	const left = labelsOfResult(expr.lhs, context);
	const right = labelsOfResult(expr.rhs, context);
	if (!left || !right) return undefined;
	const onlyLeft = left.filter((name) => !right.includes(name));
	const onlyRight = right.filter((name) => !left.includes(name));
	if (onlyLeft.length === 0 && onlyRight.length === 0) return undefined;
	const common = left.filter((name) => right.includes(name)).join(', ');
	const operator = query.slice(expr.opSpan.from, expr.opSpan.to);
	const side = onlyLeft.length > 0 ? 'left' : 'right';
	const isSimple = onlyLeft.length === 0 || onlyRight.length === 0;
	const bool = expr.returnBool ? ' bool' : '';
	const text = `${operator}${bool} on (${common}) group_${side} ()`;
	return {
		rule: 'labels-never-match',
		level: 'warning',
		span: expr.opSpan,
		message: `The left side has the labels {${left.join(', ')}}, the right side {${right.join(', ')}}: series meet only when all labels are equal, so these never do, and the result is empty.`,
		...(isSimple
			? { fix: { title: `Match on (${common})`, edits: [operatorEdit(expr, text)] } }
			: {})
	};
};

function operatorEdit({ opSpan, lhs, rhs }: BinaryExpr, text: string) {
	// From the operator to the right side, with any modifiers in between.
	return {
		span: { from: Math.max(opSpan.from, lhs.span.to), to: rhs.span.from },
		text: `${text} `
	};
}

/** The labels that the series of a result have, where the query or what is known of the metric tells. */
function labelsOfResult(outer: Expr, context: LintContext): readonly string[] | undefined {
	const expr = withoutParens(outer);
	switch (expr.kind) {
		case 'aggregation':
			return groupLabels(expr, context);
		case 'call': {
			const selector = plainSelector(expr);
			return selector && isRangeCall(expr) ? labelsOfSeries(selector, context) : undefined;
		}
		case 'unary':
			return labelsOfResult(expr.expr, context);
		case 'binary': {
			if (isVector(expr.lhs) && !isVector(expr.rhs)) return labelsOfResult(expr.lhs, context);
			if (isVector(expr.rhs) && !isVector(expr.lhs)) return labelsOfResult(expr.rhs, context);
			return undefined;
		}
		default:
			return undefined;
	}
}

/** Aggregators that put series together, rather than choosing among them. */
const JOINING: ReadonlySet<string> = new Set([
	'sum',
	'avg',
	'min',
	'max',
	'count',
	'group',
	'stddev',
	'stdvar',
	'quantile'
]);

/** The labels that are grouped by, without those that the metric is known not to have. */
function groupLabels(expr: Aggregation, context: LintContext): readonly string[] | undefined {
	if (!JOINING.has(expr.op) || expr.without) return undefined;
	if (expr.grouping.length === 0) return [];
	const inner = labelsOfResult(expr.expr, context);
	return inner ? expr.grouping.filter((name) => inner.includes(name)) : expr.grouping;
}

function isRangeCall(expr: Expr): boolean {
	return (
		expr.kind === 'call' && rangeOf(expr) !== undefined && !/^(absent|first|last)/.test(expr.func)
	);
}

function labelsOfSeries(
	selector: VectorSelector,
	{ labelsOf }: LintContext
): readonly string[] | undefined {
	const metric = metricOf(selector);
	return metric === '' ? undefined : labelsOf?.(metric);
}
