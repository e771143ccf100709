import { quote } from '#engine/model';
import { operandBefore } from './bare-text.ts';
import { put, rest, type Advice, type Mistake, type Rule } from './mistake.ts';
import { negation } from './operator-mistakes.ts';
import { countDistinct } from './unknown-function.ts';

/** SQL, and words of other query languages. */
export const otherLanguages: Rule = (mistake) => select(mistake) ?? word(mistake);

const SELECT =
	/^\s*select\b(.*?)(?:\bfrom\s+([a-z_:][\w:]*)(?:\s+where\s+(.*?))?(?:\s+group\s+by\s+([\w\s,]+?))?\s*;?\s*)?$/is;

/** Nobody writes more of it before asking, and the pattern takes its time. */
const LONGEST_SELECT = 300;

/** SQL. */
function select({ query }: Mistake): Advice | undefined {
	const found = query.length <= LONGEST_SELECT && SELECT.exec(query);
	if (!found) return undefined;
	const [, columns = '', table = 'up', where, group] = found;
	const matchers = where === undefined ? '' : matchersOf(where);
	const selector = matchers ? `${table}{${matchers}}` : table;
	const [aggregator] = /\b(?:sum|avg|min|max|count)(?=\s*\()/i.exec(columns) ?? [];
	const by = group ? ` by (${group.trim()})` : '';
	const text = aggregator
		? `${aggregator.toLowerCase()}${by}${by ? ' ' : ''}(${selector})`
		: selector;
	return {
		say: 'PromQL has no SELECT: a query starts with the name of a metric, and conditions on labels stand in braces',
		...(matchers !== undefined && { edits: [put(0, query.length, text)] }),
		instead: text
	};
}

/** The conditions of a WHERE as matchers; undefined when one can not be written so. */
function matchersOf(where: string): string | undefined {
	const matchers = where.split(/\s+and\s+|\s*&&\s*|\s*,\s*/i).map((condition) => {
		const found =
			/^\s*([a-z_]\w*)\s*(==?|!=|<>)\s*(?:"([^"]*)"|'([^']*)'|([\w./-]+))\s*;?\s*$/i.exec(
				condition
			);
		if (!found) return undefined;
		const [, label = '', sign = '', a, b, c = ''] = found;
		return `${label}${sign.startsWith('=') ? '=' : '!='}${quote(a ?? b ?? c)}`;
	});
	return matchers.includes(undefined) ? undefined : matchers.join(', ');
}

/** Words of other query languages, by what is written here. */
const WORDS: Readonly<Record<string, Advice>> = {
	having: {
		say: 'A condition on values is a comparison after the expression',
		instead: 'sum by (job) (up) > 5'
	},
	order: { say: 'Results are put in order by a function', instead: 'sort_desc(up)' },
	limit: { say: 'The series with the greatest values are', instead: 'topk(5, up)' },
	as: {
		say: 'Expressions have no other names; a label is renamed by label_replace()',
		instead: 'label_replace(up, "host", "$1", "instance", "(.*):.*")'
	},
	is: {
		say: 'Values are compared with == and !=, and what is missing is found by absent()',
		instead: 'absent(up)'
	},
	equals: { say: 'Values are compared with ==', instead: 'up == 1' },
	then: {
		say: 'There is no if: a comparison keeps the series for which it holds',
		instead: 'up == 0'
	},
	if: {
		say: 'There is no if: a comparison keeps the series for which it holds',
		instead: 'up == 0'
	},
	else: {
		say: 'There is no else: what stands in for missing series follows after or',
		instead: 'up or vector(0)'
	},
	between: {
		say: 'Two comparisons one after the other keep what is between',
		instead: 'x >= 1 <= 5'
	},
	like: {
		say: 'Labels are compared with regular expressions in braces',
		instead: 'up{instance=~"shop.*"}'
	},
	in: {
		say: 'One of several values is a regular expression in braces',
		instead: 'up{job=~"shop|web"}'
	},
	contains: {
		say: 'Labels are compared with regular expressions in braces',
		instead: 'up{instance=~".*shop.*"}'
	},
	union: { say: 'Series of two expressions are put together by or', instead: 'a or b' },
	join: { say: 'Two sides are matched by labels', instead: 'a * on (instance) b' },
	from: { say: 'A query starts with the name of a metric', instead: 'up' },
	mod: { say: 'The remainder of a division is %', instead: 'x % 60' },
	div: { say: 'Division is /', instead: 'a / b' },
	per: { say: 'Per second is what rate() gives', instead: 'rate(x[5m])' }
};

function word(mistake: Mistake): Advice | undefined {
	const { bare, from, message } = mistake;
	if (!/^unexpected /.test(message) || / in (?:label|grouping|offset|@|subquery)/.test(message))
		return undefined;
	const [at = ''] = /^[a-z]+/i.exec(rest(mistake)) ?? [];
	const [, before = ''] = /(?:^|[^\w:])([a-z]+)\s*$/i.exec(bare.slice(0, from)) ?? [];
	if (/^where$/i.test(at)) return where(mistake);
	if (/^distinct$/i.test(at) || /^distinct$/i.test(before)) return distinct(mistake);
	if (/^not$/i.test(before)) return andNot(mistake) ?? negation(`not ${rest(mistake)}`);
	const found = [at, before]
		.map((one) => one.toLowerCase())
		.find((one) => Object.hasOwn(WORDS, one));
	return found === undefined ? undefined : WORDS[found];
}

/** `a and not b`. */
function andNot({ bare, from }: Mistake): Advice | undefined {
	const found = /\band\s+not\s*$/i.exec(bare.slice(0, from));
	return (
		(found && {
			say: 'and not is written unless',
			edits: [put(found.index, from, 'unless ')],
			instead: 'a unless b'
		}) ??
		undefined
	);
}

function distinct(mistake: Mistake): Advice {
	const [, label] = /^[\s(]*([a-z_]\w*)/i.exec(rest(mistake).replace(/^distinct\b/i, '')) ?? [];
	return countDistinct(label ?? 'instance');
}

/** `up where status="500"`. */
function where({ query, bare, from }: Mistake): Advice {
	const say = 'Conditions on labels stand in braces after the name of the metric';
	const operand = operandBefore(bare, from);
	const matchers = matchersOf(query.slice(from + 'where'.length));
	if (!operand || matchers === undefined) return { say, instead: 'up{job="shop"}' };
	const selector = query.slice(operand.from, operand.to);
	const written = selector.endsWith('}')
		? `${selector.slice(0, -1)}, ${matchers}}`
		: `${selector}{${matchers}}`;
	return { say, edits: [put(operand.from, query.length, written)], instead: written };
}
