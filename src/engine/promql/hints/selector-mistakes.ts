import { isBareLabelName, quote } from '#engine/model';
import { openBrackets } from './bare-text.ts';
import { put, rest, type Advice, type Mistake, type Rule } from './mistake.ts';

/** Mistakes between braces, the certain ones first. */
export const selectorMistakes: Rule = (mistake) => {
	if (mistake.message === 'unexpected "{"') return bracesTwice(mistake);
	const brace = openBrackets(mistake.bare, mistake.from).at(-1);
	if (brace?.sign !== '{') return undefined;
	const start = Math.max(brace.at, mistake.bare.lastIndexOf(',', mistake.from - 1)) + 1;
	return (
		nextMatcher(mistake) ??
		oneOfSeveral(mistake, start) ??
		comparison(mistake, start) ??
		matcher(mistake, start) ??
		nameAlone(mistake, start) ??
		commaTooMany(mistake)
	);
};

/** `x{a="b"}{c="d"}`. */
function bracesTwice({ bare, from }: Mistake): Advice | undefined {
	const before = bare.slice(0, from).trimEnd().length;
	if (bare.charAt(before - 1) !== '}') return undefined;
	return {
		say: 'All conditions stand in the same braces, with commas between them',
		edits: [put(before - 1, from + 1, ', ')]
	};
}

