/** What a request asks with, by name. Of a form that was sent as a body, values stand before those of the address. */
export interface Form {
	/** The first value of the name, or the empty text (net/http, FormValue). */
	first(name: string): string;
	all(name: string): readonly string[];
	/** What is wrong with how it is written; the pairs that can be read are there all the same. */
	readonly problem?: string;
}

/** Reads the part of an address after its `?`, and the body of a form (net/http, ParseForm). */
export function readForm(search: string, body = ''): Form {
	const values = new Map<string, string[]>();
	const problems = [body, search].flatMap((text) => addPairs(values, text));
	const [problem] = problems;
	return {
		first: (name) => values.get(name)?.[0] ?? '',
		all: (name) => values.get(name) ?? [],
		...(problem !== undefined && { problem })
	};
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
