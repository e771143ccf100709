import { openBrackets } from './bare-text.ts';
import { put, type Advice, type Mistake, type Rule } from './mistake.ts';

/** Texts of other kinds: addresses, rule files, expositions, dashboards, comments, typographic signs. */
export const foreignText: Rule = (mistake) =>
	address(mistake) ??
	ruleFile(mistake) ??
	sample(mistake) ??
	typography(mistake) ??
	variable(mistake) ??
	template(mistake) ??
	comment(mistake) ??
	semicolon(mistake);

/** The address of a page of Prometheus; the query in it is decoded. */
function address({ query }: Mistake): Advice | undefined {
	if (!/^\s*(?:https?:\/\/|\/(?:graph|query|api)\b)/i.test(query)) return undefined;
	const [, encoded] = /[?&](?:g\d+\.)?(?:expr|query)=([^&#\s]*)/.exec(query) ?? [];
	const text = encoded === undefined ? undefined : decoded(encoded);
	const say = 'This is an address, not a query';
	return text
		? { say: `${say}. The query in it is`, edits: [put(0, query.length, text)], instead: text }
		: { say, instead: 'up' };
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return undefined;
	}
}

const RULE_LINE =
	/^\s*(?:-\s*)?["']?(?:expr|query|promql|record|alert|for|groups|rules|name)["']?\s*:(?:\s|$)/i;
const EXPR_LINE = /^[ \t]*(?:-[ \t]*)?["']?(?:expr|query|promql)["']?[ \t]*:[ \t]*/im;

/** What follows the expression in a rule. */
const NEXT_LINE =
	/\n[ \t]*(?:-[ \t]*)?(?:for|labels|annotations|record|alert|keep_firing_for)[ \t]*:[\s\S]*$/i;

/** A line of a file of rules. */
function ruleFile({ query, message }: Mistake): Advice | undefined {
	if (!RULE_LINE.test(query) || !message.startsWith('unexpected ')) return undefined;
	const say = 'This is a line of a file of rules; the query is what stands there after expr';
	const expr = EXPR_LINE.exec(query);
	if (!expr) return { say };
	const text = query
		.slice(expr.index + expr[0].length)
		.replace(/^[|>][-+]?[ \t]*\n/, '')
		.replace(NEXT_LINE, '')
		.trim()
		.replace(/^(["'])(.*)\1,?$/s, '$2');
	return { say, edits: [put(0, query.length, text)], instead: text };
}

const SAMPLE =
	/^(\s*[a-zA-Z_:][\w:]*(?:\{[^}]*\})?)\s+([-+]?(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?|NaN|Inf))(?:\s+-?\d+)?\s*$/i;

/** A line of /metrics. */
function sample({ query, bare, message }: Mistake): Advice | undefined {
	const found = SAMPLE.exec(bare);
	if (!found || !message.startsWith('unexpected number')) return undefined;
	const [, head = '', value = ''] = found;
	const selector = query.slice(0, head.length).trim();
	return {
		say: 'A selector and a number are a sample, as in /metrics. The query is the selector alone',
		edits: [put(0, query.length, selector)],
		instead: selector,
		more: `To compare write \`${selector} == ${value}\`.`
	};
}

/** Signs that word processors and web pages put in place of those that were typed. */
const TYPOGRAPHIC: readonly (readonly [RegExp, string])[] = [
	[/[“”„‟″«»]/gu, '"'],
	[/[‘’‚‛′´]/gu, "'"],
	[/≥/gu, '>='],
	[/≤/gu, '<='],
	[/≠/gu, '!='],
	[/[×⋅·]/gu, '*'],
	[/÷/gu, '/'],
	[/[−–—‐]/gu, '-'],
	[/\u00a0|\u2007|\u2009|\u202f|\u200b|\ufeff/gu, ' '],
	[/，/gu, ','],
	[/（/gu, '('],
	[/）/gu, ')'],
	[/＝/gu, '=']
];

function typography({ query, bare, from, message }: Mistake): Advice | undefined {
	if (!message.startsWith('unexpected character')) return undefined;
	// After ! and = the character meant is the one after the place.
	const sign = /after '[!=]'/.test(message) ? bare.charAt(from + 1) : bare.charAt(from);
	const found = TYPOGRAPHIC.find(([pattern]) => new RegExp(pattern.source, 'u').test(sign));
	if (!found) return undefined;
	const edits = TYPOGRAPHIC.flatMap(([pattern, plain]) =>
		[...bare.matchAll(pattern)].map(({ 0: text, index }) => put(index, index + text.length, plain))
	);
	const name = /["']/.test(found[1])
		? 'Quotes are straight ones'
		: found[1] === ' '
			? 'There is a special space here; a plain one does'
			: `${sign} is written ${found[1]}`;
	return {
		say: name,
		edits: query.length <= 300 ? edits : undefined,
		instead: found[1] === ' ' ? undefined : found[1]
	};
}

/** `$__rate_interval`, `$job`, `${job}`: what Grafana replaces before it asks. */
function variable({ query, bare, from, message }: Mistake): Advice | undefined {
	if (!message.startsWith('unexpected character') || bare.charAt(from) !== '$') return undefined;
	const [name = '$'] = /^\$(?:\{[^}]{0,60}\}|\w{0,60})/.exec(query.slice(from)) ?? [];
	const say = `${name} is a variable that Grafana fills in before it sends the query`;
	switch (openBrackets(bare, from).at(-1)?.sign) {
		case '[':
			return {
				say: `${say}; write a duration in its place`,
				edits: [put(from, from + name.length, '5m')],
				instead: '[5m]'
			};
		case '{':
			return {
				say: `${say}; write the value in its place, in quotes`,
				instead: `${/(\w+)\s*[=!~]+\s*$/.exec(bare.slice(0, from))?.[1] ?? 'job'}="…"`
			};
		default:
			return { say: `${say}; write what is meant in its place` };
	}
}

/** `{{label}}`. */
function template({ bare, from, message }: Mistake): Advice | undefined {
	if (message !== "unexpected left brace '{'") return undefined;
	const [, label] = /^\{\{\s*[.$]*(?:labels\.)?(\w+)/i.exec(bare.slice(from - 1)) ?? [];
	return {
		say: 'Double braces are for templates, in legends and in the texts of alerts. A query keeps a label with by',
		instead: `sum by (${label ?? 'instance'}) (up)`
	};
}

/** `//` and `--`. */
function comment({ query, bare, from, message }: Mistake): Advice | undefined {
	const found = [...bare.matchAll(/\/\/|(?<=^|\s)--(?=\s|[a-z]|$)|\/\*/gm)].find(
		({ index }) => index <= from
	);
	if (!found || !message.startsWith('unexpected ')) return undefined;
	const { 0: sign, index } = found;
	const [line = ''] = /^[^\r\n]*/.exec(query.slice(index)) ?? [];
	const isNear =
		from <= index + line.length || query.slice(index + line.length, from).trim() === '';
	if (!isNear || openBrackets(bare, index).some((bracket) => bracket.sign === '{'))
		return undefined;
	return {
		say: 'A comment begins with #, and goes to the end of the line',
		...(sign !== '/*' && { edits: [put(index, index + 2, '#')] }),
		instead: '# …'
	};
}

function semicolon({ bare, from, message }: Mistake): Advice | undefined {
	if (!/^unexpected character: ';'/.test(message)) return undefined;
	const isLast = bare.slice(from + 1).trim() === '';
	return {
		say: isLast ? 'A query has no ; at its end' : 'A query is one expression, without ;',
		...(isLast && { edits: [put(from, from + 1, '')] })
	};
}
