/** A text without the indentation that it has for standing in a program of ours, and without the breaks around it. */
export function text(indented: string): string {
	const lines = indented.replace(/^\n|\n\s*$/g, '').split('\n');
	const indent = /^\s*/.exec(lines[0] ?? '')![0];
	return lines
		.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
		.join('\n');
}

/** A stretch of a text, which the other client may have otherwise. */
export interface MarkedPiece {
	readonly text: string;
	readonly isMarked: boolean;
}

const MARK = /«([^»]*)»/;

/** The stretches of a text in which « and » stand around what is marked. */
export function markedPieces(marked: string): MarkedPiece[] {
	return marked
		.split(MARK)
		.map((piece, i) => ({ text: piece, isMarked: i % 2 === 1 }))
		.filter(({ text }) => text !== '');
}

/** The text itself. */
export function withoutMarks(marked: string): string {
	return marked.replace(/[«»]/g, '');
}
