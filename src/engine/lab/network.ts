import { quote } from '#engine/model';
import type { Fetch, ScrapeResponse } from '#engine/scrape';
import type { Instance } from './instance.ts';

/** What the parts of a URL are to a scrape. */
interface Address {
	/** In lower case, as Go reads it. */
	readonly scheme: string;
	readonly host: string;
	readonly port: string;
	/** With its query. */
	readonly path: string;
	/** As errors show it. */
	readonly url: string;
}

/** How long it takes to find out that nothing is there, ms. */
const LOOKUP_TIME = 1;

/** The network between the scrape loops and the instances: who answers at an address, and what is said where nobody does. */
export function createNetwork(instances: () => readonly Instance[]): Fetch {
	return async (request) => {
		const problem = schemeProblem(request.url);
		if (problem !== undefined) return failed(`parse ${quote(request.url)}: ${problem}`);
		const address = addressOf(request.url);
		const { scheme, host, port, path } = address;
		if (scheme !== 'http' && scheme !== 'https') {
			return unanswered(address, `unsupported protocol scheme ${quote(scheme)}`);
		}
		const all = instances();
		const instance = atAddress(all, address);
		if (!instance) return unanswered(address, missing(all, host, port));
		if (scheme === 'https') {
			return unanswered(address, 'http: server gave HTTP response to HTTPS client');
		}
		return instance.scrape(request, { port: Number(port), path });
	};
}

/** The instance that a request to this URL ends at, up or down; undefined where nobody is. */
export function instanceAt(instances: readonly Instance[], url: string): Instance | undefined {
	return atAddress(instances, addressOf(url));
}

function atAddress(all: readonly Instance[], { host, port }: Address): Instance | undefined {
	return all.find((one) => isAt(one, host, Number(port)));
}

/**
 * Whether a connection to the port of that host ends at the instance. Its own address is its own while it is down, too; and all instances
 * share a localhost, as programs started on one machine do: there the first one answers that listens at the port.
 */
function isAt(instance: Instance, host: string, port: number): boolean {
	if (LOCALHOSTS.has(host)) return instance.listensAt(port);
	if (instance.name === `${host}:${port}`) return true;
	return instance.name.startsWith(`${host}:`) && instance.listensAt(port);
}

const LOCALHOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** As Go's HTTP client words it. */
function missing(instances: readonly Instance[], host: string, port: string): string {
	const isKnown = LOCALHOSTS.has(host) || instances.some(({ name }) => name.startsWith(`${host}:`));
	const address = host === 'localhost' ? '127.0.0.1' : host;
	return isKnown
		? `dial tcp ${address}:${port}: connect: connection refused`
		: `dial tcp: lookup ${host}: no such host`;
}

function unanswered({ url }: Address, reason: string): ScrapeResponse {
	return failed(`Get ${quote(url)}: ${reason}`);
}

function failed(error: string): ScrapeResponse {
	return { ok: false, error, duration: LOOKUP_TIME };
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/** Why no scheme can be read from a URL; it may well be without any (net/url, getScheme and parse). */
function schemeProblem(url: string): string | undefined {
	if (SCHEME.test(url) || url.startsWith('/')) return undefined;
	if (url.startsWith(':')) return 'missing protocol scheme';
	return 'first path segment in URL cannot contain colon';
}

function addressOf(text: string): Address {
	const written = SCHEME.exec(text)?.[1] ?? '';
	const scheme = written.toLowerCase();
	const url = scheme + text.slice(written.length);
	const [, authority = '', path = ''] = /^[^/]*\/\/([^/?#]*)([^#]*)/.exec(url) ?? [];
	const [, host = '', port = scheme === 'https' ? '443' : '80'] =
		/^(.*?)(?::(\d*))?$/.exec(authority) ?? [];
	return { scheme, host, port, path, url };
}
