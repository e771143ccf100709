import { quote, utf8Length } from '#engine/model';
import { AGGREGATORS } from './aggregators.ts';
import type { AggregationOp } from './ast.ts';

/** Words that aggregate. They are also legal as metric and label names. */
const AGGREGATOR_WORDS = Object.keys(AGGREGATORS) as readonly AggregationOp[];

/** Words that modify what stands beside them. */
const KEYWORDS = [
	'offset',
	'smoothed',
	'anchored',
	'by',
	'without',
	'on',
	'ignoring',
	'group_left',
	'group_right',
	'fill',
	'fill_left',
	'fill_right',
	'bool'
] as const;

/** Words that stand for a property of the query inside `@` and durations, and are functions elsewhere. */
const PREPROCESSORS = ['start', 'end', 'step', 'range', 'max_of', 'min_of'] as const;

const WORD_OPERATORS = ['and', 'or', 'unless', 'atan2'] as const;

const SIGN_OPERATORS = [
	'+',
	'-',
	'*',
	'/',
	'%',
	'^',
	'==',
	'!=',
	'<',
	'<=',
	'>',
	'>=',
	'</',
	'>/',
	'=~',
	'!~',
	'@'
] as const;

type Punctuation = '(' | ')' | '{' | '}' | '[' | ']' | ',' | ':' | '=';

type Word =
	| AggregationOp
	| (typeof KEYWORDS)[number]
	| (typeof PREPROCESSORS)[number]
	| (typeof WORD_OPERATORS)[number];

/**
 * What a token is. A keyword, operator or punctuation mark is its own lower-case text, so that the parser reads like the
 * grammar; the open classes have names. `metric identifier` is an identifier with a colon in it.
 */
export type TokenKind =
	| 'eof'
	| 'error'
	| 'identifier'
	| 'metric identifier'
	| 'number'
	| 'duration'
	| 'string'
	| Punctuation
	| Word
	| (typeof SIGN_OPERATORS)[number];

const aggregators: ReadonlySet<string> = new Set(AGGREGATOR_WORDS);
const keywords: ReadonlySet<string> = new Set(KEYWORDS);
const preprocessors: ReadonlySet<string> = new Set(PREPROCESSORS);
const operators: ReadonlySet<string> = new Set([...SIGN_OPERATORS, ...WORD_OPERATORS]);

/** Reserved words, which are case-insensitive, by their lower-case text. */
const reserved: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
	...[...AGGREGATOR_WORDS, ...KEYWORDS, ...PREPROCESSORS, ...WORD_OPERATORS].map(
		(word) => [word, word] as const
	),
	['inf', 'number'],
	['nan', 'number']
]);

const LONGEST_RESERVED = Math.max(...[...reserved.keys()].map((word) => word.length));

/** The kind of a reserved word in any case; undefined for any other word. */
export function reservedKind(word: string): TokenKind | undefined {
	return word.length > LONGEST_RESERVED ? undefined : reserved.get(word.toLowerCase());
}

/** Whether the token is a word that aggregates where a parenthesis or a grouping follows. */
export function isAggregator(kind: TokenKind): kind is AggregationOp {
	return aggregators.has(kind);
}

/** Whether the token stands for a property of the query, or for the lesser or greater of two durations, inside `@` and durations. */
export function isPreprocessor(kind: TokenKind): kind is (typeof PREPROCESSORS)[number] {
	return preprocessors.has(kind);
}

/** Reserved words that can not be a metric name; the rest can, as it could before they were reserved. */
const NOT_METRIC_NAMES: ReadonlySet<string> = new Set([
	'bool',
	'on',
	'ignoring',
	'group_left',
	'group_right',
	'atan2'
]);

function isWord(kind: TokenKind): boolean {
	return (
		kind === 'identifier' ||
		kind === 'metric identifier' ||
		aggregators.has(kind) ||
		keywords.has(kind) ||
		preprocessors.has(kind) ||
		kind === 'and' ||
		kind === 'or' ||
		kind === 'unless' ||
		kind === 'atan2'
	);
}

/** Whether the token can be a bare metric name (`metric_identifier` in Prometheus' grammar). */
export function isMetricName(kind: TokenKind): boolean {
	return isWord(kind) && !NOT_METRIC_NAMES.has(kind);
}

/** Whether the token can be a bare label in by(), without(), on() and the like (`maybe_label` in Prometheus' grammar). */
export function isGroupingLabel(kind: TokenKind): boolean {
	return isWord(kind) && kind !== 'without';
}

/** Whether the token fills in the missing side of a vector match. */
export function isFill(kind: TokenKind): boolean {
	return kind === 'fill' || kind === 'fill_left' || kind === 'fill_right';
}

/** Whether an expression can begin with the token. */
export function startsExpression(kind: TokenKind): boolean {
	switch (kind) {
		case 'number':
		case 'duration':
		case 'string':
		case '(':
		case '{':
		case '+':
		case '-':
			return true;
		default:
			return isMetricName(kind);
	}
}

/** The token as error messages call it: `identifier "foo"`, `<by>`, `<op:+>`, `<aggr:sum>`, `")"`, `end of input`. */
export function describeToken(kind: TokenKind, text: string): string {
	switch (kind) {
		case 'eof':
			return 'end of input';
		case 'identifier':
		case 'metric identifier':
			return `${kind} ${quote(text)}`;
		case 'number':
		case 'duration':
		case 'string':
			return `${kind} ${quoteShort(text)}`;
	}
	if (keywords.has(kind)) return `<${text}>`;
	if (operators.has(kind)) return `<op:${text}>`;
	if (aggregators.has(kind)) return `<aggr:${text}>`;
	return quoteShort(text);
}

/** Texts of more than ten bytes are cut to ten characters (promql/parser/lex.go, Item.String). */
function quoteShort(text: string): string {
	if (utf8Length(text) <= 10) return quote(text);
	return `${quote([...text].slice(0, 10).join(''))}...`;
}
