import type { ApiErrorType, ApiResponse } from './api.ts';

/** A question that cannot be answered. Thrown inside this room, caught once, in `answer`. */
export class ApiError extends Error {
	readonly errorType: ApiErrorType;
	constructor(errorType: ApiErrorType, message: string) {
		super(message);
		this.name = 'ApiError';
		this.errorType = errorType;
	}
}

/** The error for a question that makes no sense. */
export function badData(message: string): ApiError {
	return new ApiError('bad_data', message);
}

/** The error for a parameter that cannot be used (web/api/v1, invalidParamError). */
export function invalidParameter(name: string, message: string): ApiError {
	return badData(`invalid parameter "${name}": ${message}`);
}

/** Data without annotations. */
export function success<Data>(data: Data): ApiResponse<Data> {
	return { status: 'success', data, warnings: [], infos: [] };
}

/** What the given function answers, or its ApiError as a response. Any other error is our own, and goes on. */
export function answer<Data>(respond: () => ApiResponse<Data>): ApiResponse<Data> {
	try {
		return respond();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return { status: 'error', errorType: error.errorType, error: error.message };
	}
}
