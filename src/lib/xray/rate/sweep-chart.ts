import { SECOND, type Duration } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import { hasRoomForLabels } from '$lib/charts/frame.ts';
import { MEASURED_STYLE, slotStyle, type SeriesStyle } from '$lib/charts/palette.ts';
import { gridTimes, type ChartSeries } from '$lib/charts/series.ts';
import { queryText, sweep, type Compared } from './ask.ts';
import { truthBetween } from './raw-series.ts';
import type { XrayView } from './xray-view.svelte.ts';

/** About as many steps as the chart has room for. */
const STEPS = 300;

/** What can be drawn beside the rate, since it is per second as well. */
export const DRAWN_BESIDE: readonly Compared[] = ['irate', 'rate anchored', 'rate smoothed'];

/** The look of each function, the same wherever it is drawn. */
export function styleOf(compared: Compared): SeriesStyle {
	return slotStyle(DRAWN_BESIDE.indexOf(compared) * 2);
}

/** The steps of the sweep: whole seconds over the stretch that is drawn. */
export function sweepGrid([start, end]: readonly [number, number]): StepGrid {
	const step: Duration = Math.max(1, Math.ceil((end - start) / STEPS / SECOND)) * SECOND;
	return { start, step, count: Math.floor((end - start) / step) + 1 };
}

/** Of the chart, in pixels. */
export const SWEEP_HEIGHT = 130;

/** The labels that stand at the ends of its lines; none where there is no room for them. */
export function endLabels({ beside, shown }: XrayView, width: number): readonly string[] {
	const names = [...(shown.truth ? ['truth'] : []), 'rate', ...beside];
	return hasRoomForLabels(width, SWEEP_HEIGHT, names.length) ? names : [];
}

/** The rate at each step, what was chosen beside it, and the truth where it is known. */
export function sweepSeries(view: XrayView, grid: StepGrid): readonly ChartSeries[] {
	const lines = (['rate', ...view.beside] as const).map((compared) => lineOf(view, compared, grid));
	const truth = truthLine(view, grid);
	return truth ? [truth, ...lines] : lines;
}

function lineOf(view: XrayView, compared: Compared, grid: StepGrid): ChartSeries {
	const { labels } = view.raw;
	const query = queryText(compared, labels, view.range);
	const end = grid.start + (grid.count - 1) * grid.step;
	const found = sweep(view.store, query, [grid.start, end], grid.step);
	return {
		key: compared,
		labels: [],
		name: compared,
		values: found?.values ?? new Float64Array(grid.count),
		present: found?.present ?? new Uint8Array(grid.count),
		role: 'measured',
		style: compared === 'rate' ? MEASURED_STYLE : styleOf(compared)
	};
}

function truthLine({ shown: { truth }, range }: XrayView, grid: StepGrid): ChartSeries | undefined {
	if (!truth) return undefined;
	const counts = [...gridTimes(grid)].map((at) => truthBetween(truth, at - range, at));
	return {
		key: 'truth',
		labels: [],
		name: 'truth',
		values: Float64Array.from(counts, (count) => (count ?? NaN) / (range / SECOND)),
		present: Uint8Array.from(counts, (count) => Number(count !== undefined)),
		role: 'truth'
	};
}
