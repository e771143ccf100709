import { resolveText } from './resolve-scalar.ts';

/** Where a text is written. */
export interface ScalarContext {
	/** Characters that are already on the line. */
	readonly column: number;
	/** Where its further lines begin. */
	readonly indent: number;
	/** A key stays on one line; in a flow list more characters mean something. */
	readonly place: 'key' | 'flow' | 'block';
}

/** Spaces beyond this column may become line breaks. */
const BEST_WIDTH = 80;

/** Texts that mean something else without quotes: base 60 numbers of old (encode.go, isBase60Float). */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/**
 * A text as a YAML scalar: bare where it can be, else in quotes, and as a literal block when it has line breaks
 * (emitterc.go, yaml_emitter_select_scalar_style).
 */
export function scalarText(text: string, context: ScalarContext): string {
	const traits = analyze(text);
	if (text.includes('\n')) {
		const mayBeLiteral = traits.mayBeBlock && context.place === 'block';
		return mayBeLiteral ? literal(text, context) : doubleQuoted(text, context);
	}
	if (resolveText(text).tag !== '!!str' || BASE_60.test(text)) return doubleQuoted(text, context);
	const isFlow = context.place === 'flow';
	if (isFlow ? traits.mayBePlainInFlow : traits.mayBePlain) return plain(text, context);
	return traits.mayBeSingleQuoted ? singleQuoted(text, context) : doubleQuoted(text, context);
}

interface Traits {
	readonly mayBePlain: boolean;
	readonly mayBePlainInFlow: boolean;
	readonly mayBeSingleQuoted: boolean;
	readonly mayBeBlock: boolean;
}

/** What may be done with a text (emitterc.go, yaml_emitter_analyze_scalar). */
function analyze(text: string): Traits {
	const isSpecial = UNPRINTABLE.test(text) || / [\n\x85\u2028\u2029]/.test(text);
	const breaksThenSpace = /[\n\x85\u2028\u2029] /.test(text);
	const isBroken = /[\n\x85\u2028\u2029]/.test(text);
	const isPadded = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text);
	const mayBeBare = !isPadded && !breaksThenSpace && !isSpecial && !isBroken;
	return {
		mayBePlain: mayBeBare && !MEANS_SOMETHING.test(text),
		mayBePlainInFlow:
			mayBeBare && !MEANS_SOMETHING.test(text) && !MEANS_SOMETHING_IN_FLOW.test(text),
		mayBeSingleQuoted: !breaksThenSpace && !isSpecial,
		mayBeBlock: !text.endsWith(' ') && !isSpecial
	};
}

/** Also what lies beyond 16 bits: Go's encoder knows no such characters. */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

const MEANS_SOMETHING = /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[?:-](?:[\s]|$)|:(?:[\s]|$)|\s#/;
const MEANS_SOMETHING_IN_FLOW = /^[?:]|.[,?[\]{}:]/s;

function plain(text: string, context: ScalarContext): string {
	return wrapped([...text], context, (character) => character, {
		isBreakable: (i, characters) => characters[i + 1] !== ' '
	});
}

function singleQuoted(text: string, context: ScalarContext): string {
	const inner = wrapped(
		[...text],
		{ ...context, column: context.column + 1 },
		(character) => (character === "'" ? "''" : character),
		{
			isBreakable: (i, characters) =>
				i > 0 && i < characters.length - 1 && characters[i + 1] !== ' '
		}
	);
	return `'${inner}'`;
}

function doubleQuoted(text: string, context: ScalarContext): string {
	const inner = wrapped([...text], { ...context, column: context.column + 1 }, escaped, {
		isBreakable: (i, characters) => i > 0 && i < characters.length - 1,
		// What begins a line with a space would lose it.
		afterBreak: (next) => (next === ' ' ? '\\' : '')
	});
	return `"${inner}"`;
}

interface Wrapping {
	/** Whether the space there may become a line break. */
	readonly isBreakable: (at: number, characters: readonly string[]) => boolean;
	readonly afterBreak?: (next: string | undefined) => string;
}

/** The characters, with a line break instead of the first space of any beyond the best width. */
function wrapped(
	characters: readonly string[],
	{ column: start, indent, place }: ScalarContext,
	write: (character: string) => string,
	{ isBreakable, afterBreak }: Wrapping
): string {
	let text = '';
	let column = start;
	let isAfterSpace = false;
	for (const [i, character] of characters.entries()) {
		const isLate = character === ' ' && !isAfterSpace && column > BEST_WIDTH;
		if (isLate && place !== 'key' && isBreakable(i, characters)) {
			const lead = `${' '.repeat(indent)}${afterBreak?.(characters[i + 1]) ?? ''}`;
			text += `\n${lead}`;
			column = lead.length;
		} else {
			const written = write(character);
			text += written;
			column += [...written].length;
		}
		isAfterSpace = character === ' ';
	}
	return text;
}

const ESCAPES: Readonly<Record<string, string>> = {
	'\0': '\\0',
	'\x07': '\\a',
	'\b': '\\b',
	'\t': '\\t',
	'\n': '\\n',
	'\v': '\\v',
	'\f': '\\f',
	'\r': '\\r',
	'\x1b': '\\e',
	'"': '\\"',
	'\\': '\\\\',
	'\x85': '\\N',
	'\u2028': '\\L',
	'\u2029': '\\P'
};

function escaped(character: string): string {
	const short = ESCAPES[character];
	if (short !== undefined) return short;
	if (!UNPRINTABLE.test(character)) return character;
	const code = character.codePointAt(0) as number;
	const digits = code <= 0xff ? 2 : code <= 0xffff ? 4 : 8;
	const letter = digits === 2 ? 'x' : digits === 4 ? 'u' : 'U';
	return `\\${letter}${code.toString(16).toUpperCase().padStart(digits, '0')}`;
}

function literal(text: string, { indent }: ScalarContext): string {
	const hint = /^[ \n]/.test(text) ? '2' : '';
	const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
	const lines = text.replace(/\n$/, '').split('\n');
	const pad = ' '.repeat(indent);
	const body = lines.map((line) => (line === '' ? '' : pad + line)).join('\n');
	return `|${hint}${chomp}\n${body}`;
}
