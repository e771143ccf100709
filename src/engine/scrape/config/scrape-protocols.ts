import { SCRAPE_PROTOCOLS, type ScrapeProtocol } from './config.ts';
import { listType } from './collection-types.ts';
import { textType } from './scalar-types.ts';

/** Checked later, and not everywhere. */
export const SCRAPE_PROTOCOL = textType('config.ScrapeProtocol');

export const SCRAPE_PROTOCOL_LIST = listType('[]config.ScrapeProtocol', SCRAPE_PROTOCOL);

/** What is wrong with a protocol's name (config/config.go, ScrapeProtocol.Validate). */
export function protocolError(name: string): string | undefined {
	if (SCRAPE_PROTOCOLS.includes(name as ScrapeProtocol)) return undefined;
	return `unknown scrape protocol ${name}, supported: [${SCRAPE_PROTOCOLS.join(' ')}]`;
}

/** What is wrong with a list of protocols (config/config.go, validateAcceptScrapeProtocols). */
export function protocolsError(names: readonly string[]): string | undefined {
	if (names.length === 0) return 'scrape_protocols cannot be empty';
	const seen = new Set<string>();
	for (const name of names) {
		const lower = name.toLowerCase();
		if (seen.has(lower)) return `duplicated protocol in scrape_protocols, got [${names.join(' ')}]`;
		const error = protocolError(name);
		if (error !== undefined) return `scrape_protocols: ${error}`;
		seen.add(lower);
	}
	return undefined;
}
