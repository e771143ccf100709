import { formatPosition } from '../parse-error.ts';
import { bareText, CLOSING, openBrackets, type Bracket } from './bare-text.ts';
import { isReadable } from './mend.ts';
import { put, type Advice, type Mistake, type Rule } from './mistake.ts';

/** Brackets and quotes that are open, too many, or of the wrong kind. */
export const bracketMistakes: Rule = (mistake) => {
	const { message } = mistake;
	if (/^unterminated (?:quoted|raw) string$/.test(message)) return openQuote(mistake);
	if (/^unknown escape sequence/.test(message)) return backslash(mistake);
	if (/^unexpected right (?:parenthesis|bracket)/.test(message)) return tooMany(mistake);
	if (/^unclosed |^unexpected end of input/.test(message)) return unclosed(mistake);
	return otherKind(mistake);
};

function unclosed({ query, bare, message }: Mistake): Advice | undefined {
	const open = openBrackets(bare);
	if (open.length === 0 || / in (?:grouping|offset|@)/.test(message)) return undefined;
	const end = bare.trimEnd().length;
	const closing = open
		.map(({ sign }) => CLOSING[sign])
		.reverse()
		.join('');
	return { say: whichAreOpen(query, bare, open), edits: [put(end, query.length, closing)] };
}

const MOST_NAMED = 3;

function whichAreOpen(query: string, bare: string, open: readonly Bracket[]): string {
	const named = open.slice(-MOST_NAMED).map((bracket) => nameOf(query, bare, bracket));
	return `${named.join(' and ')} ${named.length > 1 ? 'are' : 'is'} not closed`.replace(/^t/, 'T');
}

/** `the ( of sum at 1:4`. */
function nameOf(query: string, bare: string, { sign, at }: Bracket): string {
	const [name] = sign === '(' ? (/[a-zA-Z_]\w*(?=\s*$)/.exec(bare.slice(0, at)) ?? []) : [];
	return `the ${sign}${name ? ` of ${name}` : ''} at ${formatPosition(query, at)}`;
}

function tooMany({ query, bare, from, message }: Mistake): Advice | undefined {
	const at = message.includes('parenthesis') ? from - 1 : from;
	const sign = bare.charAt(at);
	const opening = sign === ')' ? '(' : '[';
	return {
		say: `The ${sign} at ${formatPosition(query, at)} is one too many, or a ${opening} is missing before it`,
		edits: [put(at, at + 1, '')]
	};
}

/** `rate(x[5m)`: a bracket is closed by that of another. */
function otherKind({ query, bare, from }: Mistake): Advice | undefined {
	const open = openBrackets(bare, from).at(-1);
	const sign = bare.charAt(from);
	if (!open || !')]}'.includes(sign) || sign === '' || sign === CLOSING[open.sign])
		return undefined;
	const closing = CLOSING[open.sign];
	const isSwapped = !openBrackets(bare, from).some((bracket) => CLOSING[bracket.sign] === sign);
	return {
		say: `The ${open.sign} at ${formatPosition(query, open.at)} is closed by ${closing}, not by ${sign}`,
		edits: [put(from, from + (isSwapped ? 1 : 0), closing)]
	};
}

/** The quote is closed where the query can be read then: before the end of the braces, or at the end. */
function openQuote({ query, from }: Mistake): Advice {
	const quote = query.charAt(from);
	const say = `The quote ${quote} at ${formatPosition(query, from)} is not closed`.replace(
		' `',
		''
	);
	const [inside = ''] = /^[^\r\n]*/.exec(query.slice(from + 1)) ?? [];
	const ends = [...inside.matchAll(/["'“”’]?(?=\s*[},)\]])|["'“”’]?\s*$/g)].map(
		({ 0: text, index }) => put(from + 1 + index, from + 1 + index + text.length, quote)
	);
	const edit = ends.slice(0, 20).find(({ span }) => {
		const head = query.slice(0, span.from) + quote;
		const text = head + query.slice(span.to);
		return isReadable(text) || isReadable(text + closingOf(text));
	});
	const last = edit ?? ends.at(-1);
	return last ? { say, edits: [last] } : { say };
}

/** `"\\d"`: what a regular expression needs is one backslash, which two stand for. */
function backslash({ query, from }: Mistake): Advice | undefined {
	const [written] = /^(["'])(?:\\.|(?!\1)[^\\])*\1/s.exec(query.slice(from)) ?? [];
	if (written === undefined) return undefined;
	const twice = written.replace(/\\(\\|["'])?/g, (found, next?: string) =>
		next === undefined ? '\\\\' : found
	);
	return {
		say: 'A backslash in quotes is written twice',
		edits: [put(from, from + written.length, twice)],
		instead: twice
	};
}

function closingOf(text: string): string {
	return openBrackets(bareText(text))
		.map(({ sign }) => CLOSING[sign])
		.reverse()
		.join('');
}
