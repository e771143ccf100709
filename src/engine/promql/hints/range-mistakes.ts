import { DAY, formatDuration, HOUR, MINUTE, SECOND, WEEK } from '#engine/model';
import { parse } from '../parse.ts';
import { functionTable } from '../functions.ts';
import { placesOf } from '../lint/place.ts';
import { callFrom, closingOf, openBrackets, operandBefore } from './bare-text.ts';
import { isReadable } from './mend.ts';
import { put, rest, type Advice, type Mistake, type Rule } from './mistake.ts';

const UNITS: readonly (readonly [RegExp, number])[] = [
	[/^(?:ms|msecs?|millis|milliseconds?)$/i, 1],
	[/^(?:s|secs?|seconds?)$/i, SECOND],
	[/^(?:m|mins?|minutes?)$/i, MINUTE],
	[/^(?:h|hrs?|hours?)$/i, HOUR],
	[/^(?:d|days?)$/i, DAY],
	[/^(?:w|wks?|weeks?)$/i, WEEK],
	[/^(?:mo|months?)$/i, 30 * DAY],
	[/^(?:y|yrs?|years?)$/i, 365 * DAY]
];

/** A duration as people write it, `5 min` or `1.5h`, the way that PromQL does; undefined when it is none. */
export function durationMeant(text: string): string | undefined {
	const plain = text.replace(/["'“”`]|\b(?:last|past|ago|and)\b/gi, ' ').trim();
	if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*)+$/i.test(plain)) return undefined;
	let sum = 0;
	for (const [, count, unit = ''] of plain.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
		const size = UNITS.find(([name]) => name.test(unit))?.[1];
		if (size === undefined) return undefined;
		sum += Number(count) * size;
	}
	return sum > 0 && sum < 1000 * 365 * DAY ? formatDuration(Math.round(sum)) : undefined;
}

const UNITS_SAID = 'A duration is a number and a unit without a space, of ms, s, m, h, d, w and y';

/** What is wrong between square brackets, and after offset. */
export const durationMistakes: Rule = (mistake) => inBrackets(mistake) ?? afterOffset(mistake);

function inBrackets({ query, bare, from }: Mistake): Advice | undefined {
	const bracket = openBrackets(bare, from).at(-1);
	if (bracket?.sign !== '[') return undefined;
	const close = closingOf(bare, bracket.at);
	if (close === undefined) return undefined;
	const content = query.slice(bracket.at + 1, close);
	const [range = '', step] = content.split(':');
	const meant = [range, step].map((part) => (part?.trim() ? durationMeant(part) : part));
	if (meant[0] === undefined || (step !== undefined && meant[1] === undefined)) {
		return isDurationMessage(content) ? undefined : { say: UNITS_SAID, instead: '[5m]' };
	}
	const written = meant.filter((part) => part !== undefined).join(':');
	if (content.trim() === '')
		return { say: 'How far to look back stands in the brackets', instead: '[5m]' };
	return written === content
		? undefined
		: { say: UNITS_SAID, edits: [put(bracket.at + 1, close, written)], instead: `[${written}]` };
}

/** Sums of durations and the like are right about units; what is wrong with them is something else. */
function isDurationMessage(content: string): boolean {
	return /^[-+*/%^()\d\s.a-z_]+$/.test(content) && /\d(?:ms|[smhdwy])\b/.test(content);
}

/** `offset "5m"`, `offset 5 minutes ago`. */
function afterOffset({ query, bare, from, message }: Mistake): Advice | undefined {
	const found =
		/\boffset\s*$/i.exec(bare.slice(0, from)) ?? /\boffset\s+\w+\s*$/i.exec(bare.slice(0, from));
	if (!found) return undefined;
	const start = found.index + 'offset'.length;
	const [written = ''] =
		/^\s*(?:"[^"]*"|'[^']*'|\d+(?:\.\d+)?\s*[a-z]+(?:\s+ago\b)?)/i.exec(query.slice(start)) ?? [];
	const meant = durationMeant(written);
	if (meant !== undefined && meant !== written.trim()) {
		const edit = put(start, start + written.length, ` ${meant}`);
		return { say: UNITS_SAID, edits: [edit], instead: `offset ${meant}` };
	}
	return / in offset, expected/.test(message)
		? { say: 'How far to go back stands after offset, without quotes', instead: 'offset 5m' }
		: undefined;
}

/** A range after an expression that is no selector. */
export const misplacedRange: Rule = ({ query, bare, from, message }) => {
	if (message !== 'ranges only allowed for vector selectors') return undefined;
	const close = closingOf(bare, from);
	const operand = operandBefore(bare, from);
	if (close === undefined || !operand) return undefined;
	const range = query.slice(from, close + 1);
	const text = query.slice(operand.from, operand.to);
	const inside = query.slice(operand.from, operand.to - 1) + range + ')';
	if (text.endsWith(']')) {
		return { say: 'One range is enough', edits: [put(from, close + 1, '')] };
	}
	if (text.endsWith(')') && isReadable(inside)) {
		return {
			say: 'The range stands right after the name of the metric, inside of the parentheses',
			edits: [put(operand.to - 1, close + 1, `${range})`)],
			instead: inside
		};
	}
	const subquery = `${text}[${query.slice(from + 1, close)}:]`;
	const isInCall = takesRange(bare, operand.from);
	return {
		say: 'A range in brackets stands right after the name of a metric; that of an expression is a subquery, with a colon',
		...(isInCall && { edits: [put(close, close, ':')] }),
		instead: isInCall ? subquery : `max_over_time(${subquery})`,
		...(isInCall ? {} : { more: rateInside(query, bare, operand.from, range) })
	};
};

