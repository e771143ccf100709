import { quote } from '#engine/model';
import { isAggregationOp } from '../aggregators.ts';
import { openBrackets, operandBefore } from './bare-text.ts';
import { put, rest, type Advice, type Mistake, type Rule } from './mistake.ts';

const SAY = 'Labels to group by stand in parentheses';
const LABELS = /^[a-zA-Z_]\w*(?:\s*,\s*[a-zA-Z_]\w*)*/;

/** What is wrong in and around by(…), without(…), on(…) and the like. */
export const groupingMistakes: Rule = (mistake) =>
	/ in grouping opts/.test(mistake.message) || isInGrouping(mistake)
		? (labelsWithoutParentheses(mistake) ?? insideParentheses(mistake))
		: groupingOfNothing(mistake);

function isInGrouping({ bare, from }: Mistake): boolean {
	const around = openBrackets(bare, from).at(-1);
	return (
		around?.sign === '(' &&
		/\b(?:by|without|on|ignoring|group_left|group_right)\s*$/i.test(bare.slice(0, around.at))
	);
}

/** `sum by instance (up)`, `sum(up) by`. */
function labelsWithoutParentheses(mistake: Mistake): Advice | undefined {
	const { query, bare, from, message } = mistake;
	if (!message.endsWith('expected "("')) return undefined;
	const [labels = ''] = LABELS.exec(rest(mistake)) ?? [];
	if (labels !== '') {
		return {
			say: SAY,
			edits: [put(from, from + labels.length, `(${labels})`)],
			instead: `by (${labels})`
		};
	}
	const [word = 'by'] = /\w+\s*$/.exec(bare.slice(0, from)) ?? [];
	const before = query.slice(0, from).trimEnd();
	return {
		say: SAY,
		instead: before.length <= 100 ? `${before} (instance)` : `${word.trim()} (instance)`
	};
}

function insideParentheses(mistake: Mistake): Advice | undefined {
	const { bare, from, message } = mistake;
	const around = openBrackets(bare, from).at(-1);
	if (!around) return undefined;
	const start = Math.max(around.at, bare.lastIndexOf(',', from - 1)) + 1;
	const item = bare.slice(start, from).trim();
	if (bare.charAt(from) === '(' && item !== '') {
		return {
			say: 'The parenthesis of the labels is closed before the expression begins',
			edits: [put(bare.slice(0, from).trimEnd().length, from, ') ')],
			instead: `by (${item}) (…)`
		};
	}
	return strangeLabel(mistake, start) ?? missingComma(mistake, item) ?? noLabel(message);
}

/** `by (foo-bar)`. */
function strangeLabel({ bare, from }: Mistake, start: number): Advice | undefined {
	const [whole, space = '', label = ''] = /^(\s*)([\w.:/-]+)/.exec(bare.slice(start)) ?? [];
	if (whole === undefined || !/[.:/-]/.test(label) || start + whole.length < from) return undefined;
	return {
		say: 'A label name with other characters than letters, digits and _ is quoted',
		edits: [put(start + space.length, start + whole.length, quote(label))],
		instead: `by (${quote(label)})`
	};
}

function missingComma({ bare, from }: Mistake, item: string): Advice | undefined {
	if (!/^\w+$/.test(item) || !/^[a-zA-Z_]/.test(bare.slice(from))) return undefined;
	const at = bare.slice(0, from).trimEnd().length;
	return {
		say: 'Labels are separated by commas',
		edits: [put(at, from, ', ')],
		instead: `${item}, …`
	};
}

function noLabel(message: string): Advice | undefined {
	return / in grouping opts/.test(message)
		? {
				say: 'Here stand names of labels alone, with commas between them',
				instead: 'by (job, instance)'
			}
		: undefined;
}

/** `x by (y)`, `sum(x) group by y`, and a by inside of the parentheses of the aggregation. */
function groupingOfNothing(mistake: Mistake): Advice | undefined {
	const { query, bare, from, message } = mistake;
	if (!/^unexpected (?:<(?:by|without)>|<aggr:group>|identifier "group(?:ed)?")/i.test(message)) {
		return undefined;
	}
	const written =
		/^(?:group(?:ed)?\s+)?(by|without)\s*(?:\(([^()]*)\)|([a-zA-Z_]\w*(?:\s*,\s*[a-zA-Z_]\w*)*))/i.exec(
			rest(mistake)
		);
	const operand = operandBefore(bare, from);
	if (!written || !operand)
		return { say: 'by stands after an aggregation', instead: 'sum by (instance) (up)' };
	const [whole, word = 'by', inside, alone = ''] = written;
	const clause = `${word.toLowerCase()} (${inside ?? alone})`;
	const text = query.slice(operand.from, operand.to);
	const [aggregator = ''] = /^\w+(?=\s*\()/.exec(text) ?? [];
	if (isAggregationOp(aggregator.toLowerCase())) {
		return {
			say: SAY,
			edits: [put(from, from + whole.length, clause)],
			instead: `${text} ${clause}`
		};
	}
	const around = openBrackets(bare, operand.from).at(-1);
	const [outer = ''] = around ? (/\w+(?=\s*$)/.exec(bare.slice(0, around.at)) ?? []) : [];
	if (isAggregationOp(outer.toLowerCase())) {
		return {
			say: `The parenthesis of ${outer} is closed before ${word.toLowerCase()}`,
			edits: [put(operand.to, from, ') ')],
			instead: `${outer}(${text}) ${clause}`
		};
	}
	const instead = `sum ${clause} (${text})`;
	return {
		say: `${word.toLowerCase()} needs an aggregation, which says what becomes of the series of a group`,
		edits: [put(operand.from, from + whole.length, instead)],
		instead
	};
}
