/** What a request asks with, by name. Of a form that was sent as a body, values stand before those of the address. */
export interface Form {
	/** The first value of the name, or the empty text (net/http, FormValue). */
	first(name: string): string;
	all(name: string): readonly string[];
	/** What is wrong with how it is written; the pairs that can be read are there all the same. */
	readonly problem?: string;
	/** The same without the parts of a multipart form, for the endpoints that do not look at those. */
	readonly withoutParts: Form;
}

/** Names and values of a multipart form. */
export type Parts = readonly (readonly [name: string, value: string])[];

/** Reads the part of an address after its `?`, and the body of a form; its parts come last (net/http, ParseMultipartForm). */
export function readForm(search: string, body = '', parts: Parts = []): Form {
	const values = new Map<string, string[]>();
	const problems = [body, search].flatMap((text) => addPairs(values, text));
	const [problem] = problems;
	for (const [name, value] of parts) values.set(name, [...(values.get(name) ?? []), value]);
	const form: Form = {
		first: (name: string) => values.get(name)?.[0] ?? '',
		all: (name: string) => values.get(name) ?? [],
		...(problem !== undefined && { problem }),
		get withoutParts() {
			return parts.length === 0 ? form : readForm(search, body);
		}
	};
	return form;
}

/** Adds the pairs of one text and tells what is wrong with the others (net/url, parseQuery). */
function addPairs(values: Map<string, string[]>, text: string): string[] {
	const problems: string[] = [];
	for (const pair of text.split('&').filter((one) => one !== '')) {
		if (pair.includes(';')) {
			problems.push('invalid semicolon separator in query');
			continue;
		}
		const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
		const wrong = [name, value].flatMap((part) => wrongEscape(part) ?? [])[0];
		if (wrong !== undefined) {
			problems.push(`invalid URL escape ${JSON.stringify(wrong)}`);
			continue;
		}
		const known = values.get(unescaped(name)) ?? [];
		values.set(unescaped(name), [...known, unescaped(value)]);
	}
	return problems;
}

/** A percent sign that two hexadecimal digits do not follow, with what does. */
function wrongEscape(text: string): string | undefined {
	return /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0];
}

/** Bytes that are not UTF-8 become U+FFFD. */
function unescaped(text: string): string {
	return new URLSearchParams(`_=${text}`).get('_') ?? '';
}
