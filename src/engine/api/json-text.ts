/** A text as Prometheus writes the labels of a result (jsoniter, WriteString). */
export function plainText(text: string): string {
	return quoted(text, /["\\\x00-\x1f]/g, SHORT_ESCAPES);
}

/** A text as Prometheus writes all others, safe to stand inside HTML (jsoniter, WriteStringWithHTMLEscaped). */
export function htmlSafeText(text: string): string {
	return quoted(text, UNSAFE_IN_HTML, SHORT_ESCAPES);
}

/** A text as Go's own encoder writes it, which is the one for a query's string result (encoding/json). */
export function standardText(text: string): string {
	return quoted(text, UNSAFE_IN_HTML, { ...SHORT_ESCAPES, '\b': '\\b', '\f': '\\f' });
}

/** A list of texts that are JSON already. */
export function jsonArray(items: readonly string[]): string {
	return `[${items.join(',')}]`;
}

/** An object out of names and texts that are JSON already. */
export function jsonObject(fields: readonly (readonly [string, string])[]): string {
	return `{${fields.map(([name, value]) => `"${name}":${value}`).join(',')}}`;
}

const UNSAFE_IN_HTML = /["\\\x00-\x1f<>&\u2028\u2029]/g;

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
	'"': '\\"',
	'\\': '\\\\',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t'
};

function quoted(text: string, special: RegExp, short: Readonly<Record<string, string>>): string {
	const escape = (character: string) => short[character] ?? unicodeEscape(character);
	return `"${text.toWellFormed().replace(special, escape)}"`;
}

function unicodeEscape(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
