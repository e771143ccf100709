import { isBareLabelName } from './labels.ts';
import { quote } from './quote.ts';
import { compileExact } from './regex.ts';

export type MatchType = '=' | '!=' | '=~' | '!~';

/** One condition of a selector. Regular expressions are RE2 and match the whole value. */
export interface Matcher {
	readonly name: string;
	readonly type: MatchType;
	readonly value: string;
}

/** A test of one label value; a label that is not there has the value ''. */
export type ValueTest = (value: string) => boolean;

/** Tests of expressions, so that none is compiled twice between the check of a query and its end. */
const compiledTests = new WeakMap<Matcher, ValueTest>();

/**
 * Compiles a matcher to a test of a value. Throws an Error with RE2's own message when the expression is invalid.
 */
export function matcherTest(matcher: Matcher): ValueTest {
	const { type, value } = matcher;
	if (type === '=') return (text) => text === value;
	if (type === '!=') return (text) => text !== value;
	let test = compiledTests.get(matcher);
	if (!test) {
		const matches = regexTest(value);
		test = type === '=~' ? matches : (text) => !matches(text);
		compiledTests.set(matcher, test);
	}
	return test;
}

/** The values that an expression can match when it is only literals and alternations, such as `GET|POST`; else undefined. */
export function literalAlternatives(expression: string): readonly string[] | undefined {
	return /^[\w \-/:,;=<>@!%&~"'#]*(\|[\w \-/:,;=<>@!%&~"'#]*)*$/u.test(expression)
		? expression.split('|')
		: undefined;
}

/** Tests whole values against an RE2 expression, as `^(?s:expression)$` in Prometheus (model/labels, NewFastRegexMatcher). */
export function regexTest(expression: string): ValueTest {
	const literals = literalAlternatives(expression);
	if (literals) {
		const set = new Set(literals);
		return (text) => set.has(text);
	}
	if (expression === '.*') return () => true;
	if (expression === '.+') return (text) => text !== '';
	return compileExact(expression);
}

/** The matcher as PromQL writes it: `status=~"5.."`, `"odd name"="x"`. */
export function formatMatcher({ name, type, value }: Matcher): string {
	return `${isBareLabelName(name) ? name : quote(name)}${type}${quote(value)}`;
}
