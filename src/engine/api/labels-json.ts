import { labelsFromPairs, type Labels } from '#engine/model';
import { jsonError } from './json-error.ts';

export type LabelsReading =
	| { readonly ok: true; readonly labels: Labels }
	/** In Go's words. */
	| { readonly ok: false; readonly error: string };

/** Reads an object of names and values, as Go reads a `map[string]string` (encoding/json, Unmarshal). Never throws. */
export function labelsFromJson(text: string): LabelsReading {
	const error = jsonError(text);
	if (error !== undefined) return { ok: false, error };
	const data = JSON.parse(text) as unknown;
	if (data === null) return { ok: true, labels: [] };
	if (typeof data !== 'object' || Array.isArray(data)) return wrongType(data, 'map[string]string');
	const pairs: [string, string][] = [];
	for (const [name, value] of Object.entries(data) as [string, unknown][]) {
		// Of null Go makes the empty text.
		if (typeof value !== 'string' && value !== null) return wrongType(value, 'string');
		pairs.push([name.toWellFormed(), (value ?? '').toWellFormed()]);
	}
	return { ok: true, labels: labelsFromPairs(pairs) };
}

function wrongType(value: unknown, type: string): LabelsReading {
	const kind = KINDS[typeof value] ?? (Array.isArray(value) ? 'array' : 'object');
	return { ok: false, error: `json: cannot unmarshal ${kind} into Go value of type ${type}` };
}

const KINDS: Readonly<Record<string, string>> = {
	string: 'string',
	number: 'number',
	boolean: 'bool'
};
