import type { Span } from '#engine/model';
import { functionTable } from '../functions.ts';
import { isAggregationOp } from '../aggregators.ts';
import { referenceOf } from '../function-reference/reference.ts';
import { callAt, callFrom, closingOf, openBrackets, type WrittenCall } from './bare-text.ts';
import { isReadable } from './mend.ts';
import { put, type Advice, type Rule } from './mistake.ts';
import { durationMeant } from './range-mistakes.ts';

const COUNT =
	/^(?:expected (?:at least |at most )?\d+ argument|wrong number of arguments|no arguments for aggregate)/;
const TYPE = /^expected type [\w ]+ in (?:call to function|aggregation)|^trailing commas/;

/** Arguments that are too few, too many, or of the wrong types. */
export const callMistakes: Rule = (mistake) => {
	const { query, bare, from, message } = mistake;
	if (COUNT.test(message)) {
		const call = callFrom(bare, from);
		if (!call) return undefined;
		return (
			rangeAsArgument(query, call) ??
			labelsAsArguments(query, call) ??
			parameterMissing(query, call) ??
			calledAs(call.name)
		);
	}
	if (!TYPE.test(message)) return undefined;
	if (message.startsWith('trailing')) {
		return { say: 'The comma at the end is left out', edits: [put(from, from + 1, '')] };
	}
	const around = openBrackets(bare, from).at(-1);
	const call = around?.sign === '(' ? callAt(bare, around.at) : undefined;
	if (!call) return undefined;
	// Of ranges in the wrong place the sentences of hint.ts say more.
	const isOfRange = /got (?:instant|range) vector$/.test(message);
	return swapped(query, call) ?? (isOfRange ? undefined : calledAs(call.name));
};

/** How a function is called, with an example. */
function calledAs(name: string): Advice | undefined {
	const entry = referenceOf(name) ?? referenceOf(name.toLowerCase());
	if (!entry) return undefined;
	return {
		say: `${entry.name}() is called so`,
		instead: entry.signature,
		more: `For example \`${entry.example.query}\`.`
	};
}

function swapped(query: string, { name, span, args }: WrittenCall): Advice | undefined {
	if (args.length < 2 || args.length > 6) return undefined;
	for (const [i, a] of args.entries()) {
		for (const b of args.slice(i + 1)) {
			const edits = [put(a.from, a.to, textOf(query, b)), put(b.from, b.to, textOf(query, a))];
			const text =
				query.slice(span.from, a.from) +
				textOf(query, b) +
				query.slice(a.to, b.from) +
				textOf(query, a) +
				query.slice(b.to, span.to);
			if (isReadable(text)) {
				return { say: `The arguments of ${name} come in another order`, edits, instead: text };
			}
		}
	}
	return undefined;
}

function textOf(query: string, { from, to }: Span): string {
	return query.slice(from, to);
}

/** `rate(x, 5m)`. */
function rangeAsArgument(query: string, { name, args }: WrittenCall): Advice | undefined {
	const [selector, range] = args;
	if (args.length !== 2 || !selector || !range) return undefined;
	if (functionTable.get(name)?.args.join() !== 'matrix') return undefined;
	const duration = durationMeant(textOf(query, range));
	const written = `${textOf(query, selector)}[${duration}]`;
	if (duration === undefined || !isReadable(written)) return undefined;
	return {
		say: 'The range stands in brackets after the metric',
		edits: [put(selector.from, range.to, written)],
		instead: `${name}(${written})`
	};
}

/** `sum(x, instance)`: the rest is meant as labels. */
function labelsAsArguments(query: string, { name, span, args }: WrittenCall): Advice | undefined {
	if (!isAggregationOp(name.toLowerCase()) || args.length < 2) return undefined;
	const [first, ...others] = args.map((arg) => textOf(query, arg));
	if (
		first === undefined ||
		/^\d/.test(first) ||
		!others.every((text) => /^[a-z]\w*$/i.test(text))
	) {
		return severalExpressions(name);
	}
	const written = `${name} by (${others.join(', ')}) (${first})`;
	if (!isReadable(written)) return undefined;
	return {
		say: `${name}() takes one expression, and labels to group by stand after by`,
		edits: [put(span.from, span.to, written)],
		instead: written,
		more: 'Values of two expressions are put together by operators, as in `a + b`.'
	};
}

function severalExpressions(name: string): Advice | undefined {
	const entry = referenceOf(name.toLowerCase());
	if (entry?.params.length !== 1) return undefined;
	return {
		say: `${entry.name}() puts the series of one expression together`,
		instead: `${entry.name}(a or b)`,
		more: 'Values of two expressions are put together by operators such as `a + b`.'
	};
}

/** What stands before the vector when nothing is known of it. */
const PARAMETERS: Readonly<Record<string, string>> = {
	topk: '5',
	bottomk: '5',
	limitk: '5',
	limit_ratio: '0.1',
	quantile: '0.95',
	histogram_quantile: '0.95',
	quantile_over_time: '0.95',
	count_values: '"value"'
};

/** `topk(x)`. */
function parameterMissing(query: string, { name, args }: WrittenCall): Advice | undefined {
	const parameter = PARAMETERS[name.toLowerCase()];
	const [arg] = args;
	if (
		parameter === undefined ||
		!arg ||
		args.length !== 1 ||
		!/^[a-z_:{(]/i.test(textOf(query, arg))
	) {
		return undefined;
	}
	const entry = referenceOf(name.toLowerCase());
	return {
		say: `What comes before the series is missing, ${entry?.params[0]?.about.split(';')[0] ?? ''}`,
		edits: [put(arg.from, arg.from, `${parameter}, `)],
		instead: `${name}(${parameter}, ${textOf(query, arg)})`
	};
}

/** `rate x[5m]`, `sum up`: a function or an aggregation without its parentheses. */
export const parenthesesMissing: Rule = ({ query, bare, from, message }) => {
	if (!/^unexpected (?:identifier|metric identifier|<aggr:|number|"\{")/.test(message))
		return undefined;
	const [, name = ''] = /(?:^|[^\w:])([a-zA-Z_]\w*)\s+$/.exec(bare.slice(0, from)) ?? [];
	if (!functionTable.has(name) && !isAggregationOp(name.toLowerCase())) return undefined;
	const around = openBrackets(bare, from).at(-1);
	const end = (around && closingOf(bare, around.at)) ?? bare.trimEnd().length;
	const start = bare.slice(0, from).trimEnd().length;
	return {
		say: `What ${name} is of stands in parentheses`,
		edits: [put(start, from, '('), put(end, end, ')')],
		instead: `${name}(${query.slice(from, end)})`
	};
};
