/**
 * What Prometheus says it understands, best first (scrape/scrape.go, acceptHeader, with the default scrape protocols).
 * A target answers in the first format that it knows.
 */
export const ACCEPT_HEADER =
	'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
	'application/openmetrics-text;version=0.0.1;q=0.5,' +
	'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,' +
	'text/plain;version=0.0.4;q=0.3,' +
	'*/*;q=0.2';
