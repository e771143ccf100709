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
