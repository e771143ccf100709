import type { ReferenceEntry, ReferenceFamily } from '#engine/promql';

/** The ids of the entries in which every word of a text occurs: in the name, or in what is said about it. */
export function matchingIds(families: readonly ReferenceFamily[], text: string): Set<string> {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const entries = families.flatMap((family) => family.entries);
	return new Set(entries.filter((entry) => hasAll(entry, words)).map(({ id }) => id));
}

function hasAll(
	{ id, name, doc, about, trap = '' }: ReferenceEntry,
	words: readonly string[]
): boolean {
	const text = `${id} ${name} ${doc} ${about} ${trap}`.toLowerCase();
	return words.every((word) => text.includes(word));
}
