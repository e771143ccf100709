/**
 * A value as Node's util.inspect shows it, for plain data: prom-client builds its error texts with it.
 * Everything stays on one line, however long.
 */
export function inspect(value: unknown): string {
	if (typeof value === 'string')
		return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
	if (Array.isArray(value))
		return value.length === 0 ? '[]' : `[ ${value.map(inspect).join(', ')} ]`;
	if (typeof value === 'object' && value !== null) return inspectRecord(value);
	return inspectPrimitive(value);
}

/** The same, but a text by itself is shown without quotes (util.format). */
export function format(value: unknown): string {
	return typeof value === 'string' ? value : inspect(value);
}

function inspectRecord(value: object): string {
	const entries = Object.entries(value).map(
		([key, inner]) => `${inspectKey(key)}: ${inspect(inner)}`
	);
	return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
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