/** `sum(x)[5m]` is often meant as `sum(rate(x[5m]))`. */
function rateInside(query: string, bare: string, from: number, range: string): string | undefined {
	const call = callFrom(bare, from);
	const [arg] = call?.args ?? [];
	if (!call || !arg || call.args.length !== 1) return undefined;
	const selector = query.slice(arg.from, arg.to);
	const written = `${query.slice(from, arg.from)}rate(${selector}${range}))`;
	return isReadable(written)
		? `For what happened in that time, take the rate before the sum: \`${written}\`.`
		: undefined;
}

function takesRange(bare: string, at: number): boolean {
	const around = openBrackets(bare, at).at(-1);
	const [name = ''] = around ? (/\w+(?=\s*$)/.exec(bare.slice(0, around.at)) ?? []) : [];
	return functionTable.get(name)?.args.includes('matrix') ?? false;
}

/** `x offset 5m [5m]`. */
export const rangeAfterModifier: Rule = ({ query, bare, from, message }) => {
	if (!/^no (?:offset|@) modifiers allowed before range$/.test(message)) return undefined;
	const modifier = /\s*(?:\boffset\s*[-+]?\s*\w+|@\s*[-+\w.]+(?:\(\s*\))?)\s*$/i.exec(
		bare.slice(0, from)
	);
	const close = closingOf(bare, from);
	const say = 'The range comes first, then offset and @';
	if (!modifier || close === undefined) return { say, instead: 'x[5m] offset 1h' };
	const range = query.slice(from, close + 1);
	const edits = [put(modifier.index, close + 1, `${range} ${modifier[0].trim()}`)];
	return { say, edits, instead: `${range} ${modifier[0].trim()}` };
};

const MODIFIER =
	/^\s*(offset\s*(?:[-+]\s*)?(?:[\w.]+|\([^()]*\))|@\s*(?:(?:start|end)\s*\(\s*\)|[-+]?[\w.]+))/i;

/** `rate(x[5m]) offset 5m`: the modifier belongs to each selector. */
export const misplacedModifier: Rule = ({ query, bare, from, message }) => {
	const word = /^(offset|@) modifier must be preceded by/.exec(message)?.[1];
	if (!word) return undefined;
	const say = `${word} stands right after a selector and its range, inside of functions`;
	const none = { say, instead: word === '@' ? 'rate(x[5m] @ end())' : 'rate(x[5m] offset 5m)' };
	const end = endBeforeModifier(bare, from);
	const written = end === undefined ? undefined : MODIFIER.exec(bare.slice(end));
	if (end === undefined || !written) return none;
	const places = selectorEnds(query.slice(from, end));
	if (places.length === 0) return none;
	const edits = [
		...places.map((to) => put(from + to, from + to, ` ${(written[1] as string).trim()}`)),
		put(end, end + written[0].length, '')
	];
	return { ...none, edits };
};

/** Where the expression ends that a modifier follows. */
function endBeforeModifier(bare: string, from: number): number | undefined {
	let depth = 0;
	for (let at = from; at < bare.length; at++) {
		if ('([{'.includes(bare.charAt(at))) depth++;
		else if (')]}'.includes(bare.charAt(at))) depth--;
		if (depth < 0) return undefined;
		if (depth === 0 && at > from && /^\s*(?:offset\b|@)/i.test(bare.slice(at + 1))) return at + 1;
	}
	return undefined;
}

/** Where the selectors of an expression end, ranges included; a subquery moves all that is in it. */
function selectorEnds(text: string): number[] {
	const parsed = parse(text);
	if (!parsed.ok) return [];
	const ends: number[] = [];
	for (const { expr, parents } of placesOf(text, parsed.expr)) {
		const isPart = parents.some(({ kind }) => kind === 'matrix' || kind === 'subquery');
		const isSelection = ['selector', 'matrix', 'subquery'].includes(expr.kind);
		if (isSelection && !isPart) ends.push(expr.span.to);
	}
	return ends;
}

/** `up 5m`, `up last 5m`: a duration without brackets. */
export const bareDuration: Rule = (mistake) => {
	const { query, bare, from, message } = mistake;
	if (!/^unexpected (?:duration|identifier "(?:last|past|over|in|for)")/.test(message))
		return undefined;
	const [written = ''] =
		/^(?:(?:last|past|over|in|for|the)\s+)*\d+(?:\.\d+)?\s*[a-z]+\b/i.exec(rest(mistake)) ?? [];
	const meant = durationMeant(written.replace(/^\D+/, ''));
	if (meant === undefined || !operandBefore(bare, from)) return undefined;
	const before = query.slice(0, from).trimEnd().length;
	return {
		say: 'A stretch of time stands in brackets right after the name of the metric',
		edits: [put(before, from + written.length, `[${meant}]`)],
		instead: `x[${meant}]`
	};
};
