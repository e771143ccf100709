/** A query with what it asks, in words. */
export interface ExampleQuery {
	readonly title: string;
	readonly text: string;
}

const SUMMED = 'sum(rate(http_requests_total[5m]))';

/** The panels of a first visit: those with one line first, for there the truth is easiest to see. */
export const FIRST_QUERIES: readonly ExampleQuery[] = [
	{ title: 'Requests per second, all together', text: SUMMED },
	{
		title: 'Errors, in percent of all requests',
		text: 'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) * 100'
	},
	{
		title: 'What 95 of 100 requests stay below',
		text: 'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))'
	},
	{ title: 'Requests per second', text: 'rate(http_requests_total[5m])' }
];

/** More to try. */
export const EXAMPLE_QUERIES: readonly ExampleQuery[] = [
	{
		title: 'The 95th percentile of the whole service: add the buckets up first, keep le',
		text: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'
	},
	{
		title: 'Requests per second, by route',
		text: 'sum by (endpoint) (rate(http_requests_total[5m]))'
	},
	{
		title: 'The mean duration',
		text: 'sum(rate(http_request_duration_seconds_sum[5m])) / sum(rate(http_request_duration_seconds_count[5m]))'
	},
	{ title: 'Requests being served now', text: 'active_connections' },
	{ title: 'Which targets answer', text: 'up' },
	{ title: 'How long scrapes take', text: 'scrape_duration_seconds' }
];

/** A name that is read out, or stands above a chart, need not be longer to be told from others. */
const LONGEST_TITLE = 240;

/** What a query is called when nobody has named it: its title here, if it is one of these, or its own text, cut when it is long. */
export function titleOf(query: string): string {
	const text = query.trim();
	const known = [...FIRST_QUERIES, ...EXAMPLE_QUERIES].find((one) => one.text === text);
	if (known) return known.title;
	return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE)}…` : text;
}
