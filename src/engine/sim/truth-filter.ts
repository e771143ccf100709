import type { RequestClass } from './truth-columns.ts';

/** Kinds of status; `refused` is status 0, a request that nobody took. */
export type StatusClass = 'refused' | '1xx' | '2xx' | '3xx' | '4xx' | '5xx';

/** Which requests are meant: all conditions that are set must hold, and of a list any one. `{}` means all requests. */
export interface TruthFilter {
	readonly method?: string | readonly string[];
	readonly endpoint?: string | readonly string[];
	readonly status?: number | readonly number[];
	readonly statusClass?: StatusClass | readonly StatusClass[];
	readonly instance?: string | readonly string[];
	/** True: only requests that a handler saw; false: only those that nobody took. */
	readonly handled?: boolean;
}

/** For each class of requests 1 when it passes the filter, else 0. */
export function classMask(classes: readonly RequestClass[], filter: TruthFilter): Uint8Array {
	return Uint8Array.from(classes, (kind) => (passes(kind, filter) ? 1 : 0));
}

function passes(kind: RequestClass, filter: TruthFilter): boolean {
	return (
		isAmong(kind.method, filter.method) &&
		isAmong(kind.endpoint, filter.endpoint) &&
		isAmong(kind.status, filter.status) &&
		isAmong(statusClass(kind.status), filter.statusClass) &&
		isAmong(kind.instance, filter.instance) &&
		(filter.handled === undefined || filter.handled === (kind.status !== 0))
	);
}

function isAmong<Value>(value: Value, wanted: Value | readonly Value[] | undefined): boolean {
	if (wanted === undefined) return true;
	return Array.isArray(wanted) ? wanted.includes(value) : wanted === value;
}

/** The kind of a status: `5xx` for 503, `refused` for 0. */
export function statusClass(status: number): StatusClass {
	return status === 0 ? 'refused' : (`${Math.floor(status / 100)}xx` as StatusClass);
}
