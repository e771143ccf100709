import { matcherTest, METRIC_NAME, type Matcher, type MatchType } from '#engine/model';
import type { VectorSelector } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { messages } from './messages.ts';
import { unquote } from './strings.ts';

const CONTEXT = 'label matching';

/** `{…}`; the cursor stands on the brace. */
export function parseUnnamedSelector(cursor: Cursor): VectorSelector {
	return parseBraces(cursor, cursor.start(), '');
}

/** What may follow a metric name that has been passed over, which spans `from` to `to`: the braces, or nothing. */
export function parseNamedSelector(
	cursor: Cursor,
	name: string,
	from: number,
	to: number
): VectorSelector {
	return cursor.peek() === '{' ? parseBraces(cursor, from, name) : selector(from, to, name, []);
}

function parseBraces(cursor: Cursor, from: number, name: string): VectorSelector {
	cursor.take();
	const matchers: Matcher[] = [];
	let quotedName = '';
	if (cursor.peek() !== '}') {
		do {
			const matcher = parseMatcher(cursor);
			if (typeof matcher !== 'string') {
				matchers.push(matcher);
			} else {
				quotedName ||= matcher;
				matchers.push({ name: METRIC_NAME, type: '=', value: matcher });
			}
			if (!isAfterMatcher(cursor)) cursor.unexpected(CONTEXT, '"," or "}"');
		} while (cursor.accept(',') && cursor.peek() !== '}');
	}
	const to = cursor.take();
	if (name === '' && quotedName !== '') {
		return { ...selector(from, to, '', matchers), name: quotedName, nameInBraces: true };
	}
	return selector(from, to, name, matchers);
}

function isAfterMatcher(cursor: Cursor): boolean {
	const kind = cursor.peek();
	return kind === ',' || kind === '}';
}

function selector(from: number, to: number, name: string, written: Matcher[]): VectorSelector {
	if (name !== '') written.push({ name: METRIC_NAME, type: '=', value: name });
	return { kind: 'selector', span: { from, to }, name, matchers: written, offset: 0 };
}

/** A condition, or the metric name that a string alone stands for. */
function parseMatcher(cursor: Cursor): Matcher | string {
	const kind = cursor.peek();
	if (kind !== 'identifier' && kind !== 'string') {
		return cursor.unexpected(CONTEXT, 'identifier or "}"');
	}
	const from = cursor.start();
	const name = kind === 'string' ? unquote(cursor.text()) : cursor.text();
	cursor.take();
	const operator = matchType(cursor);
	if (operator === undefined) {
		return kind === 'string' ? name : cursor.unexpected(CONTEXT, 'label matching operator');
	}
	cursor.take();
	if (cursor.peek() !== 'string') cursor.unexpected(CONTEXT, 'string');
	const value = unquote(cursor.text());
	const matcher: Matcher = { name, type: operator, value };
	checkRegex(cursor, matcher, from, cursor.take());
	return matcher;
}

function matchType(cursor: Cursor): MatchType | undefined {
	const kind = cursor.peek();
	return kind === '=' || kind === '!=' || kind === '=~' || kind === '!~' ? kind : undefined;
}

/**
 * Expressions of literals, dots, alternatives and single quantifiers, which need no compiling to be known as valid.
 * Nearly all are; compiling costs more than the rest of the parse together.
 */
const PLAIN_REGEX = /^(?:(?:[\w \-/:,;=<>@!%&~"'#]|\\?\.)[*+?]?|\|)*$/;

/** Of all expressions in a query that have to be compiled: compiling more would take seconds. */
const LONGEST_REGEXES = 100_000;

function checkRegex(cursor: Cursor, matcher: Matcher, from: number, to: number): void {
	if (matcher.type === '=' || matcher.type === '!=' || PLAIN_REGEX.test(matcher.value)) return;
	const span = { from, to };
	const before = cursor.regexLength;
	cursor.regexLength += matcher.value.length;
	if (before > 0 && cursor.regexLength > LONGEST_REGEXES) {
		cursor.fail(messages.regexesTooLong, span);
	}
	try {
		matcherTest(matcher);
	} catch (error) {
		cursor.report((error as Error).message, span);
	}
}
