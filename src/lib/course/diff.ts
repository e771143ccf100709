/** A line of two texts laid beside each other. */
export interface DiffLine {
	readonly kind: 'same' | 'removed' | 'added';
	readonly text: string;
}

/** Lines that changed together. */
export interface Hunk {
	readonly lines: readonly DiffLine[];
	/** Index of the first line of the hunk in the whole diff. */
	readonly from: number;
}

/** A shortest way from one text to the other, line by line. Removed lines come before the ones that replace them. */
export function diffLines(before: string, after: string): DiffLine[] {
	const [a, b] = [linesOf(before), linesOf(after)];
	const common = commonLengths(a, b);
	const lines: DiffLine[] = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		if (i < a.length && j < b.length && a[i] === b[j]) {
			lines.push({ kind: 'same', text: a[i] as string });
			i++;
			j++;
		} else if (i < a.length && (j === b.length || at(common, i + 1, j) >= at(common, i, j + 1))) {
			lines.push({ kind: 'removed', text: a[i++] as string });
		} else {
			lines.push({ kind: 'added', text: b[j++] as string });
		}
	}
	return lines;
}

/** The changed stretches. Those that only a blank line keeps apart are one. */
export function hunks(lines: readonly DiffLine[]): Hunk[] {
	const found: { from: number; lines: DiffLine[] }[] = [];
	let to = -Infinity;
	lines.forEach((line, i) => {
		if (line.kind === 'same') return;
		const between = lines.slice(Math.max(0, to), i);
		const last = found.at(-1);
		if (last && between.every(({ text }) => text.trim() === '')) last.lines.push(...between, line);
		else found.push({ from: i, lines: [line] });
		to = i + 1;
	});
	return found;
}

function linesOf(text: string): string[] {
	if (text === '') return [];
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === '') lines.pop();
	return lines;
}

/** Length of the longest common subsequence of a from i on and b from j on, for all i and j. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
	const lengths = Array.from({ length: a.length + 1 }, () =>
		new Array<number>(b.length + 1).fill(0)
	);
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			const row = lengths[i] as number[];
			row[j] =
				a[i] === b[j]
					? at(lengths, i + 1, j + 1) + 1
					: Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
		}
	}
	return lengths;
}

function at(lengths: readonly number[][], i: number, j: number): number {
	return lengths[i]?.[j] ?? 0;
}
