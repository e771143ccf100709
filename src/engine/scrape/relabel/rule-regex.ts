import {
	compileRegex,
	groupNames,
	literalAlternatives,
	matchedGroups,
	type RegexGroups
} from '#engine/model';

/** The expression of a rule. It has to match a text as a whole, and `.` matches a newline as well (model/relabel, NewRegexp). */
export interface RuleRegex {
	readonly test: (text: string) => boolean;
	/** Undefined when the expression does not match. */
	readonly match: (text: string) => RegexGroups | undefined;
	/** The name of each group, the whole match first; empty for one without a name. */
	readonly groupNames: readonly string[];
}

/**
 * What is wrong with an expression, in Prometheus' words; undefined when nothing is.
 *
 * Prometheus compiles `^(?s:expression)$` alone, so its messages show that text; and it takes an expression whose parentheses close
 * its own, such as `a)|(b`, for something that nobody meant. Here those are refused.
 */
export function regexError(expression: string): string | undefined {
	const message = compileError(expression);
	return message === undefined ? undefined : (anchoredError(expression) ?? message);
}

/** What is wrong with the expression once it is anchored as Prometheus does it. */
function anchoredError(expression: string): string | undefined {
	const anchored = `^(?s:${expression})$`;
	const message = compileError(anchored);
	// `compileRegex` anchors once more. What fails only then is nothing that Prometheus sees.
	return message?.includes(`^(?s:${anchored})$`) ? undefined : message;
}

function compileError(expression: string): string | undefined {
	try {
		compileRegex(expression);
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

/** Compiles an expression. Throws an Error when it is invalid: `regexError` says so beforehand. */
export function compileRuleRegex(expression: string): RuleRegex {
	return frequentRegex(expression) ?? literalRegex(expression) ?? anyRegex(expression);
}

/** Those that most rules have, without the machinery. */
function frequentRegex(expression: string): RuleRegex | undefined {
	const inGroup = expression.startsWith('(');
	if (expression === '.*' || expression === '(.*)') return wholeText(() => true, inGroup);
	if (expression === '.+' || expression === '(.+)')
		return wholeText((text) => text !== '', inGroup);
	return undefined;
}

function literalRegex(expression: string): RuleRegex | undefined {
	const literals = literalAlternatives(expression);
	if (!literals) return undefined;
	const set = new Set(literals);
	return wholeText((text) => set.has(text), false);
}

/** An expression that is known to match the texts that pass a test, with all of the text in its only group or with no group. */
function wholeText(test: (text: string) => boolean, inGroup: boolean): RuleRegex {
	return {
		test,
		match: (text) => (test(text) ? (inGroup ? [text, text] : [text]) : undefined),
		groupNames: inGroup ? ['', ''] : ['']
	};
}

function anyRegex(expression: string): RuleRegex {
	const regex = compileRegex(expression);
	return {
		test: (text) => regex.test(text),
		match: (text) => matchedGroups(regex, text),
		groupNames: groupNames(expression)
	};
}
