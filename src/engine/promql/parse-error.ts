import { utf8Length, type Span } from '#engine/model';

/** Something in a query that is not PromQL, or not of the right type. */
export interface ParseError {
	/** In Prometheus' words, without a position. */
	readonly message: string;
	/** UTF-16 offsets into the query. */
	readonly span: Span;
}

/** The error as Prometheus' HTTP API words it: `1:5: parse error: …`; the column counts bytes of UTF-8, from 1. */
export function formatParseError(query: string, error: ParseError): string {
	return `${formatPosition(query, error.span.from)}: parse error: ${error.message}`;
}

/** The offset of a line and a column, both from 1, the column in bytes of UTF-8: what `formatPosition` gives, the other way round. */
export function offsetOfPosition(query: string, line: number, column: number): number {
	let from = 0;
	for (let i = 1; i < line && query.includes('\n', from); i++) from = query.indexOf('\n', from) + 1;
	let bytes = column - 1;
	for (const character of query.slice(from)) {
		if (bytes <= 0 || character === '\n') break;
		bytes -= utf8Length(character);
		from += character.length;
	}
	return from;
}

/** `line:column` of an offset, both from 1, the column in bytes of UTF-8 (promql/parser/posrange, StartPosInput). */
export function formatPosition(query: string, offset: number): string {
	if (query === '') return 'unknown position';
	const before = query.slice(0, offset);
	const line = before.split('\n').length;
	return `${line}:${utf8Length(before.slice(before.lastIndexOf('\n') + 1)) + 1}`;
}
