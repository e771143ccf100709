import type { InstantResult, StepGrid } from '#engine/promql';
import { formatDuration, labelPairs, labelValue, type Duration, type Labels } from '#engine/model';
import type { LabState } from '$lib/state/lab.svelte.ts';
import { rawSeries, type TruthCount } from './raw-series.ts';
import type { XraySeries, XraySource } from './xray-view.svelte.ts';

const SECOND = 1000;

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
	/** The present of the world when its samples were last asked for. */
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
	 * Asks a lab for all samples and the truth up to its present, at most once in a scrape interval until its time has come to an end. A
	 * lab that is gone leaves what was there.
	 */
	async refresh(lab: LabState): Promise<void> {
		const { start, now } = lab;
		const lived = Math.floor((now - start) / SECOND) * SECOND;
		const isDue = now < this.#asked || now - this.#asked >= PAUSE || lived >= this.length;
		if (start === 0 || lived < SECOND || !isDue) return;
		this.#asked = now;
		const grid = { start, step: SECOND, count: lived / SECOND + 1 };
		const query = `${this.selector}[${formatDuration(lived)}]`;
		const asked = [
			lab.api.query({ query, time: String(now / SECOND) }),
			lab.truth(this.selector, grid)
		] as const;
		const [answer, truth] = await Promise.all(asked).catch(() => []);
		if (answer?.status !== 'success') return;
		this.series = xraySeries(answer.data, truth, grid);
		this.start = start;
		this.now = start + lived;
	}
}
