import type { RE2JS } from 're2js';

/** The text of each group of a match, the whole first; undefined for a group that took no part. */
export type RegexGroups = readonly (string | undefined)[];

/** The groups of the first match in a text; undefined when there is none. */
export function matchedGroups(regex: RE2JS, text: string): RegexGroups | undefined {
	const matcher = regex.matcher(text);
	if (!matcher.find()) return undefined;
	return Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? undefined);
}

/** A text with references to the groups of a match, ready to be filled in. */
export type RegexTemplate = (groups: RegexGroups) => string;

/** A reference: `$$`, `$name` as long as the name can be, or `${name}`. Any other dollar stands for itself. */
const REFERENCE = /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

/**
 * Compiles a template as Go's regexp.Expand reads it. A group that is not there, or took no part in the match, is the empty
 * text; of several groups with one name the first that took part counts.
 */
export function compileTemplate(template: string, groupNames: readonly string[]): RegexTemplate {
	const texts: string[] = [];
	const references: (readonly number[])[] = [];
	let end = 0;
	for (const found of template.matchAll(REFERENCE)) {
		const [all, dollar, bare, braced] = found;
		texts.push(template.slice(end, found.index) + (dollar ?? ''));
		references.push(dollar ? [] : groupsOf((bare ?? braced) as string, groupNames));
		end = found.index + all.length;
	}
	const rest = template.slice(end);
	if (references.length === 0) return () => rest;
	return (groups) =>
		references.reduce((text, numbers, i) => text + texts[i] + textOf(numbers, groups), '') + rest;
}

/** The numbers of the groups that a reference may mean. Leading zeros make a number a name, and so does a tenth digit. */
function groupsOf(reference: string, groupNames: readonly string[]): readonly number[] {
	if (/^(?:0|[1-9][0-9]{0,8})$/.test(reference)) return [Number(reference)];
	return [...groupNames.keys()].filter((number) => groupNames[number] === reference);
}

function textOf(numbers: readonly number[], groups: RegexGroups): string {
	const number = numbers.find((one) => groups[one] !== undefined);
	return number === undefined ? '' : (groups[number] as string);
}

/** Escapes, literal passages and classes, in which a parenthesis is none; and the heads of groups. */
const PART =
	/\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?\w+:\]|[^\]\\])*\]|\((?:\?(?:P?<(\w+)>)?)?/g;

/** The names of the groups in an expression that compiles. Several may share one, which is Go's own leave. */
export function groupNames(expression: string): string[] {
	const names = [''];
	for (const [part, name] of expression.matchAll(PART)) {
		if (name !== undefined) names.push(name);
		else if (part === '(') names.push('');
	}
	return names;
}
