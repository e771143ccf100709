import type { LabEvent } from '#engine/lab';
import type { Timestamp } from '#engine/model';
import type { SeenInstance } from '#workers/protocol';
import type { Scrape } from './scrapes.ts';

/** A line of the log: scrapes that went alike are one. */
export interface LogLine {
	readonly from: Timestamp;
	readonly to: Timestamp;
	readonly kind: 'stored' | 'failed' | 'event';
	readonly text: string;
}

/** What failed scrapes were told, in Prometheus' words, by their times. */
export type ScrapeErrors = ReadonlyMap<Timestamp, string>;

/** What is known of failures, and what instances say of their last scrapes; the same map where that is nothing new. */
export function withErrors(
	errors: ScrapeErrors,
	instances: readonly Pick<SeenInstance, 'lastScrape' | 'lastError'>[]
): ScrapeErrors {
	const fresh = instances.flatMap(({ lastScrape, lastError }) =>
		lastScrape === undefined || lastError === '' || errors.has(lastScrape)
			? []
			: [[lastScrape, lastError] as const]
	);
	return fresh.length === 0 ? errors : new Map([...errors, ...fresh]);
}

/** Newest first. A failed scrape whose own error was not seen has that of the nearest one that was. */
export function logLines(
	scrapes: readonly Scrape[],
	errors: ScrapeErrors,
	events: readonly LabEvent[]
): readonly LogLine[] {
	const lines: LogLine[] = events.map(({ at, label }) => ({
		from: at,
		to: at,
		kind: 'event',
		text: label
	}));
	for (const run of alike(scrapes, errors, events)) lines.push(lineOf(run));
	return lines.sort((a, b) => b.from - a.from);
}

interface Run {
	readonly scrapes: readonly Scrape[];
	readonly error: string | undefined;
}

function alike(
	scrapes: readonly Scrape[],
	errors: ScrapeErrors,
	events: readonly LabEvent[]
): Run[] {
	const runs: { scrapes: Scrape[]; error: string | undefined }[] = [];
	for (const scrape of scrapes) {
		const error = scrape.isUp ? undefined : errorAt(errors, scrape.at);
		const last = runs.at(-1);
		const before = last?.scrapes.at(-1);
		const isApart = before && events.some(({ at }) => before.at < at && at <= scrape.at);
		if (last && before && before.isUp === scrape.isUp && last.error === error && !isApart) {
			last.scrapes.push(scrape);
		} else runs.push({ scrapes: [scrape], error });
	}
	return runs;
}

/** Of a failed scrape: its own, or the nearest that is known. */
export function errorAt(errors: ScrapeErrors, at: Timestamp): string {
	let nearest = 'the scrape failed';
	let distance = Infinity;
	for (const [time, error] of errors) {
		if (Math.abs(time - at) >= distance) continue;
		distance = Math.abs(time - at);
		nearest = error;
	}
	return nearest;
}

function lineOf({ scrapes, error }: Run): LogLine {
	const first = scrapes[0] as Scrape;
	const last = scrapes.at(-1) as Scrape;
	const count = scrapes.length === 1 ? '1 scrape' : `${scrapes.length} scrapes`;
	const place = { from: first.at, to: last.at };
	if (error !== undefined) {
		return {
			...place,
			kind: 'failed',
			text: `${count} failed: ${error}. up is 0, and nothing of the page is stored`
		};
	}
	const samples = last.samples.toLocaleString('en');
	return {
		...place,
		kind: 'stored',
		text: `${count} stored; the last had ${samples} samples and took ${last.duration.toFixed(2)} s`
	};
}
