import { labels, SECOND, type Timestamp } from '#engine/model';
import type { XraySeries } from '$lib/xray/rate/xray-view.svelte.ts';
import { DURATION, type Knobs } from './knobs.ts';

/** When the lab begins; its knobs count from here. */
export const BEGIN: Timestamp = Date.UTC(2026, 0, 5, 9);

export const METRIC = 'events_total';
const LABELS = labels({ __name__: METRIC });

/** A scrape: its number, counted from 1, when it is, and what it sees; undefined when it is lost or there is no series yet. */
export interface Scrape {
	readonly number: number;
	readonly at: number;
	readonly value: number | undefined;
	readonly isLost: boolean;
}

/** All scrapes of the lab, lost ones among them. */
export function scrapesOf(knobs: Knobs): readonly Scrape[] {
	const { interval, phase, lost } = knobs;
	const first = phase % interval;
	const count = Math.floor((DURATION - first) / interval) + 1;
	return Array.from({ length: count }, (_, i) => {
		const at = first + i * interval;
		const isLost = lost.includes(i + 1);
		return { number: i + 1, at, isLost, value: isLost ? undefined : exposed(knobs, at) };
	});
}

/** What really happened up to a moment. */
function eventsUntil({ traffic, eventAt, perSecond }: Knobs, at: number): number {
	if (traffic === 'once') return at >= eventAt ? 1 : 0;
	return Math.floor(perSecond * at);
}

/** What the page of the program says at a moment: a program that was started again knows of nothing before. */
function exposed(knobs: Knobs, at: number): number | undefined {
	const restart = lastRestart(knobs, at);
	const since = eventsUntil(knobs, at) - (restart === undefined ? 0 : eventsUntil(knobs, restart));
	const value = since + (restart === undefined ? knobs.before : 0);
	return knobs.isBorn && value === 0 ? undefined : value;
}

function lastRestart({ restartAt, restartEvery }: Knobs, at: number): number | undefined {
	if (restartAt === 0 || at < restartAt) return undefined;
	if (restartEvery === 0) return restartAt;
	return restartAt + Math.floor((at - restartAt) / restartEvery) * restartEvery;
}

/** What Prometheus has stored of the lab, and what really happened, second by second. */
export function seriesOf(knobs: Knobs): XraySeries {
	const scrapes = scrapesOf(knobs);
	const stored = scrapes.filter(({ value }) => value !== undefined);
	const moments = Array.from({ length: DURATION + 1 }, (_, second) => second);
	return {
		raw: {
			labels: LABELS,
			times: Float64Array.from(stored, ({ at }) => BEGIN + at * SECOND),
			values: Float64Array.from(stored, ({ value }) => value ?? NaN)
		},
		truth: {
			start: BEGIN,
			step: SECOND,
			counts: Float64Array.from(moments, (at) => eventsUntil(knobs, at))
		},
		lost: scrapes.filter(({ isLost }) => isLost).map(({ at }) => BEGIN + at * SECOND)
	};
}
