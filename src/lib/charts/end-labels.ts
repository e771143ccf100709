/** A label beside the end of its line, at a height. */
export interface EndLabel {
	readonly key: string;
	readonly y: number;
}

/**
 * Moves labels apart until neighbours are `gap` pixels from each other, within [top, bottom], moving each as little as its
 * neighbours allow and keeping their order. Without room for all the lowest ones give way upwards.
 */
export function spreadLabels(
	labels: readonly EndLabel[],
	gap: number,
	[top, bottom]: readonly [number, number]
): EndLabel[] {
	const spread = labels.toSorted((a, b) => a.y - b.y).map(({ key, y }) => ({ key, y }));
	let floor = top;
	for (const label of spread) {
		label.y = Math.max(label.y, floor);
		floor = label.y + gap;
	}
	let ceiling = bottom;
	for (const label of spread.toReversed()) {
		label.y = Math.min(label.y, ceiling);
		ceiling = label.y - gap;
	}
	return spread;
}
