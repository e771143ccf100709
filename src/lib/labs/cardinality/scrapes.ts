import { metricName, type SeriesColumns, type Timestamp } from '#engine/model';
import type { ApiResponse } from '#engine/api';
import type { InstantResult } from '#engine/promql';

/** A scrape as it left its report in the store. */
export interface Scrape {
	readonly at: Timestamp;
	readonly isUp: boolean;
	/** Virtual seconds. */
	readonly duration: number;
	/** Lines of the page that were read. */
	readonly samples: number;
	/** Series that were new. */
	readonly added: number;
}

const REPORT = 'up|scrape_duration_seconds|scrape_samples_scraped|scrape_series_added';

/** Asks for the reports of all scrapes of the shop within the last so many seconds. */
export function scrapesQuery(seconds: number): string {
	return `{__name__=~"${REPORT}", job="shop"}[${Math.max(1, Math.ceil(seconds))}s]`;
}

/** The scrapes that an answer tells of, oldest first; none where there is no answer. */
export function readScrapes(response: ApiResponse<InstantResult>): readonly Scrape[] {
	if (response.status !== 'success' || response.data.type !== 'matrix') return [];
	const byName = new Map(
		response.data.series.map((one) => [metricName(one.labels), samplesOf(one)])
	);
	const of = (name: string, at: Timestamp) => byName.get(name)?.get(at) ?? 0;
	return [...(byName.get('up') ?? [])].map(([at, up]) => ({
		at,
		isUp: up === 1,
		duration: of('scrape_duration_seconds', at),
		samples: of('scrape_samples_scraped', at),
		added: of('scrape_series_added', at)
	}));
}

function samplesOf({ times, values, start, end }: SeriesColumns): Map<Timestamp, number> {
	const samples = new Map<Timestamp, number>();
	for (let i = start; i < end; i++) samples.set(times[i] as number, values[i] as number);
	return samples;
}
