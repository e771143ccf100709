import { NO_FEATURES, type Features } from './features.ts';
import { functionTable } from './functions.ts';
import { parseQuery, type ParseResult } from './parser.ts';

/** Reads and type-checks a query; what is experimental is refused unless it is switched on. Never throws, whatever the text. */
export function parse(query: string, features: Features = NO_FEATURES): ParseResult {
	return parseQuery(query, functionTable, features);
}
