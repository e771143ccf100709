import { formatValue } from '$lib/charts/numbers.ts';
import type { Duration, Timestamp } from '#engine/model';
import { errorAt, type ScrapeErrors } from './event-log.ts';
import type { Limits } from './limits.ts';
import { SCRAPE_INTERVAL } from './limits.ts';
import type { Moment } from './moment.ts';
import type { Scrape } from './scrapes.ts';
import { killedAt, memoryVerdict, serverMemory } from './server.ts';

export type BillId = 'timeout' | 'limit' | 'query' | 'memory' | 'service';

/** One of the five bills: how it stands now, and whether it has fallen due. */
export interface Bill {
	readonly id: BillId;
	readonly title: string;
	/** Measured on the running system, or computed from it. */
	readonly source: 'measured' | 'computed';
	readonly isDue: boolean;
	/** When it fell due first; undefined when it never has. */
	readonly since: Timestamp | undefined;
	readonly text: string;
}

export interface StoryInput {
	readonly scrapes: readonly Scrape[];
	readonly errors: ScrapeErrors;
	readonly history: readonly Moment[];
	readonly limits: Limits;
	/** Of the server that is imagined, bytes. */
	readonly memoryLimit: number;
}

/** A reader who waits longer for a panel than this has lost the thread. Wall ms. */
export const PATIENCE: Duration = 1000;

/** The share of its core from which a service is busy with Prometheus rather than with its users. */
const BUSY = 0.1;

/** The bills in the order in which they fall due when nothing is done. */
export function bills(input: StoryInput): readonly Bill[] {
	return [
		timeoutBill(input),
		limitBill(input),
		queryBill(input),
		memoryBill(input),
		serviceBill(input)
	];
}

function failures({ scrapes, errors }: StoryInput, words: string): readonly Scrape[] {
	return scrapes.filter(({ isUp, at }) => !isUp && errorAt(errors, at).includes(words));
}

function isLast({ scrapes }: StoryInput, failed: readonly Scrape[]): boolean {
	return failed.length > 0 && failed.at(-1) === scrapes.at(-1);
}

function timeoutBill(input: StoryInput): Bill {
	const failed = failures(input, 'context deadline exceeded');
	const isDue = isLast(input, failed);
	const last = input.scrapes.at(-1);
	return {
		id: 'timeout',
		title: 'The scrape takes too long',
		source: 'measured',
		isDue,
		since: failed[0]?.at,
		text: isDue
			? `The page does not come within ${input.limits.timeout} s. up is 0, panels are empty, and nothing has crashed yet.`
			: `The last scrape took ${formatValue(last?.duration ?? 0, 'seconds')} of the ${input.limits.timeout} s that Prometheus waits.`
	};
}

function limitBill(input: StoryInput): Bill {
	const failed = failures(input, 'sample limit exceeded');
	const { sampleLimit } = input.limits;
	const isDue = isLast(input, failed);
	const samples = (input.scrapes.findLast(({ isUp }) => isUp)?.samples ?? 0).toLocaleString('en');
	return {
		id: 'limit',
		title: 'sample_limit drops the whole page',
		source: 'measured',
		isDue,
		since: failed[0]?.at,
		text: isDue
			? `The page has more than ${sampleLimit.toLocaleString('en')} samples, so none is stored, good or bad. Series within the limit get no staleness marker: queries see them for five minutes more, and then nothing.`
			: sampleLimit > 0
				? `${samples} samples of ${sampleLimit.toLocaleString('en')} allowed.`
				: `No limit is set. The last page that was read had ${samples} samples.`
	};
}

function slowest({ queries }: Moment): number {
	return Math.max(0, ...queries);
}

function queryBill({ history }: StoryInput): Bill {
	const last = history.at(-1);
	const slow = history.find((one) => slowest(one) > PATIENCE);
	const took = last ? slowest(last) : 0;
	return {
		id: 'query',
		title: 'Queries get slow',
		source: 'measured',
		isDue: took > PATIENCE,
		since: slow?.at,
		text:
			took === 0
				? 'Measured in your tab as soon as it runs.'
				: `The slowest of three panels takes ${formatValue(took / 1000, 'seconds')} on this machine.`
	};
}

function memoryBill({ history, memoryLimit }: StoryInput): Bill {
	const series = history.at(-1)?.headSeries ?? 0;
	const { low, high } = serverMemory(series);
	const { maybe } = killedAt(memoryLimit);
	const verdict = memoryVerdict(series, memoryLimit);
	return {
		id: 'memory',
		title: 'The server runs out of memory',
		source: 'computed',
		isDue: verdict !== 'fits',
		since: history.find((one) => one.headSeries >= maybe)?.at,
		text: `A server would take ${formatValue(low, 'bytes')} to ${formatValue(high, 'bytes')} for these series: with ${formatValue(memoryLimit, 'bytes')} it ${verdict}.`
	};
}

function serviceBill({ scrapes }: StoryInput): Bill {
	const share = (scrapes.at(-1)?.duration ?? 0) / SCRAPE_INTERVAL;
	const since = scrapes.find(({ duration }) => duration / SCRAPE_INTERVAL > BUSY)?.at;
	return {
		id: 'service',
		title: 'Your users wait',
		source: 'computed',
		isDue: share > BUSY,
		since,
		text: `The service writes its page ${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % of the time. In CPython no request is served meanwhile: a median of 0.66 ms became 5.9 ms when that was measured.`
	};
}
