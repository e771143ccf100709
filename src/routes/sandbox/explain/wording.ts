import { formatHistogram } from '#engine/model';
import type { Bounded, Member } from '#engine/promql';
import { formatNumber } from '$lib/charts/wording.ts';

export function formatMember({ value, histogram }: Member): string {
	return histogram ? formatHistogram(histogram) : formatNumber(value);
}

/** The value, where there is one alone; else how many there are. */
export function formatMembers({ items, total }: Bounded<Member>): string {
	const [only] = items;
	if (total === 0) return 'none';
	return only && total === 1 ? formatMember(only) : `${total} series`;
}

/** How many are not listed, in words; empty when all are. */
export function moreOf({ items, total }: Bounded<unknown>, noun: string): string {
	const hidden = total - items.length;
	return hidden > 0 ? `and ${hidden.toLocaleString('en')} more ${noun}` : '';
}
