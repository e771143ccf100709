import { labelsKey, labelValue, parseFloatGo, withoutLabels, type Labels } from '#engine/model';

const BOUND = 'le';

/**
 * Items that differ in `le` alone next to each other and by their numbers, so that 10 comes after 5; else the order stays. Without
 * `le` it is the very list.
 */
export function inBucketOrder<Item extends { readonly labels: Labels }>(
	items: readonly Item[]
): readonly Item[] {
	if (!items.some(({ labels }) => labelValue(labels, BOUND) !== '')) return items;
	const places = new Map<string, number>();
	const placed = items.map((item) => {
		const key = labelsKey(withoutLabels(item.labels, [BOUND]));
		const place = places.get(key) ?? places.size;
		places.set(key, place);
		return { item, place, bound: parseFloatGo(labelValue(item.labels, BOUND)) ?? NaN };
	});
	return placed
		.sort((a, b) => a.place - b.place || compareBounds(a.bound, b.bound))
		.map(({ item }) => item);
}

/** What is no number comes last. */
function compareBounds(a: number, b: number): number {
	if (a === b) return 0;
	if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
	return a < b ? -1 : 1;
}
