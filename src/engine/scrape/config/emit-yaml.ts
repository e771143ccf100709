import { scalarText, type ScalarContext } from './emit-scalar.ts';

/**
 * Writes YAML byte for byte as Go's encoder does: two spaces, lists as far left as their key, long texts broken behind column 80
 * (go.yaml.in/yaml/v2, encode.go and emitterc.go). A list that is `flow` stands on one line.
 */
export type YamlValue =
	| string
	/** Whole. */
	| number
	| boolean
	/** Written as it is: a number that JavaScript would write otherwise. */
	| { readonly bare: string }
	| YamlMapping
	| { readonly list: readonly YamlValue[] }
	| { readonly flow: readonly string[] };

export interface YamlMapping {
	readonly mapping: readonly (readonly [key: string, value: YamlValue])[];
}

/** The mapping as a document. */
export function emitYaml(root: YamlMapping): string {
	if (root.mapping.length === 0) return '{}\n';
	const out: Output = { text: '', column: 0 };
	emitMapping(out, root, 0);
	return `${out.text}\n`;
}

interface Output {
	text: string;
	/** Characters since the last line break. */
	column: number;
}

function put(out: Output, text: string): void {
	out.text += text;
	const lineEnd = text.lastIndexOf('\n');
	out.column = [...text.slice(lineEnd + 1)].length + (lineEnd < 0 ? out.column : 0);
}

function startLine(out: Output, indent: number): void {
	if (out.text !== '') put(out, `\n${' '.repeat(indent)}`);
}

function putScalar(out: Output, text: string, context: Omit<ScalarContext, 'column'>): void {
	put(out, scalarText(text, { ...context, column: out.column }));
}

/** The first key continues the line, which is the beginning of the text or comes after a dash. */
function emitMapping(out: Output, { mapping }: YamlMapping, indent: number): void {
	for (const [i, [key, value]] of mapping.entries()) {
		if (i > 0) startLine(out, indent);
		if (isSimpleKey(key)) putScalar(out, key, { indent, place: 'key' });
		else {
			put(out, '? ');
			putScalar(out, key, { indent: indent + 2, place: 'block' });
			startLine(out, indent);
		}
		put(out, ':');
		emitValue(out, value, indent);
	}
}

/** A longer key, or one of several lines, gets a question mark in front. */
function isSimpleKey(key: string): boolean {
	return !key.includes('\n') && new TextEncoder().encode(key).length <= 128;
}

function emitValue(out: Output, value: YamlValue, indent: number): void {
	if (typeof value !== 'object') {
		put(out, ' ');
		emitScalar(out, value, indent + 2);
	} else if ('bare' in value) put(out, ` ${value.bare}`);
	else if ('flow' in value) emitFlow(out, value.flow, indent + 2);
	else if ('list' in value) emitList(out, value.list, indent);
	else if (value.mapping.length === 0) put(out, ' {}');
	else {
		startLine(out, indent + 2);
		emitMapping(out, value, indent + 2);
	}
}

function emitScalar(out: Output, value: string | number | boolean, indent: number): void {
	if (typeof value === 'string') putScalar(out, value, { indent, place: 'block' });
	else if (typeof value === 'number') put(out, BigInt(value).toString());
	else put(out, String(value));
}

function emitList(out: Output, list: readonly YamlValue[], indent: number): void {
	if (list.length === 0) put(out, ' []');
	for (const item of list) {
		startLine(out, indent);
		put(out, '-');
		if (typeof item === 'object' && 'mapping' in item && item.mapping.length > 0) {
			put(out, ' ');
			emitMapping(out, item, indent + 2);
		} else emitValue(out, item, indent);
	}
}

function emitFlow(out: Output, list: readonly string[], indent: number): void {
	put(out, ' [');
	for (const [i, item] of list.entries()) {
		if (i > 0) put(out, ',');
		if (out.column > 80) startLine(out, indent);
		else if (i > 0) put(out, ' ');
		putScalar(out, item, { indent: indent + 2, place: 'flow' });
	}
	put(out, ']');
}
