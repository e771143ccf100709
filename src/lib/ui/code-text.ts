/** A piece of a text in which code stands between backticks. */
export interface TextPiece {
	readonly text: string;
	readonly isCode: boolean;
}

/** Takes such a text apart. */
export function textPieces(text: string): TextPiece[] {
	return text
		.split('`')
		.map((piece, i) => ({ text: piece, isCode: i % 2 === 1 }))
		.filter((piece) => piece.text !== '');
}