/** `a="b" and c="d"`: what should be a comma is something else, or nothing. */
function nextMatcher(mistake: Mistake): Advice | undefined {
	const { bare, from } = mistake;
	if (!/["'`]$/.test(bare.slice(0, from).trimEnd())) return undefined;
	const late = quoteClosedLate(mistake);
	if (late) return late;
	const [joint = ''] = /^(?:and\b|&&?|or\b|\|\|?|;|(?=[\w"']))\s*/i.exec(rest(mistake)) ?? [];
	if (/^(?:or\b|\|)/i.test(joint)) return either(mistake, joint.length);
	if (!/^(?:and\b|&|;|[\w"'])/i.test(rest(mistake))) return undefined;
	const before = bare.slice(0, from).trimEnd().length;
	return {
		say: 'Conditions in braces are separated by commas, and all of them have to hold',
		edits: [put(before, from + joint.length, ', ')],
		instead: '{a="b", c="d"}'
	};
}

/** `a="b, c="d"`: the second quote was to open, and has closed. */
function quoteClosedLate({ query, from }: Mistake): Advice | undefined {
	const found = /(["'])([^"',]*),\s*[a-zA-Z_]\w*\s*[=!]~?=?\s*\1$/.exec(query.slice(0, from));
	if (!found) return undefined;
	const [, quotation = '"', value = ''] = found;
	const at = found.index + 1 + value.length;
	return { say: `The quote after ${value} is missing`, edits: [put(at, at, quotation)] };
}

function either({ query, from }: Mistake, jointLength: number): Advice {
	const [before = '', label, first = ''] =
		/(\w+)\s*=\s*("[^"]*"|'[^']*')\s*$/.exec(query.slice(0, from)) ?? [];
	const after = from + jointLength;
	const [second = '', other, last = ''] =
		/^(\w+)\s*=\s*("[^"]*"|'[^']*')/.exec(query.slice(after)) ?? [];
	const values = [first, last].map((value) => escapeRegex(value.slice(1, -1)));
	const written = `${label}=~${quote(values.join('|'))}`;
	const isSame = label !== undefined && label === other;
	return {
		say: 'There is no or between braces: for several values of one label write a regular expression',
		...(isSame && { edits: [put(from - before.length, after + second.length, written)] }),
		instead: isSame ? written : 'status=~"500|503"',
		more: 'For different labels write two selectors with `or` between them.'
	};
}

/** `status in ("500", "503")`. */
function oneOfSeveral({ query }: Mistake, start: number): Advice | undefined {
	const found = /^(\s*)(\w+)\s+(not\s+)?in\s*[([]([^)\]]*)[)\]]/i.exec(query.slice(start));
	if (!found) return undefined;
	const [whole, space = '', label = '', not, list = ''] = found;
	const values = list.split(',').map((value) => value.trim().replace(/^(["'])(.*)\1$/, '$2'));
	const isOne = values.length === 1;
	const value = isOne ? (values[0] as string) : values.map(escapeRegex).join('|');
	const operator = `${not ? '!' : isOne ? '' : '='}${isOne ? '=' : '~'}`;
	const written = `${label}${operator}${quote(value)}`;
	return {
		say: isOne
			? 'One value is compared with =, several with =~ and | between them'
			: 'Several values are a regular expression, with | between them',
		edits: [put(start + space.length, start + whole.length, written)],
		instead: written
	};
}

function escapeRegex(value: string): string {
	return value.replace(/[\\.+*?()[\]{}|^$]/g, '\\$&');
}

/** `status > 400`: labels are texts, which are not greater or less. */
function comparison({ bare }: Mistake, start: number): Advice | undefined {
	const found = /^\s*(\w+)\s*(?:<=|>=|=<|=>|<(?!>)|>)/.exec(bare.slice(start));
	if (!found) return undefined;
	return {
		say: `The label ${found[1]} is a text, which = and != compare, and =~ and !~ with a regular expression`,
		instead: `${found[1]}=~"5.."`,
		more: 'Values of samples are compared outside of the braces.'
	};
}

const OPERATORS: Readonly<Record<string, string>> = {
	'=': '=',
	'==': '=',
	'===': '=',
	':': '=',
	is: '=',
	'!=': '!=',
	'!==': '!=',
	'<>': '!=',
	'=~': '=~',
	'~': '=~',
	'~=': '=~',
	'==~': '=~',
	like: '=~',
	'!~': '!~'
};

const MATCHER =
	/^(\s*)([\w./-]+(?::[\w./-]+)*|"[^"]*"|'[^']*')\s*(={1,3}~?|!==?|!~|<>|~=?|:|like\b|is\b)\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\/[^/,}]+\/|[^\s,}"'`]+["'](?=\s*[,}])|[^\s,}"'`]*)/i;

/** A condition whose name, operator or value is written in another way. */
function matcher({ query }: Mistake, start: number): Advice | undefined {
	const [whole, space = '', name = '', sign = '', value = ''] =
		MATCHER.exec(query.slice(start)) ?? [];
	if (whole === undefined) return undefined;
	const isPattern = /^\/.+\/$/.test(value);
	const operator = isPattern ? '=~' : (OPERATORS[sign.toLowerCase()] ?? '=');
	const label = labelName(name);
	if (value === '') return { say: 'The value is missing', instead: `${label}${operator}"…"` };
	const written = `${label}${operator}${text(isPattern ? value.slice(1, -1) : value)}`;
	const from = start + space.length;
	const to = start + whole.length;
	if (written === whole.slice(space.length).replace(/\s*([=!~]+)\s*/, '$1')) return undefined;
	return {
		say: reason(label !== name, operator !== sign, isPattern),
		edits: [put(from, to, written)],
		instead: `{${written}}`
	};
}

function reason(isStrangeName: boolean, isOtherOperator: boolean, isPattern: boolean): string {
	if (isStrangeName)
		return 'A label name with other characters than letters, digits and _ is quoted';
	if (isPattern) return 'A regular expression is a text in quotes, after =~';
	if (isOtherOperator) return 'In braces labels are compared with =, !=, =~ and !~';
	return 'The value of a label is a text in quotes, even if it is a number';
}

function labelName(written: string): string {
	return /^["']/.test(written) || isBareLabelName(written) ? written : quote(written);
}

function text(value: string): string {
	return /^["'`]/.test(value) ? value : quote(value.replace(/["']$/, ''));
}

/** `{status}`. */
function nameAlone({ bare, message }: Mistake, start: number): Advice | undefined {
	const found = /^\s*([a-zA-Z_]\w*)\s*[},]/.exec(bare.slice(start));
	if (!found || !/expected label matching operator/.test(message)) return undefined;
	return {
		say: `A label needs an operator and a value. All series that have the label ${found[1]} are`,
		instead: `{${found[1]}!=""}`,
		more: `The name of a metric stands before the braces.`
	};
}

function commaTooMany({ query, from }: Mistake): Advice | undefined {
	if (query.charAt(from) !== ',') return undefined;
	return {
		say: 'There is a comma too many',
		edits: [put(from, from + 1, '')]
	};
}
