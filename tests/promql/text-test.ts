import { RE2JS } from 're2js';

/** A test of a message; `description` is what it asks for. */
export interface TextTest {
	readonly description: string;
	readonly test: (text: string) => boolean;
}

/** Satisfied by any message of one line (promql/promqltest/test.go, patMatchAny). */
export const ANY_TEXT: TextTest = matching('^.*$');

/** Satisfied by this text alone. */
export function equalTo(wanted: string): TextTest {
	return { description: wanted, test: (text) => text === wanted };
}

/** Satisfied where Go's regular expression is found in the text. Throws when it is none. */
export function matching(pattern: string): TextTest {
	const regex = RE2JS.compile(pattern);
	return { description: `/${pattern}/`, test: (text) => regex.matcher(text).find() };
}
