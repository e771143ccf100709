/** Where an offset is in a text, for people. */
export interface TextPosition {
	/** 1-based. */
	readonly line: number;
	/** 1-based, in UTF-16 code units. */
	readonly column: number;
}

/** Looks up offsets of one text. An offset behind the end of the text is taken as the end. */
export function createPositions(text: string): (offset: number) => TextPosition {
	const starts = [0];
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
	return (offset) => {
		const inside = Math.max(0, Math.min(offset, text.length));
		const line = lastAtMost(starts, inside);
		return { line: line + 1, column: inside - (starts[line] as number) + 1 };
	};
}

/** The index of the last number that is at most the bound; the first number always is. */
function lastAtMost(ascending: readonly number[], bound: number): number {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((ascending[middle] as number) <= bound) low = middle;
		else high = middle - 1;
	}
	return low;
}
