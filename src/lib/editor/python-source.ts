import type { PlaceInProgram } from './python-help-answers.ts';

/** Which program the text of an editor belongs to. */
export interface PythonSource {
	/** The name of the file that is edited. */
	readonly file: string;
	/** The texts of the program's other files, by name. */
	readonly others: () => Readonly<Record<string, string>>;
}

/** A place as editors count: line and column from 1, in UTF-16 code units. Jedi counts code points. */
export function placeIn(
	{ file, others }: PythonSource,
	text: string,
	line: number,
	column: number
): PlaceInProgram {
	const lineText = text.split('\n')[line - 1] ?? '';
	const points = [...lineText.slice(0, column - 1)].length;
	return { files: { ...others(), [file]: text }, file, line, column: points };
}

/** The column, from 1 and in UTF-16 code units, after so many code points of a line. */
export function columnAfter(lineText: string, points: number): number {
	return 1 + [...lineText].slice(0, points).join('').length;
}
