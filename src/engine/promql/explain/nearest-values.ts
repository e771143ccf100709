import { parseFloatGo } from '#engine/model';
import { isAlike, nearestTexts } from './edit-distance.ts';

/** The values of a label that are nearest to a wanted one, at most `count`: as numbers where all are, such as bounds, else as texts. */
export function nearestValues(wanted: string, values: Iterable<string>, count: number): string[] {
	const all = [...new Set(values)];
	const number = parseFloatGo(wanted);
	const distances = all.map((value) => Math.abs((parseFloatGo(value) ?? NaN) - (number ?? NaN)));
	if (distances.some(Number.isNaN)) return nearestTexts(wanted, all, count);
	return all
		.map((value, i) => ({ value, distance: distances[i] as number }))
		.sort((a, b) => a.distance - b.distance)
		.slice(0, count)
		.map(({ value }) => value);
}

/** The value that is probably meant by one that there is not, if there is such. */
export function valueMeant(wanted: string, values: Iterable<string>): string | undefined {
	const [nearest] = nearestValues(wanted, values, 1);
	if (nearest === undefined) return undefined;
	const areNumbers = [wanted, nearest].every((text) => parseFloatGo(text) !== undefined);
	return areNumbers || isAlike(wanted, nearest) ? nearest : undefined;
}
