import { compareText } from '#engine/model';
import { htmlSafeText, jsonArray } from './json-text.ts';

/** Data that is written as Go writes its maps. */
export type JsonData =
	string | number | bigint | boolean | null | readonly JsonData[] | JsonMap | JsonFields;

export interface JsonMap {
	readonly [name: string]: JsonData;
}

/** Fields in the order in which they are written, as those of a Go struct. */
export type JsonFields = ReadonlyMap<string, JsonData>;

/**
 * Writes data; the names of a map in the order of the alphabet, the fields of a struct as they come. Texts are made safe for
 * HTML unless another way to write them is given.
 */
export function jsonData(data: JsonData, text: (text: string) => string = htmlSafeText): string {
	if (typeof data === 'string') return text(data);
	if (typeof data === 'number') return number(data);
	if (typeof data !== 'object' || data === null) return String(data);
	if (isList(data)) return jsonArray(data.map((item) => jsonData(item, text)));
	const entries =
		data instanceof Map
			? [...(data as JsonFields)]
			: Object.entries(data as JsonMap).sort(([a], [b]) => compareText(a, b));
	const written = entries.map(([name, value]) => `${text(name)}:${jsonData(value, text)}`);
	return `{${written.join(',')}}`;
}

/** Fields in the order given. */
export function fields(record: JsonMap): JsonFields {
	return new Map(Object.entries(record));
}

/** A number as Go writes it: exponents have at least two digits (jsoniter, WriteFloat64). */
export function number(value: number): string {
	return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

function isList(data: JsonData): data is readonly JsonData[] {
	return Array.isArray(data);
}
