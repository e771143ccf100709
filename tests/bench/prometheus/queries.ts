import { INTERVAL, ROWS_PER_HOUR, START, type DataSetName } from './data.ts';

/** A query to time. */
export interface Scenario {
	readonly query: string;
	readonly set: DataSetName;
	/** How much data there is to ask about. */
	readonly hours: number;
	/** The result depends on the order in which series are added up, which differs between stores. */
	readonly adds?: true;
}

/** Where and how finely a scenario is evaluated; step 0 is an instant query at `end`. */
export interface Bounds {
	readonly start: number;
	readonly end: number;
	readonly step: number;
}

const HALF_OF_REQUESTS = 'sum(rate(x_total{status=~"5.."}[5m])) / sum(rate(x_total[5m])) * 100';

function main(query: string, adds?: true): Scenario {
	return { query, set: 'main', hours: 6, adds };
}

function wide(query: string, hours: number, adds?: true): Scenario {
	return { query, set: 'wide', hours, adds };
}

export const RANGE_QUERIES: readonly Scenario[] = [
	main('rate(x_total[5m])'),
	main('sum by (job)(rate(x_total[5m]))', true),
	main('sum(rate(x_total[5m]))', true),
	main('sum(rate(x_total[1h]))', true),
	main('histogram_quantile(0.95, sum by (le)(rate(hs_bucket[5m])))', true),
	wide('histogram_quantile(0.95, sum by (le)(rate(hb_bucket[5m])))', 2, true),
	main('max_over_time(g[1h])'),
	main('avg_over_time(g[5m])'),
	main('topk(5, rate(x_total[5m]))'),
	main('x_total / on(instance) group_left y'),
	main('x_total / on(instance) group_left(zone) y'),
	main(HALF_OF_REQUESTS, true),
	main('max_over_time(rate(x_total[5m])[30m:1m])'),
	main('x_total'),
	main('sum(x_total)'),
	main('sum by (instance)(x_total)'),
	main('quantile_over_time(0.95, g[5m])'),
	wide('sum by (job)(rate(big_total[5m]))', 1, true),
	main('increase(x_total{instance="10.0.0.7:8080"}[5m])'),
	main('1 + 1')
];

export const INSTANT_QUERIES: readonly Scenario[] = [
	main('x_total'),
	main('rate(x_total[5m])'),
	main('sum(rate(x_total[5m]))', true),
	main('sum(rate(x_total[1h]))', true),
	main('histogram_quantile(0.95, sum by (le)(rate(hs_bucket[5m])))', true),
	main('max_over_time(g[1h])'),
	main('topk(5, rate(x_total[5m]))'),
	main('x_total / on(instance) group_left y'),
	main(HALF_OF_REQUESTS, true),
	main('max_over_time(rate(x_total[5m])[30m:1m])'),
	main('count({__name__!=""})'),
	main('1 + 1'),
	wide('histogram_quantile(0.95, sum by (le)(rate(hb_bucket[5m])))', 2, true),
	wide('sum by (job)(rate(big_total[5m]))', 1, true)
];

/** The whole of a scenario's data in steps of so many scrapes: 1 gives 1,440 steps over 6 h, 4 gives 360. */
export function wholeRange({ hours }: Scenario, scrapesPerStep: number): Bounds {
	return { start: START, end: lastScrape(hours), step: scrapesPerStep * INTERVAL };
}

/** The last moment of a scenario's data. */
export function atTheEnd({ hours }: Scenario): Bounds {
	return { start: lastScrape(hours), end: lastScrape(hours), step: 0 };
}

export function stepCount({ start, end, step }: Bounds): number {
	return step === 0 ? 1 : Math.floor((end - start) / step) + 1;
}

function lastScrape(hours: number): number {
	return START + (hours * ROWS_PER_HOUR - 1) * INTERVAL;
}
