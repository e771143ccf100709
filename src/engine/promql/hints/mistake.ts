import type { TextEdit } from '../lint/finding.ts';

/** A query that can not be read or has a wrong type, and where. */
export interface Mistake {
	readonly query: string;
	/** The query with strings and comments blanked (see `bareText`): what stands where, without what only looks like it. */
	readonly bare: string;
	/** In Prometheus' words, without the position. */
	readonly message: string;
	/** UTF-16 offset of the place that the message names. */
	readonly from: number;
}

/** What to do about a mistake. */
export interface Advice {
	/** A sentence without its full stop; what is to be written instead follows it. */
	readonly say: string;
	/** The change that was certainly meant. The query is written out with it if it can be read then. */
	readonly edits?: readonly TextEdit[];
	/** What is written out when the whole query is not. */
	readonly instead?: string;
	/** A further sentence. */
	readonly more?: string;
}

/** Knows one kind of mistake; undefined when this is another. */
export type Rule = (mistake: Mistake) => Advice | undefined;

/** Puts a text in the place of another. */
export function put(from: number, to: number, text: string): TextEdit {
	return { span: { from, to }, text };
}

/** What stands at the place of the mistake, and after it. */
export function rest({ bare, from }: Mistake): string {
	return bare.slice(from);
}
