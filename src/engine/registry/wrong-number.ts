import { format } from './inspect.ts';

/** What to throw for something that is not the number it should be: prom-client's words, and what to do about it. */
export function wrongNumber(what: 'Value' | 'Delta', value: unknown, metric: string): TypeError {
	return new TypeError(`${what} is not a valid number: ${format(value)}. ${advice(value, metric)}`);
}

function advice(value: unknown, metric: string): string {
	if (value === undefined || value === null) return `Give ${metric} a number`;
	if (typeof value === 'string') return `Make it a number before ${metric} gets it: Number(text)`;
	if (typeof value === 'number') return `${metric} takes finite numbers only`;
	return `${metric} takes a number, after the labels if there are any`;
}
