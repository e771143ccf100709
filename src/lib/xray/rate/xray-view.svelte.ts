import { SECOND, type Duration, type Timestamp } from '#engine/model';
import type { TimeRange } from '$lib/charts/series.ts';
import { COMPARED, explainWindow, queryText, type Compared } from './ask.ts';
import { termsOf, type Layer } from './layers.ts';
import { truthBetween, usualInterval, type RawSeries, type TruthCount } from './raw-series.ts';
import { shareWithValue } from './share.ts';
import { storeOf } from './store.ts';

/** A series to look into, and how much of what it counts there truly was. */
export interface XraySeries {
	readonly raw: RawSeries;
	readonly truth?: TruthCount;
	/** When it was asked for a sample, and there is none. */
	readonly lost?: readonly Timestamp[];
}

/** What is looked at: its series, and the stretch of time that is drawn. */
export interface XraySource {
	readonly series: readonly XraySeries[];
	readonly domain: TimeRange;
	/** The present, beyond which nothing can be asked: what is there was not scraped yet. Without it, the end of the stretch. */
	readonly now?: Timestamp;
}

/** Where the window is put first. `at` is its end, from the start of the stretch. */
interface XrayStart {
	readonly at: Duration;
	readonly range: Duration;
	readonly layer?: Layer;
	/** Which of the series. */
	readonly chosen?: number;
}

const EMPTY: RawSeries = {
	labels: ['__name__', 'none'],
	times: new Float64Array(),
	values: new Float64Array()
};

/** A window over the samples of one series, and what the engine says of it. Ends and lengths are whole seconds. */
export class XrayView {
	layer = $state<Layer>(1);
	/** Drawn beside the rate as the window moves. */
	beside = $state.raw<readonly Compared[]>([]);
	#chosen = $state(0);
	/** From the start of the stretch to the end of the window, ms. */
	#offset = $state(0);
	#range = $state(0);
	readonly #source: () => XraySource;

	readonly domain: TimeRange = $derived.by(() => this.#source().domain);
	readonly series = $derived.by(() => this.#source().series);
	/** The latest end of a window. */
	readonly latest: Timestamp = $derived.by(() =>
		Math.min(this.domain[1], this.#source().now ?? this.domain[1])
	);
	readonly chosen = $derived(Math.max(0, Math.min(this.#chosen, this.series.length - 1)));
	readonly shown: XraySeries = $derived(this.series[this.chosen] ?? { raw: EMPTY });
	readonly raw = $derived(this.shown.raw);
	readonly store = $derived(storeOf(this.raw));
	readonly interval = $derived(usualInterval(this.raw));

	readonly range: Duration = $derived(limit(this.#range, SECOND, this.longest));
	readonly at: Timestamp = $derived(Math.min(this.domain[0] + this.#offset, this.latest));
	readonly query = $derived(queryText('rate', this.raw.labels, this.range));
	readonly detail = $derived(explainWindow(this.store, this.query, this.at));
	readonly terms = $derived(termsOf(this.detail));
	readonly value = $derived(this.detail?.result?.value);
	readonly truth = $derived(truthBetween(this.shown.truth, this.at - this.range, this.at));
	readonly truthPerSecond = $derived(
		this.truth === undefined ? undefined : this.truth / (this.range / SECOND)
	);
	readonly share = $derived(shareWithValue(this.store, this.query, this.raw));
	readonly compared = $derived(
		COMPARED.map((compared) => {
			const query = queryText(compared, this.raw.labels, this.range);
			return { compared, value: explainWindow(this.store, query, this.at)?.result?.value };
		})
	);

	constructor(source: () => XraySource, { at, range, layer = 1, chosen = 0 }: XrayStart) {
		this.#source = source;
		this.#offset = at;
		this.#range = range;
		this.#chosen = chosen;
		this.layer = layer;
	}

	/** The longest window: all of the stretch. */
	get longest(): Duration {
		return this.domain[1] - this.domain[0];
	}

	/** Has the window end there. */
	moveTo(at: Timestamp): void {
		this.#offset = limit(snap(at - this.domain[0]), 0, this.latest - this.domain[0]);
	}

	/** Makes the window this long; its end stays. */
	widen(range: Duration): void {
		this.#range = limit(snap(range), SECOND, this.longest);
	}

	choose(index: number): void {
		this.#chosen = index;
	}
}

function snap(time: number): number {
	return Math.round(time / SECOND) * SECOND;
}

function limit(value: number, least: number, most: number): number {
	return Math.max(least, Math.min(most, value));
}
