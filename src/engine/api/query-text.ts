import { format, formatParseError, parse, type Expr, type Features } from '#engine/promql';
import { answer, ApiError, invalidParameter, success } from './api-error.ts';
import type { ApiResponse } from './api.ts';
import type { JsonMap } from './json-map.ts';
import { optionalTime } from './time-parameter.ts';
import { hasSelector, translateAst } from './translate-ast.ts';

/** The format_query endpoint: the query over as many lines as it needs. */
export function formatQuery(query: string, features?: Features): ApiResponse<string> {
	return answer(() => success(format(parsed(query, features, inQuery))));
}

/** The parse_query endpoint: the tree of the query, as data. */
export function parseQuery(query: string, features?: Features): ApiResponse<JsonMap> {
	return answer(() => success(translateAst(parsed(query, features, inQuery))));
}

export interface ExemplarParams {
	readonly query: string;
	readonly start?: string;
	readonly end?: string;
}

/**
 * The query_exemplars endpoint of a store that keeps none: whatever the query, none are found. Undefined for a query that
 * looks at no series, to which Prometheus answers without any content.
 */
export function queryExemplars(
	{ query, start, end }: ExemplarParams,
	features?: Features
): ApiResponse<readonly never[] | undefined> {
	return answer(() => {
		const from = optionalTime('start', start, -Infinity);
		const to = optionalTime('end', end, Infinity);
		if (to < from) {
			throw new ApiError('bad_data', 'end timestamp must not be before start timestamp');
		}
		const expr = parsed(query, features, (message) => new ApiError('bad_data', message));
		return success(hasSelector(expr) ? [] : undefined);
	});
}

function parsed(
	query: string,
	features: Features | undefined,
	fail: (message: string) => Error
): Expr {
	const result = parse(query, features);
	if (result.ok) return result.expr;
	const [first] = result.errors;
	throw fail(first ? formatParseError(query, first) : 'parse error');
}

function inQuery(message: string): Error {
	return invalidParameter('query', message);
}
