import type { Language, PerLanguage } from './lesson.ts';

/** A stretch of a sentence: words, code, or code that is written otherwise in each language. */
export type SentencePart =
	| { readonly kind: 'words'; readonly text: string }
	| { readonly kind: 'code'; readonly text: string }
	| { readonly kind: 'code per language'; readonly text: PerLanguage<string> };

/**
 * Takes a sentence apart in which `backticks` mean code. Two of them with nothing but a bar in between are the same thing in
 * both languages, Python first: `process_request`|`processRequest`. The prose of a lesson.md has the same rule, by
 * remark-languages.js.
 */
export function sentenceParts(sentence: string): SentencePart[] {
	const parts: SentencePart[] = [];
	let done = 0;
	for (const match of sentence.matchAll(/`([^`]*)`(?:\|`([^`]*)`)?/g)) {
		const [whole, python = '', typescript] = match;
		if (match.index > done) parts.push({ kind: 'words', text: sentence.slice(done, match.index) });
		if (typescript === undefined) parts.push({ kind: 'code', text: python });
		else parts.push({ kind: 'code per language', text: { python, typescript } });
		done = match.index + whole.length;
	}
	if (done < sentence.length) parts.push({ kind: 'words', text: sentence.slice(done) });
	return parts;
}

/** The sentence as it is said aloud: without backticks, in one language. */
export function spoken(sentence: string, language: Language): string {
	return sentenceParts(sentence)
		.map((part) => (part.kind === 'code per language' ? part.text[language] : part.text))
		.join('');
}
