import type { TruthSeries } from '#engine/lab';
import { labelsKey, NO_LABELS, type Duration, type Timestamp } from '#engine/model';
import type { RangeResult, StepGrid } from '#engine/promql';
import type { SeriesStyle } from '$lib/charts/palette.ts';
import type { ChartSeries, TimeRange } from '$lib/charts/series.ts';

/** What Prometheus answered, as a chart draws it. */
export function measuredSeries({ series }: RangeResult): ChartSeries[] {
	return series.map(({ labels, values, present }) => ({
		key: `measured ${labelsKey(labels)}`,
		labels,
		name: '',
		values,
		present,
		role: 'measured'
	}));
}

/** What really happened, as a chart draws it. */
export function truthSeries(truth: readonly TruthSeries[]): ChartSeries[] {
	return truth.map(({ labels, values }) => ({
		key: `truth ${labelsKey(labels)}`,
		labels,
		name: 'truth',
		values,
		present: Uint8Array.from(values, (value) => Number(!Number.isNaN(value))),
		role: 'truth'
	}));
}

/**
 * What a learner expects of a line: that from one moment to another, counted from the world's start, it rises `slope`
 * times as fast as before.
 */
export interface ExpectedTurn {
	readonly kind: 'turn';
	readonly from: Duration;
	readonly to: Duration;
	readonly slope: number;
}

/** That a line comes to this height between two moments, counted from the world's start. */
export interface ExpectedLevel {
	readonly kind: 'level';
	readonly from: Duration;
	readonly to: Duration;
	readonly level: number;
}

export type Expected = ExpectedTurn | ExpectedLevel;

const PREDICTION_STYLE: SeriesStyle = { color: '--ink-soft', dash: [2, 4], width: 2 };

/** How long before the turn its steepness is taken, ms. */
const LEAD = 120_000;

/**
 * The line as the learner expects it, over a stretch that begins with the world: as steep as it was before the turn, then
 * as expected, then as before. Undefined while too little of the line is there to go on from.
 */
export function predictedSeries(
	line: ChartSeries,
	grid: StepGrid,
	turn: ExpectedTurn,
	[start, end]: TimeRange
): ChartSeries | undefined {
	const [from, to] = [start + turn.from, start + turn.to];
	const known = knownPoints(line, grid).filter(([at]) => at <= from);
	const last = known.at(-1);
	const first = known.find(([at]) => last !== undefined && at >= last[0] - LEAD);
	if (!first || !last || first === last) return undefined;
	const steepness = (last[1] - first[1]) / (last[0] - first[0]);
	const before = last[1] + steepness * (from - last[0]);
	const after = before + steepness * turn.slope * (to - from);
	return prediction([from, to, end], [before, after, after + steepness * (end - to)]);
}

/** The height that the learner expects, as a mark over the stretch that it is about. */
export function levelSeries({ from, to, level }: ExpectedLevel, start: Timestamp): ChartSeries {
	return prediction([start + from, start + to], [level, level]);
}

function prediction(times: readonly Timestamp[], values: readonly number[]): ChartSeries {
	return {
		key: 'prediction',
		labels: NO_LABELS,
		name: 'your prediction',
		times: Float64Array.from(times),
		values: Float64Array.from(values),
		present: Uint8Array.from(times, () => 1),
		role: 'truth',
		style: PREDICTION_STYLE
	};
}

function knownPoints(line: ChartSeries, grid: StepGrid): [Timestamp, number][] {
	const points: [Timestamp, number][] = [];
	line.values.forEach((value, i) => {
		if (line.present[i] === 1) points.push([line.times?.[i] ?? grid.start + i * grid.step, value]);
	});
	return points;
}
