import { labels } from '#engine/model';
import type { NamedSeries, SeriesRole } from '$lib/charts/series.ts';

/** A series for tests: a value for each time, `undefined` for a gap. Times are 0, 1, 2, … unless given. */
export function series(
	values: readonly (number | undefined)[],
	options: {
		readonly record?: Readonly<Record<string, string>>;
		readonly times?: readonly number[];
		readonly role?: SeriesRole;
		readonly label?: string;
		readonly name?: string;
	} = {}
): NamedSeries {
	const { record = {}, role = 'measured', label = 'a', name = '' } = options;
	return {
		key: `${role} ${label} ${JSON.stringify(record)}`,
		labels: labels(record),
		label,
		name,
		role,
		times: Float64Array.from(options.times ?? values.keys()),
		values: Float64Array.from(values, (value) => value ?? 0),
		present: Uint8Array.from(values, (value) => Number(value !== undefined))
	};
}
