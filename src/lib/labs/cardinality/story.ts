import { formatValue } from '$lib/charts/numbers.ts';
import type { Duration, Timestamp } from '#engine/model';
import type { CodeLanguage } from '#workers/protocol';
import { longestWait } from './comb.ts';
import { errorAt, type ScrapeErrors } from './event-log.ts';
import type { Knobs } from './knobs.ts';
import { lastGzip, type Moment } from './moment.ts';
import type { Scrape } from './scrapes.ts';
import { killedAt, memoryVerdict, serverMemory } from './server.ts';

/** Five bills, and who pays beside Prometheus: the users of the service. */
export type BillId = 'limit' | 'page' | 'timeout' | 'memory' | 'query' | 'service';

/** A bill: how it stands now, and whether it has fallen due. */
export interface Bill {
	readonly id: BillId;
	readonly isDue: boolean;
	/** When it fell due first; undefined when it never has. */
	readonly since: Timestamp | undefined;
	readonly text: string;
	/** What happened, for whoever looks elsewhere; while it is due. */
	readonly headline?: string;
}

export interface StoryInput {
	readonly scrapes: readonly Scrape[];
	readonly errors: ScrapeErrors;
	readonly history: readonly Moment[];
	readonly knobs: Knobs;
	/** Of the program that runs. */
	readonly language: CodeLanguage;
}

/** The share of its time from which a service is busy with Prometheus rather than with its users. */
const BUSY = 0.1;

/** How the bills stand, in the order of the charts. */
export function bills(input: StoryInput): readonly Bill[] {
	return [
		limitBill(input),
		pageBill(input),
		timeoutBill(input),
		memoryBill(input),
		queryBill(input),
		serviceBill(input)
	];
}

function failures(
	{ scrapes, errors }: Pick<StoryInput, 'scrapes' | 'errors'>,
	...words: readonly string[]
): readonly Scrape[] {
	return scrapes.filter(({ isUp, at }) => {
		if (isUp) return false;
		const error = errorAt(errors, at);
		return words.some((word) => error.includes(word));
	});
}

const OVER_LIMIT = 'sample limit exceeded';

/** Whether a page has had more samples than its limit after this moment. */
export function isOverLimit(
	scrapes: readonly Scrape[],
	errors: ScrapeErrors,
	since: Timestamp
): boolean {
	return failures({ scrapes, errors }, OVER_LIMIT).some(({ at }) => at > since);
}

function isLast({ scrapes }: StoryInput, failed: readonly Scrape[]): boolean {
	return failed.length > 0 && failed.at(-1) === scrapes.at(-1);
}

function whole(value: number): string {
	return Math.round(value).toLocaleString('en');
}

function limitBill(input: StoryInput): Bill {
	const failed = failures(input, OVER_LIMIT);
	const isDue = isLast(input, failed);
	const { sampleLimit } = input.knobs;
	const { largest = 0, asked = 1 } = input.scrapes.findLast(({ isUp }) => isUp) ?? {};
	const isGone = input.scrapes.at(-1)?.isUp === false;
	const samples = `${whole(largest)} samples${asked > 1 ? ' on the largest page' : ''}`;
	const since = failed[0]?.at;
	if (isDue) {
		const text = `Over ${whole(sampleLimit)}: the whole page is dropped, good lines and bad.`;
		return {
			id: 'limit',
			isDue,
			since,
			text,
			headline: 'sample limit exceeded: nothing of the page is stored'
		};
	}
	const text =
		sampleLimit > 0
			? `${samples}${isGone ? ' at the last good scrape' : ''}, of ${whole(sampleLimit)} allowed.`
			: `${samples} ${isGone ? 'at the last good scrape' : 'a scrape'}; no limit.`;
	return { id: 'limit', isDue, since, text };
}

