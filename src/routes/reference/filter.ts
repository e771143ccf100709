import type { ReferenceEntry, ReferenceFamily } from '#engine/promql';
import { badgesOf } from './badges.ts';

/**
 * The entries that every word of a text speaks of, the likeliest first: by name, by another word for it, by family or badge, by what
 * is said about it. For a text without words all of them, in their order.
 */
export function matchingEntries(
	families: readonly ReferenceFamily[],
	text: string
): ReferenceEntry[] {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	return families
		.flatMap((family) =>
			family.entries.map((entry) => ({ entry, rank: rankOf(family, entry, words) }))
		)
		.filter(({ rank }) => rank < Infinity)
		.sort((a, b) => a.rank - b.rank)
		.map(({ entry }) => entry);
}

/** The sum of what each word says; infinite where a word says nothing. */
function rankOf(family: ReferenceFamily, entry: ReferenceEntry, words: readonly string[]): number {
	const names = [entry.name, entry.id].map((name) => name.toLowerCase());
	const badges = badgesOf(entry).map(({ text }) => text);
	const prose = [entry.signature, entry.doc, entry.about, entry.trap ?? ''].join(' ').toLowerCase();
	const marks = [family.title, entry.kind, ...badges].join(' ').toLowerCase();
	const tests: ((word: string) => boolean)[] = [
		(word) => names.includes(word),
		(word) => names.some((name) => name.startsWith(word)),
		(word) => names.some((name) => name.includes(word)),
		(word) => entry.keywords.split(' ').includes(word),
		(word) => beginsAWord(entry.keywords, word),
		(word) => beginsAWord(marks, word),
		(word) => beginsAWord(prose, word)
	];
	return words.reduce((sum, word) => {
		const rank = tests.findIndex((test) => test(word));
		return sum + (rank === -1 ? Infinity : rank);
	}, 0);
}

/** Whether the text has a word that begins so: `if` is in "if" and "iffy", but not in "difference". Signs are found anywhere. */
function beginsAWord(text: string, start: string): boolean {
	for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1)) {
		if (!LETTER.test(text.charAt(at - 1)) || !LETTER.test(start.charAt(0))) return true;
	}
	return false;
}

const LETTER = /[\p{L}\p{N}]/u;
