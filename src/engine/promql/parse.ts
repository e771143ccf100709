import { functionTable } from './functions.ts';
import { parseQuery, type ParseResult } from './parser.ts';

/** Reads and type-checks a query. Never throws, whatever the text. */
export function parse(query: string): ParseResult {
	return parseQuery(query, functionTable);
}
