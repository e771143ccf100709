import type { Timestamp } from '#engine/model';
import type { Unit } from '$lib/charts/numbers.ts';
import type { Forecast } from './forecast.ts';
import type { CodeLanguage } from '#workers/protocol';
import { waits } from './comb.ts';
import type { Knobs } from './knobs.ts';
import type { Moment } from './moment.ts';
import type { Scrape } from './scrapes.ts';
import { serverMemory } from './server.ts';
import { dashboardTime, type BillId } from './story.ts';

/** A value at a moment; undefined where there is none, and the line has a gap. */
export type ChartPoint = readonly [at: Timestamp, value: number | undefined];

/** One line of a small chart. The first of a chart is the bill itself; others stand beside it. */
export interface ChartLine {
	readonly label: string;
	readonly points: readonly ChartPoint[];
}

export interface BandPoint {
	readonly at: Timestamp;
	readonly low: number;
	readonly high: number;
}

/** One of the five small charts on their common time axis. */
export interface ChartSpec {
	readonly id: BillId;
	readonly title: string;
	/** What it is, and whose. */
	readonly note: string;
	readonly unit: Unit;
	readonly lines: readonly ChartLine[];
	/** A value that must not be passed, drawn where it is near. */
	readonly threshold?: { readonly value: number; readonly label: string };
	/** Computed, so it is outlined. */
	readonly band?: { readonly label: string; readonly points: readonly BandPoint[] };
	/** Computed as well: an outline that ends where it begins, on the ground. */
	readonly outline?: ChartLine;
	/** What really was, which nothing but the lab knows. */
	readonly truth?: ChartLine;
	/** Beyond what the tab holds: hatched. */
	readonly ahead?: { readonly line: readonly ChartPoint[]; readonly band: readonly BandPoint[] };
}

export interface ChartInput {
	readonly history: readonly Moment[];
	readonly scrapes: readonly Scrape[];
	readonly knobs: Knobs;
	/** Of the program that runs: how a page that is written gets in the way of requests depends on it. */
	readonly language: CodeLanguage;
	readonly forecast: Forecast | undefined;
}

/** The five bills as charts, and what the users pay. */
export function chartSpecs(input: ChartInput): readonly ChartSpec[] {
	return [
		seriesChart(input),
		pageChart(input),
		scrapeChart(input),
		memoryChart(input),
		queryChart(input),
		serviceChart(input)
	];
}

function line(
	label: string,
	history: readonly Moment[],
	value: (moment: Moment) => number | undefined
): ChartLine {
	return { label, points: history.map((moment) => [moment.at, value(moment)]) };
}

function aheadOf(
	forecast: Forecast | undefined,
	value: (end: Forecast['from']) => number
): ChartSpec['ahead'] {
	if (!forecast) return undefined;
	const ends = [forecast.from, forecast.to];
	return { line: ends.map((end) => [end.at, value(end)]), band: [] };
}

function seriesChart({ history, knobs, forecast }: ChartInput): ChartSpec {
	return {
		id: 'limit',
		title: 'Series',
		note: 'in the head, and those of them that live',
		unit: 'number',
		lines: [
			line('head', history, ({ headSeries }) => headSeries),
			line('live', history, ({ liveSeries }) => liveSeries)
		],
		...(knobs.sampleLimit > 0 && {
			threshold: {
				value: knobs.sampleLimit * knobs.instances,
				label: `sample_limit ${knobs.sampleLimit.toLocaleString('en')}${knobs.instances > 1 ? ` × ${knobs.instances}` : ''}`
			}
		}),
		ahead: aheadOf(forecast, ({ series }) => series)
	};
}

/** Where the scrape nearest before a moment failed, Prometheus has got no page. */
function isUpAt(scrapes: readonly Scrape[], at: Timestamp): boolean {
	return scrapes.findLast((scrape) => scrape.at <= at)?.isUp ?? true;
}

function pageChart({ history, scrapes, knobs, forecast }: ChartInput): ChartSpec {
	return {
		id: 'page',
		title: '/metrics',
		note: 'bytes of all pages of a round',
		unit: 'bytes',
		lines: [
			line('page', history, ({ at, pageBytes }) => (isUpAt(scrapes, at) ? pageBytes : undefined))
		],
		...(knobs.bodySizeLimit > 0 && {
			threshold: {
				value: knobs.bodySizeLimit * knobs.instances,
				label: `body_size_limit${knobs.instances > 1 ? ` × ${knobs.instances}` : ''}`
			}
		}),
		ahead: aheadOf(forecast, ({ pageBytes }) => pageBytes)
	};
}

function scrapeChart({ history, scrapes, knobs, forecast }: ChartInput): ChartSpec {
	const wall = ({ render, store }: Moment) =>
		render === undefined && store === undefined ? undefined : ((render ?? 0) + (store ?? 0)) / 1000;
	return {
		id: 'timeout',
		title: 'Scrape',
		note: `virtual time, at ${knobs.pageRate / 1e6} MB of page a second; dotted: this tab itself`,
		unit: 'seconds',
		lines: [
			{
				label: 'scrape',
				points: scrapes.map(({ at, isUp, duration }) => [at, isUp ? duration : undefined])
			},
			line('this tab', history, wall)
		],
		threshold: { value: knobs.timeout, label: `scrape_timeout ${knobs.timeout} s` },
		ahead: aheadOf(forecast, ({ duration }) => duration)
	};
}

function memoryChart({ history, knobs, forecast }: ChartInput): ChartSpec {
	const bandAt = (at: Timestamp, series: number): BandPoint => ({ at, ...serverMemory(series) });
	const ahead = forecast && [forecast.from, forecast.to];
	return {
		id: 'memory',
		title: 'Memory',
		note: 'this tab’s head, counted; and a server, 2 to 8 kB a series',
		unit: 'bytes',
		lines: [line('this tab', history, ({ headBytes }) => headBytes)],
		threshold: { value: knobs.memoryLimit, label: 'the server’s limit' },
		band: {
			label: 'a server',
			points: history.map(({ at, headSeries }) => bandAt(at, headSeries))
		},
		ahead: ahead && { line: [], band: ahead.map(({ at, series }) => bandAt(at, series)) }
	};
}

function queryChart({ history, knobs: { refresh } }: ChartInput): ChartSpec {
	return {
		id: 'query',
		title: 'Queries',
		note: 'three panels of 60 steps together, on this machine',
		unit: 'seconds',
		lines: [
			line('dashboard', history, (moment) =>
				moment.queries.length > 0 ? dashboardTime(moment) / 1000 : undefined
			)
		],
		threshold: { value: refresh, label: `asked again after ${refresh} s` }
	};
}

function serviceChart({ history, scrapes, language }: ChartInput): ChartSpec {
	const median = history.at(-1)?.median ?? 0;
	return {
		id: 'service',
		title: 'Your users',
		note: 'how long a request takes, by when it comes: median, and with the page in its way',
		unit: 'seconds',
		lines: [],
		truth: line('median', history, (moment) => moment.median),
		outline: {
			label: 'in the way of a page',
			points: waits(scrapes, language).map(([at, wait = 0]) => [at, wait + median])
		}
	};
}
