import { NO_LABELS } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import type { ChartSeries } from '$lib/charts/series.ts';
import { openLab, type LabState } from '$lib/state/lab.svelte.ts';
import { demo, demoGrid, EDGE, edgeQuery, TRUTH_QUERY } from './edge-demo.ts';

/** One frame of the demonstration: the p95 that Prometheus sees through one bucket edge, and the true one. Seconds. */
export interface EdgeFrame {
	readonly grid: StepGrid;
	readonly measured: Float64Array;
	readonly present: Uint8Array;
	readonly truth: Float64Array;
}

const SPEED = 30;

/** The home page's live lab and the knob in front of it. */
export class EdgeDemo {
	edge = $state<number>(EDGE.start);
	frame = $state.raw<EdgeFrame>() as EdgeFrame;
	readonly lab: LabState = openLab();

	readonly series = $derived<readonly ChartSeries[]>([
		line('truth', 'true p95', this.frame.truth, everywhere(this.frame.truth)),
		line('measured', 'p95 in Prometheus', this.frame.measured, this.frame.present)
	]);
	readonly measuredNow = $derived(lastOf(this.frame.measured, this.frame.present));
	readonly trueNow = $derived(lastOf(this.frame.truth, everywhere(this.frame.truth)));

	#asking = 0;

	constructor(first: EdgeFrame) {
		this.frame = first;
	}

	/** Goes on, in the tab, from where the first frame ends. */
	start(isMoving: boolean): Promise<boolean> {
		return this.lab.begin({ ...demo, speed: isMoving ? SPEED : 0 });
	}

	toggle(): Promise<void> {
		return this.lab.isPaused
			? this.lab.setPace(SPEED).then(() => this.lab.resume())
			: this.lab.pause();
	}

	/** Asks again, for the present moment and edge. Of several answers the latest question's wins. */
	async refresh(): Promise<void> {
		const { lab } = this;
		if (lab.status !== 'running') return;
		const question = ++this.#asking;
		const grid = demoGrid(lab.now);
		const [answer, truths] = await Promise.all([
			lab.api.queryRange({
				query: edgeQuery(this.edge),
				start: String(grid.start / 1000),
				end: String((grid.start + (grid.count - 1) * grid.step) / 1000),
				step: String(grid.step / 1000)
			}),
			lab.truth(TRUTH_QUERY, grid)
		]);
		const measured = answer.status === 'success' ? answer.data.series[0] : undefined;
		const truth = truths?.[0]?.values;
		if (question !== this.#asking || !measured || !truth) return;
		this.frame = { grid, measured: measured.values, present: measured.present, truth };
	}
}

function line(
	role: 'truth' | 'measured',
	name: string,
	values: Float64Array,
	present: Uint8Array
): ChartSeries {
	return { key: role, labels: NO_LABELS, name, values, present, role };
}

function everywhere(values: Float64Array): Uint8Array {
	return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1));
}

function lastOf(values: Float64Array, present: Uint8Array): number | undefined {
	const at = present.lastIndexOf(1);
	return at < 0 ? undefined : values[at];
}
