/** What is sent back. */
export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	readonly isCompressible?: boolean;
	/** Whether pages of other origins may read it, which is so for the API. */
	readonly isShared?: boolean;
}

const PLAIN = 'text/plain; charset=utf-8';

/** A page of plain text. */
export function plain(status: number, body: string): Reply {
	return { status, headers: { 'Content-Type': PLAIN }, body };
}

/** An error as Go's servers send it (net/http, Error). */
export function failure(status: number, message: string): Reply {
	return {
		status,
		headers: { 'Content-Type': PLAIN, 'X-Content-Type-Options': 'nosniff' },
		body: `${message}\n`
	};
}

/** A request that is not answered, and why. Thrown while it is read, caught once, in the server. */
export class Refusal extends Error {
	readonly status: number;
	constructor(status: number, message: string) {
		super(message);
		this.name = 'Refusal';
		this.status = status;
	}
}
