import { isAggregationOp } from '../aggregators.ts';
import type { Expr } from '../ast.ts';
import { functionTable } from '../functions.ts';
import { referenceOf } from '../function-reference/reference.ts';
import { selectorsIn } from '../lint/place.ts';
import { LONGEST_READ } from './advise.ts';
import { bareText } from './bare-text.ts';

/**
 * What was probably meant by a query that Prometheus reads otherwise than a beginner does, in a sentence or two. Some things are only said
 * when the query gave nothing: a metric may be called `sum`.
 */
export function adviseAllowed(query: string, expr: Expr, isEmpty: boolean): string | undefined {
	if (query.length > LONGEST_READ) return undefined;
	const bare = bareText(query);
	return (
		secondsMeant(bare) ??
		groupMeant(query, expr) ??
		(isEmpty
			? (commentMeant(bare) ?? wordMeant(expr) ?? nameMeant(bare) ?? variableMeant(expr))
			: undefined)
	);
}

/** Someone who writes more than this counts in seconds. */
const FEW = 60;

/** `x[5]` and `x offset 5`. */
function secondsMeant(bare: string): string | undefined {
	const found = /\[\s*(\d+)\s*(?=[\]:])/.exec(bare) ?? /\boffset\s+-?\s*(\d+)(?![\w.])/i.exec(bare);
	const [written = '', count = ''] = found ?? [];
	if (!found || Number(count) >= FEW || Number(count) === 0) return undefined;
	const minutes = written.replace(/\s*\d+$/, (number) => number.replace(count, `${count}m`));
	return `A duration without a unit is in seconds, so ${count} is ${count}s. For ${count} minutes write \`${minutes}${written.startsWith('[') ? ']' : ''}\`.`;
}

/** `group by (x) (y)` is an aggregation of its own. */
function groupMeant(query: string, expr: Expr): string | undefined {
	if (expr.kind !== 'aggregation' || expr.op !== 'group') return undefined;
	const rest = query.trim().replace(/^group/i, '');
	return `group gives 1 for each group. To add up its values write \`sum${rest}\`, to count its series \`count${rest}\`.`;
}

/** `up -- comment` takes the negative of a metric away. */
function commentMeant(bare: string): string | undefined {
	return /--\s*[a-z]/i.test(bare)
		? '-- is read as two minus signs. A comment begins with # and goes to the end of the line.'
		: undefined;
}

const NO_WORDS: ReadonlySet<string> = new Set([
	'select',
	'from',
	'where',
	'not',
	'null',
	'distinct'
]);

/** Words that are read as names of metrics. */
function wordMeant(expr: Expr): string | undefined {
	const names = selectorsIn(expr)
		.filter(({ matchers }) => matchers.length === 1)
		.map(({ name }) => name);
	for (const name of names) {
		const word = name.toLowerCase();
		if (functionTable.has(name) || isAggregationOp(word))
			return called(functionTable.has(name) ? name : word);
		if (word === 'true' || word === 'false') {
			return `${name} is read as the name of a metric. Here true is 1 and false is 0.`;
		}
		if (NO_WORDS.has(word)) {
			return `${name} is read as the name of a metric: PromQL has no such word. A query starts with the name of a metric, such as \`up\`.`;
		}
	}
	return undefined;
}

function called(name: string): string | undefined {
	const entry = referenceOf(name);
	return (
		entry &&
		`${name} is read as the name of a metric. As ${entry.kind === 'function' ? 'a function' : 'an aggregation'} it has parentheses: \`${entry.signature}\`, for example \`${entry.example.query}\`.`
	);
}

/** `http-requests-total` is a difference of three metrics. */
function nameMeant(bare: string): string | undefined {
	const [name] = /(?<![\w:.)}\]-])[a-zA-Z_][\w:]*(?:-[a-zA-Z_][\w:]*)+/.exec(bare) ?? [];
	return (
		name &&
		`- is read as minus. A metric name with - in it stands in quotes, between braces: \`{"${name}"}\`. Most are stored with _ in its place: \`${name.replaceAll('-', '_')}\`.`
	);
}

/** `{job="$job"}` waits for a dashboard. */
function variableMeant(expr: Expr): string | undefined {
	for (const { matchers } of selectorsIn(expr)) {
		for (const { name, value } of matchers) {
			const [variable] = /\$(?:\w+|\{\w+[^}]*\})|\[\[\w+\]\]/.exec(value) ?? [];
			if (variable && !/\$\d/.test(variable)) {
				return `${variable} is a variable that Grafana fills in before it sends the query; here write the value of ${name} in its place.`;
			}
		}
	}
	return undefined;
}
