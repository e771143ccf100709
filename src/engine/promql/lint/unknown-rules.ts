import { matcherTest, METRIC_NAME, quote, type Span } from '#engine/model';
import type { Aggregation, Expr, VectorMatching, VectorSelector } from '../ast.ts';
import { isAlike, nearestTexts } from '../explain/edit-distance.ts';
import { nearestValues, valueMeant } from '../explain/nearest-values.ts';
import { isUnknownMetric, type LintContext } from './context.ts';
import type { Finding, LintRule } from './finding.ts';
import { metricOf, placesOf, selectorsIn, sourceOf, type Rule } from './place.ts';

/** A name that is mistyped finds nothing, and nothing is no error. */
export const unknownMetric: Rule = ({ expr, parents, query }, context) => {
	if (expr.kind !== 'selector') return undefined;
	const metric = metricOf(expr);
	if (!isUnknownMetric(metric, context) || parents.some(asksWhetherThere)) return undefined;
	return unknownName({
		rule: 'unknown-metric',
		name: metric,
		span: expr.span,
		message: `No metric is called ${metric}`,
		candidates: context.metricNames ?? [],
		place: wordIn(metric, sourceOf(expr, query), expr.span.from)
	});
};

/** absent() is asked about what may not be there. */
function asksWhetherThere(expr: Expr): boolean {
	return expr.kind === 'call' && /^absent/.test(expr.func);
}

/** A condition on a label that no series has is never met. */
export const unknownLabel: Rule = ({ expr, query }, context) => {
	if (expr.kind !== 'selector') return undefined;
	const metric = metricOf(expr);
	const labels = (metric === '' ? context.labelNames : context.labelsOf?.(metric)) ?? [];
	const strange = labels.length > 0 ? strangeLabel(expr, labels) : undefined;
	if (strange === undefined) return undefined;
	return unknownName({
		rule: 'unknown-label',
		name: strange,
		span: expr.span,
		message: `No series ${metric && `of ${metric} `}has the label ${strange}`,
		candidates: labels,
		place: wordIn(strange, sourceOf(expr, query), expr.span.from, /^\s*[=!]/)
	});
};

/** A condition on a value that no series has so far. */
export const unknownValue: Rule = ({ expr, parents, query }, { valuesOf }) => {
	if (expr.kind !== 'selector' || parents.some(asksWhetherThere)) return undefined;
	const metric = metricOf(expr);
	for (const { name, type, value } of expr.matchers) {
		if (name === METRIC_NAME || type !== '=' || value === '') continue;
		const values = valuesOf?.(metric, name) ?? [];
		// How a number is written is another matter.
		if (values.length === 0 || values.includes(value) || hasTwin(value, values)) continue;
		return strangeValue(expr, query, { metric, name, value, values });
	}
	return undefined;
};

function hasTwin(value: string, values: readonly string[]): boolean {
	return values.some((other) => Number(other) === Number(value));
}

const MOST_VALUES = 4;

function strangeValue(
	selector: VectorSelector,
	query: string,
	condition: { metric: string; name: string; value: string; values: readonly string[] }
): Finding {
	const { metric, name, value, values } = condition;
	const meant = valueMeant(value, values);
	const shown = nearestValues(value, values, MOST_VALUES).map(quote).join(', ');
	const rest = values.length > MOST_VALUES ? ', …' : '';
	const found = {
		rule: 'unknown-value',
		// It may yet come, as the first error does.
		level: 'info',
		span: selector.span,
		message: `No series of ${metric} has ${name}=${quote(value)} so far; there is ${shown}${rest}.`
	} as const;
	const source = sourceOf(selector, query);
	const at = source.indexOf(`"${value}"`);
	if (meant === undefined || at < 0 || source.lastIndexOf(`"${value}"`) !== at) return found;
	const from = selector.span.from + at;
	const span = { from, to: from + value.length + 2 };
	return { ...found, fix: { title: `Use ${quote(meant)}`, edits: [{ span, text: quote(meant) }] } };
}

/** A label that is not there, though the conditions ask for one that is not empty. */
function strangeLabel({ matchers }: VectorSelector, labels: readonly string[]): string | undefined {
	return matchers.find(
		(matcher) =>
			matcher.name !== METRIC_NAME && !labels.includes(matcher.name) && !matcherTest(matcher)('')
	)?.name;
}

/** Grouping by a label that no series has puts all series together. */
export const unknownGroupingLabel: Rule = ({ expr, query }, context) => {
	if (expr.kind !== 'aggregation' || expr.grouping.length === 0) return undefined;
	const labels = labelsThatCome(expr.expr, context);
	const strange = expr.grouping.find((name) => !isPlain(name) && !labels?.has(name));
	if (!labels || strange === undefined) return undefined;
	const effect = expr.without ? 'so leaving it out changes nothing' : 'so it keeps nothing apart';
	return unknownName({
		rule: 'unknown-grouping-label',
		name: strange,
		span: expr.span,
		message: `No series here has the label ${strange}, ${effect}`,
		candidates: labels,
		place: wordIn(strange, headOf(expr, query), expr.span.from)
	});
};

