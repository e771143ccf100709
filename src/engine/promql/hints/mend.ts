import { ALL_FEATURES } from '../features.ts';
import { applyFix } from '../lint/finding.ts';
import { parse } from '../parse.ts';
import type { ParseError } from '../parse-error.ts';
import { bareText } from './bare-text.ts';
import type { Advice, Mistake, Rule } from './mistake.ts';

/** How many mistakes of one query are mended; someone who writes SQL makes several at a time. */
const MOST_MENDED = 8;

/** Longer queries are neither mended nor written out. */
const LONGEST_MENDED = 300;

/** A query with all its mistakes mended, in which each is one that a rule is certain about; undefined when there is another. */
function mended(query: string, first: Advice, rule: Rule): string | undefined {
	let text = query;
	let advice: Advice | undefined = first;
	for (let i = 0; i < MOST_MENDED && advice?.edits; i++) {
		text = applyFix(text, { title: '', edits: advice.edits }).trim();
		if (text.length > LONGEST_MENDED || text.includes('`')) return undefined;
		const parsed = parse(text, ALL_FEATURES);
		if (parsed.ok) return text;
		advice = rule(mistakeIn(text, parsed.errors[0] as ParseError));
	}
	return undefined;
}

export function mistakeIn(query: string, { message, span }: ParseError): Mistake {
	return { query, bare: bareText(query), message, from: span.from };
}

/** Whether a piece of a query can be read, all of it. */
export function isReadable(text: string): boolean {
	return parse(text, ALL_FEATURES).ok;
}

/** The advice as it is shown: what to do, and how it is written, between backticks. */
export function inSentences(advice: Advice, mistake: Mistake, rule: Rule): string {
	const { say, edits, instead, more } = advice;
	const isShort = mistake.query.length <= LONGEST_MENDED;
	const whole = edits && isShort ? mended(mistake.query, advice, rule) : undefined;
	const written = whole ?? (instead && isWritable(instead) ? instead : undefined);
	const first = say.endsWith('?') ? asked(say, written) : told(say, written);
	return more === undefined ? first : `${first} ${more}`;
}

function told(say: string, written: string | undefined): string {
	return written === undefined ? `${say}.` : `${say}: \`${written}\`.`;
}

function asked(say: string, written: string | undefined): string {
	return written === undefined ? say : `${say} Try \`${written}\`.`;
}

function isWritable(text: string): boolean {
	return text.length <= LONGEST_MENDED && !text.includes('`');
}
