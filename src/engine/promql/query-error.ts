import type { QueryErrorType } from './value.ts';

/** Why an evaluation cannot go on, in Prometheus' words. Thrown inside the engine, caught once, in query.ts. */
export class QueryError extends Error {
	readonly errorType: QueryErrorType;
	constructor(message: string, errorType: QueryErrorType = 'execution') {
		super(message);
		this.name = 'QueryError';
		this.errorType = errorType;
	}
}

/** The error for a vector in which two series have become the same. */
export function sameLabelset(): QueryError {
	return new QueryError('vector cannot contain metrics with the same labelset');
}

/** Our own: the parser limits how deep a query can be, but how much stack there is only the browser knows. */
export const TOO_DEEP = 'expression is nested too deeply to be evaluated here';

/** Whether evaluation ran out of stack: a RangeError in V8 and JavaScriptCore, an InternalError in SpiderMonkey. */
export function isStackOverflow(error: unknown): boolean {
	return error instanceof Error && /call stack|too much recursion/.test(error.message);
}
