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
	let previous = -Infinity;
	for (let row = start; row < end; row++) {
		const value = values[row] as number;
		if (value < previous) rows[count++] = row;
		previous = value;
	}
	return count;
}
