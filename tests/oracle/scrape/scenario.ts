import { parseDuration, SECOND, type Timestamp } from '#engine/model';

/** When every scenario begins: the clock of a synctest bubble, which the real Prometheus goes by, begins there. */
export const START: Timestamp = Date.UTC(2000, 0, 1);

/** When the first configuration takes effect: a server takes over its first targets 5 s after its start (scrape/manager.go, reloader). */
const FIRST_SYNC = 5;

/** What an address does with one request. */
export interface Answer {
	/** How the connection fails, where it does: refused, or closed without an answer. */
	readonly failure?: 'refused' | 'closed';
	readonly status: number;
	/** Blank for a response without this header. */
	readonly contentType: string;
	/**
	 * `{{start+15s}}` in a text stands for a moment, in milliseconds as the text format wants it; `{{start+15s as seconds}}` in seconds, as
	 * OpenMetrics does.
	 */
	readonly body: string | Uint8Array;
	/** Milliseconds before anything comes back. */
	readonly latency: number;
}

/** A configuration that a running server takes over. */
export interface Reload {
	/** Seconds since the start; a multiple of 5, as the one before is at least 5 s earlier. */
	readonly at: number;
	readonly config: string;
}

/** What happens to a server that scrapes. Plain data, so that both can be told of it. */
export interface Scenario {
	/** The rule that it is about. */
	readonly title: string;
	/** The prometheus.yml that the server starts with. */
	readonly config: string;
	/** By `host:port`: the answers to request 1, 2, 3 …; the last one is given again and again. An address that is not here refuses. */
	readonly targets: Readonly<Record<string, readonly Answer[]>>;
	readonly reloads?: readonly Reload[];
	/** Seconds since the start. */
	readonly end: number;
	/** Where the two are known to differ, and must: what the names of those lines begin with, and why. */
	readonly departure?: { readonly line: string; readonly reason: string };
}

/** All configurations of a scenario, with the milliseconds since the start at which they take effect. */
export function timeline({ config, reloads = [] }: Scenario): readonly Reload[] {
	return [{ at: FIRST_SYNC, config }, ...reloads].map((one) => ({ ...one, at: one.at * SECOND }));
}

/** The bytes of a page, with its moments filled in. */
export function bodyOf({ body }: Answer): Uint8Array {
	if (typeof body !== 'string') return body;
	const text = body.replace(
		MOMENT,
		(_, sign: string = '+', offset: string = '0', unit?: string) => {
			const moment = START + (sign === '-' ? -1 : 1) * parseDuration(offset);
			return String(unit === undefined ? moment : moment / SECOND);
		}
	);
	return new TextEncoder().encode(text);
}

const MOMENT = /\{\{start(?:([+-])(\w+))?( as seconds)?\}\}/g;

/** The scenario as the Go program reads it (scrape.go). */
export function toWire(scenario: Scenario): object {
	const addresses = Object.entries(scenario.targets).map(([address, answers]) => [
		address,
		answers.map((answer) => ({ ...answer, body: Buffer.from(bodyOf(answer)).toString('base64') }))
	]);
	return {
		configs: timeline(scenario).map(({ at, config }) => ({ at, text: config })),
		addresses: Object.fromEntries(addresses) as unknown,
		end: scenario.end * SECOND
	};
}
