import type { EscapingScheme } from '#engine/exposition';
import type { ScrapeProtocol } from './config/config.ts';

/** What each protocol is called in the header of a scrape (config/config.go, ScrapeProtocolsHeaders). */
const HEADERS: Readonly<Record<ScrapeProtocol, string>> = {
	PrometheusProto:
		'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
	'PrometheusText0.0.4': 'text/plain;version=0.0.4',
	'PrometheusText1.0.0': 'text/plain;version=1.0.0',
	'OpenMetricsText0.0.1': 'application/openmetrics-text;version=0.0.1',
	'OpenMetricsText1.0.0': 'application/openmetrics-text;version=1.0.0'
};

/** Only these say how names are to be escaped. */
const WITH_ESCAPING: readonly ScrapeProtocol[] = ['PrometheusText1.0.0', 'OpenMetricsText1.0.0'];

/**
 * What a scrape says it understands, best first (scrape/scrape.go, acceptHeader). A target answers in the first format that it knows.
 */
export function acceptHeader(
	protocols: readonly ScrapeProtocol[],
	escaping: EscapingScheme
): string {
	const first = Object.keys(HEADERS).length + 1;
	const values = protocols.map((protocol, i) => {
		const escape = WITH_ESCAPING.includes(protocol) ? `;escaping=${escaping}` : '';
		return `${HEADERS[protocol]}${escape};q=0.${first - i}`;
	});
	return [...values, `*/*;q=0.${first - protocols.length}`].join(',');
}

/** The media type of a protocol, without parameters. */
export function mediaTypeOf(protocol: ScrapeProtocol): string {
	return HEADERS[protocol].split(';')[0] as string;
}