/** Matching by a label, or copying one, that no series of a side has. */
export const unknownMatchingLabel: Rule = ({ expr, query }, context) => {
	if (expr.kind !== 'binary' || !expr.matching) return undefined;
	const sides = {
		left: labelsThatCome(expr.lhs, context),
		right: labelsThatCome(expr.rhs, context)
	};
	const strange = strangeMatch(expr.matching, sides);
	if (!strange) return undefined;
	const { label, where, effect, candidates } = strange;
	return unknownName({
		rule: 'unknown-matching-label',
		name: label,
		span: expr.opSpan,
		message: `No series ${where} has the label ${label}, so ${effect}`,
		candidates,
		place: wordIn(label, query.slice(expr.opSpan.to, expr.rhs.span.from), expr.opSpan.to)
	});
};

/** The labels that the series on either side of an operator may have, where that is known. */
interface SideLabels {
	readonly left: Set<string> | undefined;
	readonly right: Set<string> | undefined;
}

interface StrangeMatch {
	readonly label: string;
	readonly where: string;
	readonly effect: string;
	/** What may have been meant. */
	readonly candidates: Iterable<string>;
}

function strangeMatch(matching: VectorMatching, sides: SideLabels): StrangeMatch | undefined {
	for (const label of matching.labels) {
		const found = isPlain(label) ? undefined : strangeLabelToMatch(label, matching, sides);
		if (found) return found;
	}
	const from = matching.cardinality === 'one-to-many' ? 'left' : 'right';
	const labels = sides[from];
	const label = matching.include.find((name) => labels && !isPlain(name) && !labels.has(name));
	if (label === undefined || !labels) return undefined;
	const effect = 'there is nothing to copy from it';
	return { label, where: `on the ${from}`, effect, candidates: labels };
}

/** A label to be ignored is commonly one of one side alone; one to match on has to be on both. */
function strangeLabelToMatch(
	label: string,
	{ on }: VectorMatching,
	{ left, right }: SideLabels
): StrangeMatch | undefined {
	if (left && right && !left.has(label) && !right.has(label)) {
		const effect = on ? 'it tells none apart' : 'ignoring it changes nothing';
		return { label, where: 'here', effect, candidates: new Set([...left, ...right]) };
	}
	if (!on) return undefined;
	const lacking =
		left && !left.has(label) ? 'left' : right && !right.has(label) ? 'right' : undefined;
	const candidates = lacking === 'left' ? left : right;
	if (!lacking || !candidates) return undefined;
	return { label, where: `on the ${lacking}`, effect: 'it meets none that has one', candidates };
}

/** Labels of the language itself: metadata, and the bounds of buckets, which native histograms have inside. */
function isPlain(name: string): boolean {
	return name.startsWith('__') || name === 'le';
}

/**
 * Labels that the series of an expression may have; undefined when that is not known of all metrics in it, or when the expression
 * makes labels of its own.
 */
function labelsThatCome(expr: Expr, { labelsOf }: LintContext): Set<string> | undefined {
	const selectors = selectorsIn(expr);
	if (
		selectors.length === 0 ||
		[...placesOf('', expr)].some(({ expr: node }) => makesLabels(node))
	) {
		return undefined;
	}
	const labels = new Set<string>();
	for (const selector of selectors) {
		const metric = metricOf(selector);
		const known = metric === '' ? undefined : labelsOf?.(metric);
		if (!known) return undefined;
		known.forEach((name) => labels.add(name));
	}
	return labels;
}

const MAKES_LABELS = /^(label_replace|label_join|info|absent.*|histogram_quantiles)$/;

function makesLabels(expr: Expr): boolean {
	if (expr.kind === 'aggregation') return expr.op === 'count_values';
	return expr.kind === 'call' && MAKES_LABELS.test(expr.func);
}

/** The aggregation with blanks in place of what it is applied to. */
function headOf({ span, expr, param }: Aggregation, query: string): string {
	return [expr, param].reduce(
		(text, part) => {
			if (!part) return text;
			const [from, to] = [part.span.from - span.from, part.span.to - span.from];
			return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
		},
		query.slice(span.from, span.to)
	);
}

const STRINGS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g;

/** Where a name is written in a piece of a query, outside of strings; undefined when it is nowhere, as when it is quoted. */
function wordIn(name: string, text: string, offset: number, after = /^/): Span | undefined {
	const bare = text.replace(STRINGS, (string) => ' '.repeat(string.length));
	for (let at = bare.indexOf(name); at >= 0; at = bare.indexOf(name, at + 1)) {
		const end = at + name.length;
		const isWhole = !/[\w:]$/.test(bare.slice(0, at)) && !/^[\w:]/.test(bare.slice(end));
		if (isWhole && after.test(bare.slice(end))) return { from: offset + at, to: offset + end };
	}
	return undefined;
}

interface UnknownName {
	readonly rule: LintRule;
	readonly name: string;
	/** What is underlined when the name itself can not be found. */
	readonly span: Span;
	readonly message: string;
	readonly candidates: Iterable<string>;
	readonly place: Span | undefined;
}

/** Names that can be written in place of one that is not quoted. */
const BARE = /^[a-zA-Z_:][\w:]*$/;

function unknownName({ rule, name, span, message, candidates, place }: UnknownName): Finding {
	const [nearest] = nearestTexts(name, candidates, 1).filter((one) => isAlike(name, one));
	const found = { rule, level: 'warning', span: place ?? span } as const;
	if (nearest === undefined) return { ...found, message: `${message}.` };
	const asked = `${message}; did you mean ${nearest}?`;
	if (!place || !BARE.test(nearest)) return { ...found, message: asked };
	const fix = { title: `Use ${nearest}`, edits: [{ span: place, text: nearest }] };
	return { ...found, message: asked, fix };
}
