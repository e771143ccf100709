import type { SeriesColumns } from '#engine/model';

/** The series, those that have samples at the same times with one array of them: what reads series plans for each array once. */
export function shareTimes(series: readonly SeriesColumns[]): SeriesColumns[] {
	const known = new Map<string, Float64Array[]>();
	return series.map((one) => {
		const { times, end } = one;
		const key = `${end} ${times[0]} ${times[end - 1]}`;
		const alike = known.get(key) ?? [];
		known.set(key, alike);
		const same = alike.find((other) => isEqual(times, other, end));
		if (same) return { ...one, times: same };
		alike.push(times);
		return one;
	});
}

function isEqual(a: Float64Array, b: Float64Array, end: number): boolean {
	for (let i = 0; i < end; i++) if (a[i] !== b[i]) return false;
	return true;
}
