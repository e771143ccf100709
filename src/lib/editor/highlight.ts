import { nextYamlToken } from './yaml-token.ts';

/** What learners write programs in. */
export type CodeLanguage = 'typescript' | 'python';

/** What can be shown and edited. */
export type TextLanguage = CodeLanguage | 'yaml';

/** What a piece of code is, as far as it matters to a reader's eye. */
export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'plain';

export interface Token {
	readonly kind: TokenKind;
	readonly text: string;
}

/** What a line leaves open for the next one: a block comment or a string over several lines, by its closing mark. */
export type OpenToken = { readonly kind: 'comment' | 'string'; readonly close: string } | undefined;

interface Grammar {
	readonly lineComment: string;
	/** Opening mark to closing mark, of what may go over several lines; longer marks first. */
	readonly multiline: readonly (readonly [
		open: string,
		close: string,
		kind: 'comment' | 'string'
	])[];
	readonly keywords: ReadonlySet<string>;
}

const GRAMMARS: Readonly<Record<CodeLanguage, Grammar>> = {
	typescript: {
		lineComment: '//',
		multiline: [
			['/*', '*/', 'comment'],
			['`', '`', 'string']
		],
		keywords: words(
			'abstract as async await break case catch class const continue debugger default delete do else enum export ' +
				'extends false finally for from function if implements import in instanceof interface let new null of ' +
				'private protected public readonly return static super switch this throw true try type typeof undefined ' +
				'var void while with yield'
		)
	},
	python: {
		lineComment: '#',
		multiline: [
			['"""', '"""', 'string'],
			["'''", "'''", 'string']
		],
		keywords: words(
			'False None True and as assert async await break class continue def del elif else except finally for from ' +
				'global if import in is lambda nonlocal not or pass raise return try while with yield'
		)
	}
};

function words(text: string): ReadonlySet<string> {
	return new Set(text.split(' '));
}

const STRING = /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/;
const WORD = /^[A-Za-z_$][\w$]*/;
const NUMBER = /^\d[\w.]*/;
const REST = /^(?:\s+|.)/u;

/** The tokens of a text, line by line: what a listing shows before, and without, an editor. */
export function highlight(text: string, language: TextLanguage): readonly (readonly Token[])[] {
	let open: OpenToken;
	return text.split('\n').map((line) => {
		const tokens: Token[] = [];
		for (let at = 0; at < line.length;) {
			const next = nextToken(line.slice(at), open, language);
			open = next.open;
			at += next.token.text.length;
			push(tokens, next.token);
		}
		return tokens;
	});
}

/** The token at the head of the rest of a line, and what it leaves open. `rest` is not empty. */
export function nextToken(
	rest: string,
	open: OpenToken,
	language: TextLanguage
): { readonly token: Token; readonly open: OpenToken } {
	if (language === 'yaml') return { token: nextYamlToken(rest), open: undefined };
	if (open) return continued(rest, 0, open);
	const { lineComment, multiline, keywords } = GRAMMARS[language];
	if (rest.startsWith(lineComment)) return plain('comment', rest);
	const found = multiline.find(([mark]) => rest.startsWith(mark));
	if (found) return continued(rest, found[0].length, { kind: found[2], close: found[1] });
	const string = STRING.exec(rest);
	if (string) return plain('string', string[0]);
	const word = WORD.exec(rest)?.[0];
	if (word) return plain(keywords.has(word) ? 'keyword' : 'plain', word);
	const number = NUMBER.exec(rest)?.[0];
	if (number) return plain('number', number);
	return plain('plain', REST.exec(rest)?.[0] ?? rest);
}

function plain(kind: TokenKind, text: string) {
	return { token: { kind, text }, open: undefined };
}

/** A token over several lines, from its beginning or from where the line before left it. */
function continued(rest: string, from: number, open: NonNullable<OpenToken>) {
	const end = rest.indexOf(open.close, from);
	return end < 0
		? { token: { kind: open.kind, text: rest }, open }
		: plain(open.kind, rest.slice(0, end + open.close.length));
}

/** Neighbours of one kind become one token, which keeps listings small. */
function push(tokens: Token[], token: Token): void {
	const last = tokens.at(-1);
	if (last?.kind === token.kind)
		tokens[tokens.length - 1] = { ...last, text: last.text + token.text };
	else tokens.push(token);
}
