import type { Duration, Timestamp } from '#engine/model';
import type { Unit } from '$lib/charts/numbers.ts';
import type { Forecast } from './forecast.ts';
import type { Limits } from './limits.ts';
import type { Moment } from './moment.ts';
import type { Scrape } from './scrapes.ts';
import { serverMemory } from './server.ts';
import { PATIENCE } from './story.ts';

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
	readonly id: string;
	readonly title: string;
	/** Under the title: what it is, and whose. */
	readonly note: string;
	readonly unit: Unit;
	readonly lines: readonly ChartLine[];
	/** A value that must not be passed, drawn where it is near. */
	readonly threshold?: { readonly value: number; readonly label: string };
	/** Computed, so it is outlined. */
	readonly band?: { readonly label: string; readonly points: readonly BandPoint[] };
	/** Beyond what the tab holds: hatched. */
	readonly ahead?: { readonly line: readonly ChartPoint[]; readonly band: readonly BandPoint[] };
}

export interface ChartInput {
	readonly history: readonly Moment[];
	readonly scrapes: readonly Scrape[];
	readonly limits: Limits;
	readonly memoryLimit: number;
	readonly forecast: Forecast | undefined;
}

/** The five bills as charts. */
export function chartSpecs(input: ChartInput): readonly ChartSpec[] {
	return [
		seriesChart(input),
		pageChart(input),
		scrapeChart(input),
		memoryChart(input),
		queryChart(input)
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

function seriesChart({ history, forecast }: ChartInput): ChartSpec {
	return {
		id: 'series',
		title: 'Series',
		note: 'in the head, and those of them that live',
		unit: 'number',
		lines: [
			line('head', history, ({ headSeries }) => headSeries),
			line('live', history, ({ liveSeries }) => liveSeries)
		],
		ahead: aheadOf(forecast, ({ series }) => series)
	};
}

/** Where the scrape nearest before a moment failed, Prometheus has got no page. */
function isUpAt(scrapes: readonly Scrape[], at: Timestamp): boolean {
	return scrapes.findLast((scrape) => scrape.at <= at)?.isUp ?? true;
}

function pageChart({ history, scrapes, forecast }: ChartInput): ChartSpec {
	return {
		id: 'page',
		title: '/metrics',
		note: 'bytes of one page',
		unit: 'bytes',
		lines: [
			line('page', history, ({ at, pageBytes }) => (isUpAt(scrapes, at) ? pageBytes : undefined))
		],
		ahead: aheadOf(forecast, ({ pageBytes }) => pageBytes)
	};
}

function scrapeChart({ history, scrapes, limits, forecast }: ChartInput): ChartSpec {
	const wall = ({ render, store }: Moment) =>
		render === undefined && store === undefined ? undefined : ((render ?? 0) + (store ?? 0)) / 1000;
	return {
		id: 'scrape',
		title: 'Scrape',
		note: 'virtual: 1 MB of page a second; dotted: this tab itself',
		unit: 'seconds',
		lines: [
			{
				label: 'scrape',
				points: scrapes.map(({ at, isUp, duration }) => [at, isUp ? duration : undefined])
			},
			line('this tab', history, wall)
		],
		threshold: { value: limits.timeout, label: `scrape_timeout ${limits.timeout} s` },
		ahead: aheadOf(forecast, ({ duration }) => duration)
	};
}

function memoryChart({ history, memoryLimit, forecast }: ChartInput): ChartSpec {
	const bandAt = (at: Timestamp, series: number): BandPoint => ({ at, ...serverMemory(series) });
	const ahead = forecast && [forecast.from, forecast.to];
	return {
		id: 'memory',
		title: 'Memory',
		note: 'this tab’s head, counted; and a server, 2 to 8 kB a series',
		unit: 'bytes',
		lines: [line('head of this tab', history, ({ headBytes }) => headBytes)],
		threshold: { value: memoryLimit, label: 'the server’s limit' },
		band: {
			label: 'a server',
			points: history.map(({ at, headSeries }) => bandAt(at, headSeries))
		},
		ahead: ahead && { line: [], band: ahead.map(({ at, series }) => bandAt(at, series)) }
	};
}

function queryChart({ history }: ChartInput): ChartSpec {
	const seconds = (ms: Duration | undefined) => (ms === undefined ? undefined : ms / 1000);
	return {
		id: 'query',
		title: 'Query',
		note: 'three panels of 60 steps, on this machine',
		unit: 'seconds',
		lines: ['rate of all', 'by status', 'top 5 endpoints'].map((label, i) =>
			line(label, history, ({ queries }) => seconds(queries[i]))
		),
		threshold: { value: PATIENCE / 1000, label: 'one second' }
	};
}
