import type { Span } from '#engine/model';

const HIDDEN = /"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`[^`]*`?|#[^\r\n]*/gs;

/** The query with spaces for comments and for what is inside of quotes; every offset stays the same. */
export function bareText(query: string): string {
	return query.replace(HIDDEN, (hidden) => {
		const quote = hidden.charAt(0);
		if (quote === '#') return ' '.repeat(hidden.length);
		const end = hidden.length > 1 && hidden.endsWith(quote) ? quote : '';
		return quote + ' '.repeat(hidden.length - 1 - end.length) + end;
	});
}

export interface Bracket {
	readonly sign: '(' | '[' | '{';
	readonly at: number;
}

export const CLOSING: Readonly<Record<Bracket['sign'], string>> = { '(': ')', '[': ']', '{': '}' };

/** The brackets that are open at an offset of a bare text, the innermost last. A closing one that fits none is passed over. */
export function openBrackets(bare: string, until = bare.length): Bracket[] {
	const open: Bracket[] = [];
	for (let at = 0; at < until; at++) {
		const sign = bare.charAt(at);
		const top = open.at(-1);
		if (sign === '(' || sign === '[' || sign === '{') open.push({ sign, at });
		else if (top && sign === CLOSING[top.sign]) open.pop();
	}
	return open;
}

/** Where the bracket that opens at `open` is closed; undefined when it is not. */
export function closingOf(bare: string, open: number): number | undefined {
	let depth = 0;
	for (let at = open; at < bare.length; at++) {
		if ('([{'.includes(bare.charAt(at))) depth++;
		else if (')]}'.includes(bare.charAt(at)) && --depth === 0) return at;
	}
	return undefined;
}

/** Where the bracket that closes at `close` is opened; undefined when it is not. */
function openingOf(bare: string, close: number): number | undefined {
	let depth = 0;
	for (let at = close; at >= 0; at--) {
		if (')]}'.includes(bare.charAt(at))) depth++;
		else if ('([{'.includes(bare.charAt(at)) && --depth === 0) return at;
	}
	return undefined;
}

const WORD_BEFORE = /[\w:]*$/;
const NO_NAME = /^(?:and|or|unless|atan2|bool|on|ignoring|group_left|group_right|offset)$/i;

/** The operand that ends before an offset: a selector, a call, or what is in parentheses; undefined when there is none. */
export function operandBefore(bare: string, before: number): Span | undefined {
	const to = bare.slice(0, before).trimEnd().length;
	let from = to;
	for (;;) {
		const end = bare.slice(0, from).trimEnd().length;
		if (')]}'.includes(bare.charAt(end - 1)) && end > 0) {
			const opening = openingOf(bare, end - 1);
			if (opening === undefined) return undefined;
			from = opening;
			continue;
		}
		const [word = ''] = WORD_BEFORE.exec(bare.slice(0, end)) ?? [];
		if (word === '' || NO_NAME.test(word)) break;
		from = end - word.length;
		if (!/^(?:by|without)$/i.test(word)) break;
	}
	return from < to ? { from, to } : undefined;
}

/** A call of a function or an aggregator as it is written. */
export interface WrittenCall {
	readonly name: string;
	readonly span: Span;
	/** Offset of the opening parenthesis. */
	readonly open: number;
	/** Each without the space around it. */
	readonly args: readonly Span[];
}

/** The call whose parenthesis opens at an offset; undefined when it has no name or is not closed. */
export function callAt(bare: string, open: number): WrittenCall | undefined {
	const close = closingOf(bare, open);
	const [head, name = ''] =
		/([a-zA-Z_][\w:]*)(?:\s*\b(?:by|without)\s*\([^()]*\))?\s*$/i.exec(bare.slice(0, open)) ?? [];
	if (close === undefined || head === undefined) return undefined;
	const span = { from: open - head.length, to: close + 1 };
	return { name, span, open, args: argumentsIn(bare, open + 1, close) };
}

/** The call that starts at an offset with its name. */
export function callFrom(bare: string, from: number): WrittenCall | undefined {
	const [head] =
		/^[a-zA-Z_][\w:]*(?:\s*\b(?:by|without)\s*\([^()]*\))?\s*(?=\()/i.exec(bare.slice(from)) ?? [];
	return head === undefined ? undefined : callAt(bare, from + head.length);
}

function argumentsIn(bare: string, from: number, to: number): Span[] {
	const args: Span[] = [];
	let start = from;
	let depth = 0;
	for (let at = from; at <= to; at++) {
		const sign = bare.charAt(at);
		if ('([{'.includes(sign)) depth++;
		else if (')]}'.includes(sign)) depth--;
		if (at < to && !(sign === ',' && depth === 0)) continue;
		args.push(trimmed(bare, start, at));
		start = at + 1;
	}
	return args.filter((arg) => arg.to > arg.from);
}

function trimmed(bare: string, from: number, to: number): Span {
	const text = bare.slice(from, to);
	const start = from + text.length - text.trimStart().length;
	return { from: Math.min(start, to), to: Math.max(from, from + text.trimEnd().length) };
}
