import { RE2JS } from 're2js';
import { isValidUtf8 } from './utf8.ts';

/**
 * Regular expressions, which are RE2 in Prometheus: re2js with the messages and the leniences of Go's regexp. What throws
 * here throws an Error with the message that Prometheus shows.
 */

/** The expression as a test of whole values, in which `.` matches a newline as well (model/labels, NewFastRegexMatcher). */
export function compileExact(expression: string): (text: string) => boolean {
	const compiled = compile(expression, RE2JS.DOTALL);
	return (text) => compiled.testExact(text);
}

/** An anchored expression with groups, in which `.` also matches a newline, as label_replace takes it. */
export function compileRegex(expression: string): RE2JS {
	// Compiled bare first, so that an error speaks of the text that the person wrote.
	compile(expression, 0);
	return compile(`^(?s:${expression})$`, 0);
}

/**
 * Longer expressions are refused, unless they are only literals: re2js needs more than a second for the worst of them.
 * Prometheus refuses only what compiles to more than 3 million instructions.
 */
const LONGEST = 100_000;

function compile(expression: string, flags: number): RE2JS {
	if (!isValidUtf8(expression)) refuseStrayBytes(expression);
	if (expression.length > LONGEST && !isLiteral(expression)) {
		throw regexError('expression too large', expression);
	}
	try {
		return RE2JS.compile(expression, flags);
	} catch (error) {
		return compileAgain(expression, flags, (error as Error).message);
	}
}

/** Go's groups may share a name, those of re2js may not. */
function compileAgain(expression: string, flags: number, message: string): RE2JS {
	const unnamed = withoutGroupNames(expression);
	if (message.includes('duplicate capture group name') && unnamed !== expression) {
		return compile(unnamed, flags);
	}
	// Flags become part of the expression, which is not what the error should speak of.
	if (flags !== 0) return compile(expression, 0);
	throw new Error(goMessage(expression, message));
}

/** Go always names the offending part, and the whole expression where it is the whole that offends. */
function goMessage(expression: string, message: string): string {
	if (/: (?:expression nests too deeply|expression too large)$/.test(message)) {
		return `${message}: \`${expression}\``;
	}
	return message.endsWith('`') ? message : `${message}: \`\``;
}

function regexError(reason: string, part: string): Error {
	return new Error(`error parsing regexp: ${reason}: \`${part}\``);
}

function isLiteral(expression: string): boolean {
	return !/[\\.+*?()[\]{}^$]/.test(expression);
}

/** Go parses only UTF-8, but does not parse what is literals alone. */
function refuseStrayBytes(expression: string): void {
	if (isLiteral(expression)) return;
	const from = expression.search(/\p{Surrogate}/u);
	throw regexError('invalid UTF-8', expression.slice(from));
}

/** Escapes, literal passages and classes, which are passed over, and the heads of named groups. */
const GROUP_HEAD = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<\w+>/g;

function withoutGroupNames(expression: string): string {
	return expression.replace(GROUP_HEAD, (part) => (part.startsWith('(') ? '(' : part));
}
