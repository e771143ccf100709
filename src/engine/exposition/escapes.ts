/** A label value, or a help text of OpenMetrics, as it was before it was escaped. What is no escape stays as it is. */
export function unescapeLabelValue(text: string): string {
	return text.includes('\\') ? text.replace(/\\["\\n]/g, unescape) : text;
}

/** A help text of the text format, in which quotes are not escaped. */
export function unescapeHelp(text: string): string {
	return text.includes('\\') ? text.replace(/\\[\\n]/g, unescape) : text;
}

function unescape(escaped: string): string {
	return escaped === '\\n' ? '\n' : escaped.slice(1);
}
