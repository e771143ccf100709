/** Where in a text: half-open, in UTF-16 code units, as JavaScript and the editors count. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/**
 * Something in a person's input that they should know, at a position. Input never throws to the page:
 * it comes back as problems, in words that say what to do next.
 */
export interface Problem {
	readonly message: string;
	readonly severity: 'error' | 'warning' | 'info';
	/** 1-based; absent where the problem has no place in the text. */
	readonly line?: number;
	/** 1-based, in UTF-16 code units. */
	readonly column?: number;
	/** 1-based end, exclusive column; absent for a point. */
	readonly endLine?: number;
	readonly endColumn?: number;
	readonly file?: string;
}
