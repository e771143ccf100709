import { compareText, labelPairs, labelValue, type Labels } from '#engine/model';

/** Query parameters: each name once, with its values in order. */
export type Params = readonly (readonly [name: string, values: readonly string[]])[];

/** What the name of a label begins with that stands for a query parameter. */
export const PARAM_PREFIX = '__param_';

/**
 * The URL that is scraped: from the labels that relabelling left, and the configured parameters, of each of which a label sets the
 * first value (scrape/target.go, URL).
 */
export function targetUrl(labels: Labels, params: Params): string {
	const [scheme, address, path] = URL_LABELS.map((name) => labelValue(labels, name)) as Parts;
	const query = queryOf(labels, params);
	return [
		scheme === '' ? '' : `${scheme}:`,
		`//${escape(address, NOT_IN_HOST)}`,
		path === '' || path.startsWith('/') ? '' : '/',
		path === '*' ? path : escape(path, NOT_IN_PATH),
		query === '' ? '' : `?${query}`
	].join('');
}

const URL_LABELS = ['__scheme__', '__address__', '__metrics_path__'];
type Parts = [scheme: string, address: string, path: string];

function queryOf(labels: Labels, params: Params): string {
	const values = new Map(params);
	for (const [label, value] of labelPairs(labels)) {
		if (!label.startsWith(PARAM_PREFIX)) continue;
		const name = label.slice(PARAM_PREFIX.length);
		values.set(name, [value, ...(values.get(name) ?? []).slice(1)]);
	}
	return [...values]
		.sort(([a], [b]) => compareText(a, b))
		.flatMap(([name, all]) => all.map((value) => `${queryEscape(name)}=${queryEscape(value)}`))
		.join('&');
}

/** What Go writes with a percent sign in each part of a URL (net/url, shouldEscape). */
const NOT_IN_HOST = /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/gu;
const NOT_IN_PATH = /[^A-Za-z0-9\-_.~$&+,/:;=@]/gu;
const NOT_IN_QUERY = /[^A-Za-z0-9\-_.~ ]/gu;

function queryEscape(text: string): string {
	return escape(text, NOT_IN_QUERY).replaceAll(' ', '+');
}

function escape(text: string, notAllowed: RegExp): string {
	return text.replace(notAllowed, (character) =>
		Array.from(encoder.encode(character), (byte) => `%${hex(byte)}`).join('')
	);
}

function hex(byte: number): string {
	return byte.toString(16).toUpperCase().padStart(2, '0');
}

const encoder = new TextEncoder();
