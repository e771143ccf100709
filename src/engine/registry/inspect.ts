/** As deep as Node looks into objects: an object of the learner's may contain itself. */
const DEEPEST = 2;
/** Of a long text or array Node shows a beginning too. */
const MOST_CHARACTERS = 10_000;
const MOST_ITEMS = 100;

/**
 * A value as Node's util.inspect shows it, for plain data: prom-client builds its error texts with it.
 * Everything stays on one line, however long.
 */
export function inspect(value: unknown, depth = 0): string {
	if (typeof value === 'string') return quote(value);
	if (typeof value !== 'object' || value === null) return inspectPrimitive(value);
	if (value instanceof Date) return Number.isNaN(+value) ? 'Invalid Date' : value.toISOString();
	if (value instanceof Error) return `[${String(value)}]`;
	if (depth > DEEPEST)
		return Array.isArray(value) ? '[Array]' : `[${className(value) || 'Object'}]`;
	return Array.isArray(value) ? inspectArray(value, depth) : inspectRecord(value, depth);
}

/** The same, but a text by itself is shown without quotes (util.format). */
export function format(value: unknown): string {
	return typeof value === 'string' ? clip(value) : inspect(value);
}

function quote(text: string): string {
	const slashed = clip(text).replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
	if (!slashed.includes("'")) return `'${slashed}'`;
	return slashed.includes('"') ? `'${slashed.replaceAll("'", "\\'")}'` : `"${slashed}"`;
}

function clip(text: string): string {
	const rest = text.length - MOST_CHARACTERS;
	return rest > 0 ? `${text.slice(0, MOST_CHARACTERS)}... ${rest} more characters` : text;
}

function inspectArray(values: readonly unknown[], depth: number): string {
	if (values.length === 0) return '[]';
	const shown = values.slice(0, MOST_ITEMS).map((value) => inspect(value, depth + 1));
	const rest = values.length - shown.length;
	if (rest > 0) shown.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
	return `[ ${shown.join(', ')} ]`;
}

function inspectRecord(value: object, depth: number): string {
	const entries = Object.entries(value).map(
		([key, inner]) => `${inspectKey(key)}: ${inspect(inner, depth + 1)}`
	);
	const name = className(value);
	const prefix = name === '' ? '' : `${name} `;
	return entries.length === 0 ? `${prefix}{}` : `${prefix}{ ${entries.join(', ')} }`;
}

/** The name of what it is an instance of; empty for a plain object. */
function className(value: object): string {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype === null) return '[Object: null prototype]';
	if (prototype === Object.prototype) return '';
	const { constructor } = prototype as { readonly constructor?: unknown };
	return typeof constructor === 'function' ? constructor.name : '';
}

function inspectKey(key: string): string {
	return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : inspect(key);
}

function inspectPrimitive(value: unknown): string {
	if (Object.is(value, -0)) return '-0';
	if (typeof value === 'bigint') return `${value}n`;
	if (typeof value !== 'function') return String(value);
	return value.name === '' ? '[Function (anonymous)]' : `[Function: ${value.name}]`;
}
