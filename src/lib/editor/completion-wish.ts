import type { Completion } from '@codemirror/autocomplete';

/**
 * When a list of completions is wanted, and when Enter means an entry of it. Enter runs a query, so what is finished must not be
 * added to by an entry that nobody chose.
 */

/** What is being written right before the cursor: a name, or what a string has so far. */
function begun(before: string): string {
	const inString = openString(before);
	return inString ?? /[\w:]*$/.exec(before)?.[0] ?? '';
}

/** The contents of a string that is not closed yet; undefined outside of strings. */
function openString(before: string): string | undefined {
	let quote = '';
	let from = 0;
	for (let i = 0; i < before.length; i++) {
		const character = before.charAt(i);
		if (quote === '') {
			if (/["'`]/.test(character)) [quote, from] = [character, i + 1];
		} else if (character === '\\' && quote !== '`') i++;
		else if (character === quote) quote = '';
	}
	return quote === '' ? undefined : before.slice(from);
}

/** Whether something has to follow: an argument, a condition, a value. */
function isOpen(before: string): boolean {
	return openString(before) !== undefined || /[({[,~=]\s*$/.test(before);
}

/** Whether a list may open unasked where the text before the cursor leaves off: not where a query may just be finished. */
export function opensUnasked(before: string): boolean {
	return begun(before) !== '' || isOpen(before);
}

/** Whether Enter takes the entry that is selected when a list opens, rather than running the query as it is written. */
export function isMeant({ label }: Completion, before: string): boolean {
	const word = begun(before);
	if (word === '') return isOpen(before);
	// A number that is no string may be followed by a unit, or be all there is to be.
	const isNumber = openString(before) === undefined && /^\d+$/.test(word);
	return word !== label && !isNumber;
}
