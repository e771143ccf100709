import type { Fetch, ScrapeRequest, ScrapeResponse } from '#engine/scrape';
import type { Instance } from './instance.ts';

/** What the parts of a URL are to a scrape. */
interface Address {
	readonly scheme: string;
	readonly host: string;
	readonly port: string;
	readonly path: string;
}

/** How long it takes to find out that nothing is there, ms. */
const LOOKUP_TIME = 1;

/** The network between the scrape loops and the instances: who answers at an address, and what is said where nobody does. */
export function createNetwork(instances: () => readonly Instance[]): Fetch {
	return async (request) => {
		const { scheme, host, port, path } = addressOf(request.url);
		const all = instances();
		const instance = all.find(({ name }) => name === `${host}:${port}`);
		if (!instance) return unanswered(request, missing(all, host, port));
		if (scheme === 'https') {
			return unanswered(request, 'http: server gave HTTP response to HTTPS client');
		}
		return instance.scrape(request, path);
	};
}

/** As Go's HTTP client words it. */
function missing(instances: readonly Instance[], host: string, port: string): string {
	const isKnown = instances.some(({ name }) => name.startsWith(`${host}:`));
	return isKnown
		? `dial tcp ${host}:${port}: connect: connection refused`
		: `dial tcp: lookup ${host}: no such host`;
}

function unanswered({ url }: ScrapeRequest, reason: string): ScrapeResponse {
	return { ok: false, error: `Get "${url}": ${reason}`, duration: LOOKUP_TIME };
}

function addressOf(url: string): Address {
	const [, scheme = '', authority = '', path = ''] =
		/^(\w*):?\/\/([^/?#]*)([^?#]*)/.exec(url) ?? [];
	const [, host = '', port = scheme === 'https' ? '443' : '80'] =
		/^(.*?)(?::(\d*))?$/.exec(authority) ?? [];
	return { scheme, host, port, path };
}
