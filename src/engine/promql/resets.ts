/**
 * Finds the rows at which a counter is lower than before: it was reset in between. NaN is neither lower nor higher.
 * Writes them into `rows`, which must have room for all rows of the series, and returns how many they are.
 */
export function findResets(
	values: Float64Array,
	start: number,
	end: number,
	rows: Int32Array
): number {
	let count = 0;
	let row = start + 1;
	// Hardly ever is there one, so four rows at a time are asked at once.
	for (; row + 4 <= end; row += 4) {
		const before = values[row - 1] as number;
		const a = values[row] as number;
		const b = values[row + 1] as number;
		const c = values[row + 2] as number;
		const d = values[row + 3] as number;
		if (!(a < before || b < a || c < b || d < c)) continue;
		if (a < before) rows[count++] = row;
		if (b < a) rows[count++] = row + 1;
		if (c < b) rows[count++] = row + 2;
		if (d < c) rows[count++] = row + 3;
	}
	for (; row < end; row++) {
		if ((values[row] as number) < (values[row - 1] as number)) rows[count++] = row;
	}
	return count;
}
