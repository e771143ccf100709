import { METRIC_NAME, labelPairs, labelValue, type Labels } from '#engine/model';
import type { Bounded } from './detail.ts';

/** How well a series fits the focus: how many labels agree, or -1 when one contradicts it. The metric name does not count. */
function agreement(labels: Labels, focus: Labels): number {
	let agreeing = 0;
	for (const [name, value] of labelPairs(focus)) {
		if (name === METRIC_NAME) continue;
		const own = labelValue(labels, name);
		if (own === value) agreeing++;
		else if (own !== '') return -1;
	}
	return agreeing;
}

/** Whether a series does not contradict the focus in any label. */
export function fitsFocus(labels: Labels, focus: Labels): boolean {
	return agreement(labels, focus) >= 0;
}

/** The item that agrees best with the focus, the first one of several, or undefined when there is none at all. */
export function closest<Item extends { readonly labels: Labels }>(
	items: Iterable<Item>,
	focus: Labels
): Item | undefined {
	let best: Item | undefined;
	let most = -Infinity;
	for (const item of items) {
		const agreeing = agreement(item.labels, focus);
		if (agreeing > most) {
			best = item;
			most = agreeing;
		}
	}
	return best;
}

/** The first items of a list, with the ones that fit the focus in front when the list has to be cut. */
export function bounded<Item extends { readonly labels: Labels }>(
	items: readonly Item[],
	limit: number,
	focus: Labels
): Bounded<Item> {
	const total = items.length;
	if (total <= limit) return { items, total };
	const fitting = items.filter(({ labels }) => fitsFocus(labels, focus));
	const others = items.filter(({ labels }) => !fitsFocus(labels, focus));
	return { items: [...fitting, ...others].slice(0, limit), total };
}
