import { withoutParens } from '../arguments.ts';
import type { Aggregation, Expr } from '../ast.ts';
import { print } from '../print.ts';
import { sampleType, type LintContext } from './context.ts';
import { metricOf, placesOf, replace, selectorsIn, sourceOf, type Rule } from './place.ts';

/** Whether everything in an expression comes from classic histogram buckets of all bounds. */
function isOfBuckets(expr: Expr, context: LintContext): boolean {
	const selectors = selectorsIn(expr);
	const isOfQuantiles = [...placesOf('', expr)].some(({ expr: node }) => isHistogramCall(node));
	return (
		!isOfQuantiles &&
		selectors.length > 0 &&
		selectors.every(
			(selector) =>
				sampleType(metricOf(selector), context) === 'bucket' &&
				!selector.matchers.some(({ name }) => name === 'le')
		)
	);
}

/** What histogram functions give are no buckets any more. */
function isHistogramCall(expr: Expr): boolean {
	return expr.kind === 'call' && expr.func.startsWith('histogram_');
}

function losesBounds({ grouping, without }: Aggregation): boolean {
	return without === grouping.includes('le');
}

/** The aggregation, keeping `le`. */
function keepingBounds(aggregation: Aggregation): string {
	const { grouping, without } = aggregation;
	const kept = without ? grouping.filter((label) => label !== 'le') : [...grouping, 'le'];
	return print({ ...aggregation, grouping: kept });
}

/** histogram_quantile() knows buckets by `le`. */
export const quantileWithoutLe: Rule = ({ expr }, context) => {
	if (expr.kind !== 'call' || !/^histogram_(quantile|fraction)$/.test(expr.func)) return undefined;
	const vector = withoutParens(expr.args[expr.args.length - 1] as Expr);
	if (vector.kind !== 'aggregation' || !losesBounds(vector)) return undefined;
	if (!isOfBuckets(vector.expr, context)) return undefined;
	return {
		rule: 'quantile-without-le',
		level: 'warning',
		span: vector.span,
		message: `${expr.func}() finds the buckets of a histogram by their label le, and this aggregation adds all of them up: there is no result.`,
		fix: { title: 'Keep le', edits: [replace(vector, keepingBounds(vector))] }
	};
};

/** Buckets are cumulative: adding them up counts observations several times. */
export const sumOfBuckets: Rule = ({ expr, parents, query }, context) => {
	if (expr.kind !== 'aggregation' || !/^(sum|avg)$/.test(expr.op) || !losesBounds(expr)) {
		return undefined;
	}
	if (!isOfBuckets(expr.expr, context)) return undefined;
	const [parent] = parents;
	if (parent && isHistogramCall(parent)) return undefined;
	const edits = selectorsIn(expr.expr).flatMap((selector) => {
		const text = sourceOf(selector, query);
		return text.startsWith(selector.name) && selector.name.endsWith('_bucket')
			? [{ span: nameSpan(selector.span.from, selector.name), text: countName(selector.name) }]
			: [];
	});
	return {
		rule: 'sum-of-buckets',
		level: 'warning',
		span: expr.span,
		message:
			'A bucket holds everything up to its bound, the lower buckets included, so adding up all buckets counts most observations several times. How many there were is in …_count.',
		...(edits.length > 0 ? { fix: { title: 'Use …_count', edits } } : {})
	};
};

function nameSpan(from: number, name: string) {
	return { from, to: from + name.length };
}

function countName(name: string): string {
	return name.replace(/_bucket$/, '_count');
}

/** The quantile that an expression asks for, where it says it as a number. */
function quantileOf(expr: Expr): Expr | undefined {
	if (expr.kind === 'aggregation' && expr.op === 'quantile') return expr.param;
	if (expr.kind !== 'call') return undefined;
	return /^(histogram_quantile|quantile_over_time)$/.test(expr.func) ? expr.args[0] : undefined;
}

/** Percentiles are people's, quantiles are Prometheus'. */
export const quantileInPercent: Rule = ({ expr }) => {
	const asked = quantileOf(expr);
	const quantile = asked && withoutParens(asked);
	if (quantile?.kind !== 'number' || quantile.value <= 1) return undefined;
	const percent = quantile.value;
	const found = { rule: 'quantile-in-percent', level: 'warning', span: quantile.span } as const;
	if (!(percent <= 100)) {
		return { ...found, message: 'A quantile is between 0 and 1; beyond 1 the result is +Inf.' };
	}
	const text = String(Number((percent / 100).toPrecision(12)));
	return {
		...found,
		message: `A quantile is between 0 and 1: ${percent} % is ${text}. Beyond 1 the result is +Inf.`,
		fix: { title: `Use ${text}`, edits: [replace(quantile, text)] }
	};
};

/** There is no quantile of all in the quantiles of parts. */
export const averageOfQuantiles: Rule = ({ expr }, context) => {
	if (expr.kind !== 'aggregation' || !/^(avg|sum)$/.test(expr.op)) return undefined;
	const inner = withoutParens(expr.expr);
	if (inner.kind === 'call' && inner.func === 'histogram_quantile') {
		const [phi, vector] = inner.args as [Expr, Expr];
		const labels = expr.without ? expr.grouping : [...expr.grouping, 'le'];
		const by = `${expr.without ? 'without' : 'by'} (${labels.join(', ')})`;
		const merged = `histogram_quantile(${print(phi)}, sum ${by} (${print(vector)}))`;
		return finding(expr, 'Merge the histograms first', merged);
	}
	if (inner.kind !== 'selector' || sampleType(metricOf(inner), context) !== 'quantile') {
		return undefined;
	}
	return finding(expr, 'Show the worst one instead', print({ ...expr, op: 'max' }));
};

function finding(expr: Aggregation, title: string, text: string) {
	return {
		rule: 'average-of-quantiles',
		level: 'warning',
		span: expr.span,
		message: `The ${expr.op} of quantiles is no quantile: a part with few requests weighs as much as one with many. Histograms can be added up before the quantile is taken; the quantiles of a summary can not be put together at all.`,
		fix: { title, edits: [replace(expr, text)] }
	} as const;
}

/** `le` and `quantile` are texts: "0.50" is not "0.5". */
export const numberAsLabelValue: Rule = ({ expr, query }, { valuesOf }) => {
	if (expr.kind !== 'selector' || !valuesOf) return undefined;
	for (const { name, type, value } of expr.matchers) {
		if (type !== '=' || !/^(le|quantile)$/.test(name)) continue;
		const values = valuesOf(metricOf(expr), name);
		const twin = values?.find((other) => Number(other) === Number(value));
		if (twin === undefined || values?.includes(value)) continue;
		const text = sourceOf(expr, query);
		const at = text.search(new RegExp(`\\b${name}\\s*=\\s*["'\`]`));
		const from = expr.span.from + text.indexOf(value, at);
		return {
			rule: 'number-as-label-value',
			level: 'warning',
			span: expr.span,
			message: `Label values are texts: ${name}="${value}" matches nothing, because it is written ${name}="${twin}" here.`,
			fix: {
				title: `Use ${name}="${twin}"`,
				edits: at < 0 ? [] : [{ span: { from, to: from + value.length }, text: twin }]
			}
		};
	}
	return undefined;
};
