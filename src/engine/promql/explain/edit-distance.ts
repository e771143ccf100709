/** How many letters have to be put in, taken out, changed or swapped with their neighbour to make one text of another. */
function editDistance(a: string, b: string): number {
	let before: number[] = [];
	let above = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = a[i - 1] === b[j - 1] ? 0 : 1;
			let least = Math.min(
				(above[j] as number) + 1,
				(row[j - 1] as number) + 1,
				(above[j - 1] as number) + change
			);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				least = Math.min(least, (before[j - 2] as number) + 1);
			}
			row.push(least);
		}
		before = above;
		above = row;
	}
	return above[b.length] as number;
}

/** Longer texts are compared by their beginnings only. */
const COMPARED_LENGTH = 80;

/** The candidates most like a text, the nearest first; those that contain it count as near. At most `count`. */
export function nearestTexts(text: string, candidates: Iterable<string>, count: number): string[] {
	const wanted = text.slice(0, COMPARED_LENGTH).toLowerCase();
	return [...new Set(candidates)]
		.map((candidate) => ({ candidate, distance: likeness(wanted, candidate) }))
		.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
		.slice(0, count)
		.map(({ candidate }) => candidate);
}

/** Whether two texts are so much alike that one may be the other, mistyped or cut. */
export function isAlike(wanted: string, candidate: string): boolean {
	return likeness(wanted.toLowerCase(), candidate) <= Math.max(1, wanted.length * 0.4);
}

function likeness(wanted: string, candidate: string): number {
	const other = candidate.slice(0, COMPARED_LENGTH).toLowerCase();
	const distance = editDistance(wanted, other);
	const contains = wanted.length > 2 && (other.includes(wanted) || wanted.includes(other));
	return contains ? Math.min(distance, 1 + Math.abs(other.length - wanted.length) / 100) : distance;
}
