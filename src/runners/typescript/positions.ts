import type { Problem } from '#engine/model';

/** A problem that is an error, marked from a place to the end of the word that stands there. */
export function problemAt(
	file: string,
	source: string,
	line: number,
	column: number,
	message: string,
	length?: number
): Problem {
	const text = source.split('\n')[line - 1] ?? '';
	// Stripping types moves what follows on the same line: a column beyond the line means its first word.
	if (column > text.length + 1) column = text.length - text.trimStart().length + 1;
	const word = /^[\w$]+/.exec(text.slice(column - 1))?.[0].length ?? 1;
	return {
		message,
		severity: 'error',
		file,
		line,
		column,
		endLine: line,
		endColumn: column + (length ?? word)
	};
}

/** Lines that the `Function` constructor puts before a body, which engines count. */
const FUNCTION_HEADER_LINES = 2;

/**
 * Where in the learner's files an exception was thrown: the topmost stack frame that lies in one of them.
 * Every engine names the frame `file:line:column`, thanks to the sourceURL that each module carries.
 */
export function stackPosition(
	error: unknown,
	files: Iterable<string>
): { readonly file: string; readonly line: number; readonly column: number } | undefined {
	if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined;
	const names = [...files].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	const frame = new RegExp(`learner/(${names.join('|')}):(\\d+):(\\d+)`).exec(error.stack);
	if (!frame) return undefined;
	return {
		file: frame[1] as string,
		line: Number(frame[2]) - FUNCTION_HEADER_LINES,
		column: Number(frame[3])
	};
}

/** An exception as a problem at the place where it was thrown, or without a place when no learner's file is on the stack. */
export function exceptionProblem(
	error: unknown,
	sources: Readonly<Record<string, string>>,
	circumstance: string
): Problem {
	const text = inWords(error);
	const message = `${shorten(text)}${circumstance}`;
	const place = stackPosition(error, Object.keys(sources));
	if (!place) return { message, severity: 'error' };
	return problemAt(place.file, sources[place.file] ?? '', place.line, place.column, message);
}

/** Anything can be thrown, also what cannot be turned into a text. */
function inWords(error: unknown): string {
	try {
		return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	} catch {
		return 'something was thrown that has no text; throw an Error';
	}
}

const LONGEST_MESSAGE = 500;

function shorten(text: string): string {
	return text.length <= LONGEST_MESSAGE
		? text
		: `${text.slice(0, LONGEST_MESSAGE)}… (${text.length.toLocaleString('en')} characters)`;
}
