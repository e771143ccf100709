import type { SimRequest } from '#engine/sim';
import type { ServiceHost } from '../service-host.ts';

/** A request as the learner's `handle` receives it. */
export interface ShopRequest {
	readonly method: string;
	/** As the user typed it: `/api/orders/17`. */
	readonly path: string;
	/** The route it matched: `/api/orders/{id}`. */
	readonly endpoint: string;
	readonly userId: number;
}

export interface ShopResponse {
	readonly status: number;
	readonly body?: unknown;
}

/** The work behind a request failed, as it sometimes does in the simulated shop: not a mistake in the learner's code. */
export class ShopError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'ShopError';
	}
}

/**
 * What `import … from 'shop'` gives: the business behind the handler. `processRequest` takes as long as the work truly
 * takes on the virtual clock, and answers or throws as it truly does.
 */
export function shopModule(host: ServiceHost, works: WeakMap<ShopRequest, SimRequest>) {
	return {
		async processRequest(request: ShopRequest): Promise<ShopResponse> {
			const work = works.get(request);
			if (!work) {
				throw new TypeError('processRequest(request) wants the request that handle was given');
			}
			await host.sleep(work.work);
			if ('throws' in work.outcome) throw new ShopError(work.outcome.throws);
			return { status: work.outcome.status };
		},
		/** Waits on the virtual clock, in milliseconds. */
		sleep: (milliseconds: number) => host.sleep(milliseconds),
		ShopError
	};
}
