import { labelValue, metricName, SECOND, type Timestamp } from '#engine/model';
import type { ApiResponse } from '#engine/api';
import type { InstantResult } from '#engine/promql';

/** One round of scrapes, of every instance once, as they left their reports in the store. */
export interface Scrape {
	/** Of the first of the round. */
	readonly at: Timestamp;
	/** Of the last of the round. */
	readonly last: Timestamp;
	/** How many instances were up, and how many were asked. */
	readonly up: number;
	readonly asked: number;
	/** Whether all of them were. */
	readonly isUp: boolean;
	/** Of the slowest, virtual seconds. */
	readonly duration: number;
	/** Lines that were read of all pages. */
	readonly samples: number;
	/** Lines of the largest page: a limit holds for each target's page alone. */
	readonly largest: number;
	/** Series that were new. */
	readonly added: number;
}

/** What one instance's scrape reported. */
interface Report {
	readonly at: Timestamp;
	readonly instance: string;
	readonly up: number;
	readonly duration: number;
	readonly samples: number;
	readonly added: number;
}

/** The rounds that were stored in a row, as far as the newest of them; none where nothing was. */
export function lastStoredRun(scrapes: readonly Scrape[]): readonly Scrape[] {
	const end = scrapes.findLastIndex(({ isUp }) => isUp) + 1;
	const gap = scrapes.slice(0, end).findLastIndex(({ isUp }) => !isUp);
	return scrapes.slice(gap + 1, end);
}

/** When all pages of a round had been read. */
export function endOf({ last, duration }: Scrape): Timestamp {
	return last + duration * SECOND;
}

const REPORT = 'up|scrape_duration_seconds|scrape_samples_scraped|scrape_series_added';

/** Asks for the reports of all scrapes of the shop within the last so many seconds. */
export function scrapesQuery(seconds: number): string {
	return `{__name__=~"${REPORT}", job="shop"}[${Math.max(1, Math.ceil(seconds))}s]`;
}

/**
 * The whole rounds that an answer tells of, oldest first; none where there is no answer. The last round is left out while fewer than all instances
 * have been scraped in it: its sums would be of a part.
 */
export function readScrapes(
	response: ApiResponse<InstantResult>,
	instances: number
): readonly Scrape[] {
	if (response.status !== 'success' || response.data.type !== 'matrix') return [];
	const byName = new Map<string, Map<string, number>>();
	const places: { readonly at: Timestamp; readonly instance: string }[] = [];
	for (const one of response.data.series) {
		const name = metricName(one.labels);
		const instance = labelValue(one.labels, 'instance');
		const samples = byName.get(name) ?? new Map<string, number>();
		byName.set(name, samples);
		for (let i = one.start; i < one.end; i++) {
			const at = one.times[i] as Timestamp;
			samples.set(`${at} ${instance}`, one.values[i] as number);
			if (name === 'up') places.push({ at, instance });
		}
	}
	const of = (name: string, place: string) => byName.get(name)?.get(place) ?? 0;
	const reports = places.map(({ at, instance }): Report => {
		const place = `${at} ${instance}`;
		return {
			at,
			instance,
			up: of('up', place),
			duration: of('scrape_duration_seconds', place),
			samples: of('scrape_samples_scraped', place),
			added: of('scrape_series_added', place)
		};
	});
	const found = rounds(reports.sort((a, b) => a.at - b.at));
	const isWhole = (found.at(-1)?.length ?? 0) >= instances;
	return (isWhole ? found : found.slice(0, -1)).map(roundOf);
}

/** A round ends where an instance comes a second time. */
function rounds(reports: readonly Report[]): Report[][] {
	const found: Report[][] = [];
	for (const report of reports) {
		const last = found.at(-1);
		if (!last || last.some(({ instance }) => instance === report.instance)) found.push([report]);
		else last.push(report);
	}
	return found;
}

function roundOf(reports: readonly Report[]): Scrape {
	const sum = (value: (report: Report) => number) =>
		reports.reduce((total, report) => total + value(report), 0);
	const up = sum((report) => report.up);
	return {
		at: (reports[0] as Report).at,
		last: (reports.at(-1) as Report).at,
		up,
		asked: reports.length,
		isUp: up === reports.length,
		duration: Math.max(...reports.map(({ duration }) => duration)),
		samples: sum(({ samples }) => samples),
		largest: Math.max(...reports.map(({ samples }) => samples)),
		added: sum(({ added }) => added)
	};
}
