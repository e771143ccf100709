import { MINUTE, SECOND, type Timestamp } from '#engine/model';
import type { LabState } from '$lib/state/lab.svelte.ts';
import type { LabApi, StoreStatus } from '#workers/protocol';
import { groupsQuery, readGroups, readNumber, TOTAL_QUERY, type SeriesGroup } from './groups.ts';
import type { Moment } from './moment.ts';
import { judge, QUESTIONS, type Answer } from './questions.ts';
import { readScrapes, scrapesQuery, type Scrape } from './scrapes.ts';
import { lineOf, type Cell, type PageLine } from './series-line.ts';

/** The part of a lab that answers: the same in the tab and where the page is built. */
export type Askable = Pick<LabApi, 'query' | 'storeStatus' | 'bills' | 'truth'>;

/** The lab of a page, for whoever asks. */
export function askableOf(lab: LabState): Askable {
	return {
		query: lab.api.query,
		storeStatus: () => lab.storeStatus(),
		bills: (queries, window) => lab.bills(queries, window),
		truth: (query, grid) => lab.truth(query, grid)
	};
}

/** All that the page shows of one moment. */
export interface Findings {
	readonly status: StoreStatus;
	readonly moment: Moment;
	readonly scrapes: readonly Scrape[];
	readonly groups: readonly SeriesGroup[];
	readonly answers: readonly Answer[];
}

/** The panels whose time is measured: what any dashboard of this service shows. */
export const PANELS = [
	'sum(rate(http_requests_total[5m]))',
	'sum by (status) (rate(http_requests_total[5m]))',
	'topk(5, sum by (endpoint) (rate(http_requests_total[5m])))'
] as const;

/** How many series Prometheus sees now. */
const LIVE_QUERY = 'count({__name__=~".+"})';

const MEDIAN =
	'histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))';

/** What a chart of the panels looks back on. */
const WINDOW = 15 * MINUTE;

export interface Wish {
	/** When the world began, and where it is. */
	readonly start: Timestamp;
	readonly now: Timestamp;
	/**
	 * The moment that all counts and answers are of; without it, when each is asked. The world goes on while it is asked, so that moments differ:
	 * the last scrape's does not.
	 */
	readonly at?: Timestamp | undefined;
	/** How many instances are scraped in a round. */
	readonly instances: number;
	/** The label by which series are grouped. */
	readonly groupedBy: string;
	/** What the service has written, the newest last. */
	readonly log: readonly string[];
}

export async function askScrapes(
	lab: Askable,
	{ start, now, instances }: Wish
): Promise<readonly Scrape[]> {
	const query = scrapesQuery((now - start) / SECOND);
	return readScrapes(await lab.query({ query }), instances);
}

/** Asks for everything but the scrapes. It takes the lab's thread as long as queries over all series take. */
export async function askAll(lab: Askable, wish: Wish): Promise<Omit<Findings, 'scrapes'>> {
	const status = await lab.storeStatus();
	const liveSeries = readNumber(await lab.query({ query: LIVE_QUERY, ...timeOf(wish) }));
	const { at, pageBytes, gzip, render, store, queries } = await lab.bills(PANELS, WINDOW);
	const { numSeries: headSeries, bytes: headBytes } = status;
	const times = queries.map(({ took }) => took);
	const median = await truthAt(lab, MEDIAN, wish.now);
	return {
		status,
		moment: {
			...{ at, headSeries, liveSeries, headBytes, pageBytes, render, store },
			queries: times,
			...(gzip && { gzip }),
			...(median !== undefined && { median })
		},
		groups: await askGroups(lab, wish),
		answers: await askQuestions(lab, wish)
	};
}

export async function askGroups(
	lab: Askable,
	wish: Pick<Wish, 'groupedBy' | 'at'>
): Promise<readonly SeriesGroup[]> {
	const { groupedBy } = wish;
	const time = timeOf(wish);
	const total = readNumber(await lab.query({ query: TOTAL_QUERY, ...time }));
	return readGroups(await lab.query({ query: groupsQuery(groupedBy), ...time }), total, groupedBy);
}

/** The moment as the query API takes it. */
function timeOf({ at }: Pick<Wish, 'at'>): { readonly time?: string } {
	return at === undefined ? {} : { time: String(at / SECOND) };
}

async function askQuestions(lab: Askable, wish: Wish): Promise<readonly Answer[]> {
	const answers: Answer[] = [];
	for (const question of QUESTIONS) {
		const answer = judge(
			question,
			await lab.query({ query: question.query, ...timeOf(wish) }),
			wish.log
		);
		const truth = question.hasTruth && (await truthAt(lab, question.query, wish.now));
		answers.push(typeof truth === 'number' ? { ...answer, truth } : answer);
	}
	return answers;
}

async function truthAt(lab: Askable, query: string, now: Timestamp): Promise<number | undefined> {
	const [series] = (await lab.truth(query, { start: now, step: MINUTE, count: 1 })) ?? [];
	const value = series?.values[0];
	return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** The line of /metrics that a cell of the map stands for, on the pages as they were scraped last. */
export async function askLine(lab: LabState, cell: Cell): Promise<PageLine | undefined> {
	const pages = lab.instances.map(async ({ name }) => ({
		instance: name,
		text: (await lab.metricsPage(name)) ?? ''
	}));
	return lineOf(await Promise.all(pages), cell);
}
