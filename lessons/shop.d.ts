/** What learner code imports from 'shop'. The shop itself is in src/runners/typescript/shop.ts. */
declare module 'shop' {
	export interface Request {
		readonly method: string;
		/** As the user typed it: `/api/orders/17`. */
		readonly path: string;
		/** The route it matched: `/api/orders/{id}`. */
		readonly endpoint: string;
		readonly userId: number;
	}

	export interface Response {
		readonly status: number;
		readonly body?: unknown;
	}

	/** What is thrown when the work behind a request fails. */
	export class ShopError extends Error {}

	/** Does the work behind a request, which takes as long as it truly takes. Throws a ShopError when it fails. */
	export function processRequest(request: Request): Promise<Response>;

	/** Waits on the virtual clock, in milliseconds. */
	export function sleep(milliseconds: number): Promise<void>;
}