function pageBill(input: StoryInput): Bill {
	const failed = failures(input, 'body size limit exceeded', 'label_value_length_limit exceeded');
	const isDue = isLast(input, failed);
	const since = failed[0]?.at;
	const { bodySizeLimit, labelValueLengthLimit } = input.knobs;
	if (isDue) {
		const isBody = errorAt(input.errors, input.scrapes.at(-1)?.at ?? 0).includes('body size');
		const text = isBody
			? `More than body_size_limit, ${formatValue(bodySizeLimit, 'bytes')}: nothing is read.`
			: `A value is longer than ${labelValueLengthLimit} bytes: the whole page is dropped.`;
		return { id: 'page', isDue, since, text, headline: text };
	}
	if (input.scrapes.at(-1)?.up === 0)
		return { id: 'page', isDue, since, text: 'Of the last page nothing is stored.' };
	const gzip = lastGzip(input.history);
	const text = gzip
		? `Gzipped ${formatValue(gzip.bytes, 'bytes')}, ${((gzip.bytes / gzip.of) * 100).toFixed(1)} % of it.`
		: 'Written, sent and read at every scrape.';
	return { id: 'page', isDue, since, text };
}

function timeoutBill(input: StoryInput): Bill {
	const failed = failures(input, 'context deadline exceeded');
	const isDue = isLast(input, failed);
	const { timeout } = input.knobs;
	const last = input.scrapes.at(-1);
	const since = failed[0]?.at;
	if (isDue) {
		const text = `Not there within ${timeout} s: panels go empty. Nothing has crashed.`;
		return {
			id: 'timeout',
			isDue,
			since,
			text,
			headline: `context deadline exceeded: the page does not come within ${timeout} s`
		};
	}
	const text = `${formatValue(last?.duration ?? 0, 'seconds')} of the ${timeout} s that Prometheus waits.`;
	return { id: 'timeout', isDue, since, text };
}

function memoryBill({ history, knobs: { memoryLimit } }: StoryInput): Bill {
	const series = history.at(-1)?.headSeries ?? 0;
	const { low, high } = serverMemory(series);
	const { maybe } = killedAt(memoryLimit);
	const verdict = memoryVerdict(series, memoryLimit);
	const isDue = verdict !== 'fits';
	const limit = formatValue(memoryLimit, 'bytes');
	return {
		id: 'memory',
		isDue,
		since: history.find((one) => one.headSeries >= maybe)?.at,
		text: `A server takes ${formatValue(low, 'bytes')} to ${formatValue(high, 'bytes')}: with ${limit} it ${verdict}.`,
		...(isDue && { headline: `a server with ${limit} ${verdict}: out of memory` })
	};
}

/** Wall ms that the dashboard takes to ask all its panels once. */
export function dashboardTime({ queries }: Moment): Duration {
	return queries.reduce((sum, took) => sum + took, 0);
}

function queryBill({ history, knobs: { refresh } }: StoryInput): Bill {
	const last = history.at(-1);
	const took = last ? dashboardTime(last) / 1000 : 0;
	const isDue = took > refresh;
	const text =
		took === 0
			? 'Measured in your tab as soon as it runs.'
			: isDue
				? `Three panels take ${formatValue(took, 'seconds')}, asked every ${refresh} s: no rest.`
				: `Three panels take ${formatValue(took, 'seconds')} of ${refresh} s.`;
	return {
		id: 'query',
		isDue,
		since: history.find((one) => dashboardTime(one) / 1000 > refresh)?.at,
		text,
		...(isDue && { headline: 'the dashboard takes longer than its refresh interval' })
	};
}

function serviceBill({ scrapes, language, knobs: { interval } }: StoryInput): Bill {
	const duration = scrapes.at(-1)?.duration ?? 0;
	const share = duration / interval;
	const wait = formatValue(Math.min(duration, longestWait(duration, language)), 'seconds');
	return {
		id: 'service',
		isDue: share > BUSY,
		since: scrapes.find((one) => one.duration / interval > BUSY)?.at,
		text: `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % of the time; a request waits up to ${wait}.`
	};
}
