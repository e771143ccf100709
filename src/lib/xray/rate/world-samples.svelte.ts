import type { InstantResult, StepGrid } from '#engine/promql';
import {
	formatDuration,
	labelPairs,
	labelValue,
	SECOND,
	type Duration,
	type Labels,
	type Timestamp
} from '#engine/model';
import { unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import { rawSeries, type TruthCount } from './raw-series.ts';
import type { XraySeries, XraySource } from './xray-view.svelte.ts';

/** Between two questions while a world plays, ms of its time. */
const PAUSE = 15 * SECOND;

/** What a lab knows to have happened, by labels: as `LabApi.truth` gives it. */
interface Counted {
	readonly labels: Labels;
	readonly values: Float64Array;
}

/** The series of a range selector's answer, each with what it truly counted where that is known. */
export function xraySeries(
	result: InstantResult,
	truth: readonly Counted[] = [],
	{ start, step }: Pick<StepGrid, 'start' | 'step'> = { start: 0, step: SECOND }
): XraySeries[] {
	if (result.type !== 'matrix') return [];
	return result.series.map((columns) => {
		const found = truth.find(({ labels }) => isPartOf(labels, columns.labels));
		const count: TruthCount | undefined = found && { start, step, counts: found.values };
		return { raw: rawSeries(columns), ...(count && { truth: count }) };
	});
}

/** The truth knows nothing of what scraping adds, such as the instance of a service that has only one. */
function isPartOf(some: Labels, all: Labels): boolean {
	return [...labelPairs(some)].every(([name, value]) => labelValue(all, name) === value);
}

/** The samples that a world has stored for a selector since it began, as they were when they were last asked for. */
export class WorldSamples {
	series = $state.raw<readonly XraySeries[]>([]);
	/** When the world began; 0 before it has. */
	start = $state.raw(0);
	/** Its present when it was last asked, in whole seconds of its time. */
	now = $state.raw(0);
	readonly selector: string;
	/** Which of the lab's worlds was last asked for its samples, and its present then. */
	#world = 0;
	#asked = 0;
	/** How much of the world's time is drawn. */
	readonly length: Duration;

	constructor(selector: string, length: Duration) {
		this.selector = selector;
		this.length = length;
	}

	readonly source: XraySource = $derived.by(() => ({
		series: this.series,
		now: this.now,
		domain: [this.start, this.start + this.length]
	}));

	/**
	 * Asks a lab for all samples and the truth up to its present, at most once in a scrape interval until its time has come to an end;
	 * a world that began since, at once. A lab that is gone leaves what was there.
	 */
	async refresh(lab: LabState): Promise<void> {
		const { begun, start, now } = lab;
		const lived = Math.floor((now - start) / SECOND) * SECOND;
		const isAnother = begun !== this.#world;
		if (start === 0 || lived < SECOND) {
			if (isAnother) this.#forget();
			return;
		}
		// The page's clock lags behind: it may have been that of the world before.
		const wentBack = now < this.#asked;
		const isDue = isAnother || wentBack || now - this.#asked >= PAUSE || lived >= this.length;
		if (!isDue) return;
		this.#world = begun;
		this.#asked = now;
		const grid = { start, step: SECOND, count: lived / SECOND + 1 };
		const series = await unlessGone(() => this.#ask(lab, now, grid));
		if (!series) return;
		this.series = series;
		this.start = start;
		this.now = start + lived;
	}

	/** Until a world has lived there is nothing of it to see, and what is left of the one before would be taken for its own. */
	#forget(): void {
		this.series = [];
		this.start = 0;
		this.now = 0;
	}

	async #ask(lab: LabState, now: Timestamp, grid: StepGrid): Promise<XraySeries[] | undefined> {
		const query = `${this.selector}[${formatDuration((grid.count - 1) * grid.step)}]`;
		const [answer, truth] = await Promise.all([
			lab.api.query({ query, time: String(now / SECOND) }),
			lab.truth(this.selector, grid)
		]);
		return answer.status === 'success' ? xraySeries(answer.data, truth, grid) : undefined;
	}
}
