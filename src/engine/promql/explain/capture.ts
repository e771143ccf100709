import type { FloatHistogram, Labels, Timestamp } from '#engine/model';
import type { Expr } from '../ast.ts';
import { stepTime, type VectorSeries } from '../evaluation.ts';
import type { Probe } from '../probe.ts';
import { unknownResets, type WindowedSeries } from '../range-vector.ts';
import type { StepGrid } from '../value.ts';
import { windowEnd } from '../window.ts';
import type { Member } from './detail.ts';

/** What the nodes of an evaluation gave at one step: the last one of the grid that each is evaluated on. */
export interface Capture {
	/** The steps that each node was evaluated at. */
	readonly grids: ReadonlyMap<Expr, StepGrid>;
	readonly vectors: ReadonlyMap<Expr, CapturedVector>;
	readonly scalars: ReadonlyMap<Expr, number>;
	readonly windows: ReadonlyMap<Expr, CapturedWindows>;
}

export interface CapturedVector {
	/** The steps it was evaluated at; the series are those of the last one, at `time`. */
	readonly grid: StepGrid;
	readonly time: Timestamp;
	readonly series: Member[];
}

export interface CapturedWindows {
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
	/** Copies, since the arrays are used again; not of all series when they are many. */
	readonly windows: CapturedWindow[];
	/** How many series have samples there, and how many of them only one. */
	filled: number;
	single: number;
}

/** The samples of one series in the window of one step. */
export interface CapturedWindow {
	readonly labels: Labels;
	readonly times: Float64Array;
	readonly values: Float64Array;
	readonly histograms?: readonly (FloatHistogram | undefined)[];
	readonly startTimes?: Float64Array;
}

/** A probe that keeps what each node gives at its last step; `keepWindow` chooses the windows that are copied. */
export function createCapture(keepWindow: (labels: Labels, count: number) => boolean) {
	const grids = new Map<Expr, StepGrid>();
	const vectors = new Map<Expr, CapturedVector>();
	const scalars = new Map<Expr, number>();
	const windows = new Map<Expr, CapturedWindows>();
	const probe: Probe = {
		vector(expr, grid, emit, run) {
			grids.set(expr, grid);
			const step = grid.count - 1;
			const series: Member[] = [];
			vectors.set(expr, { grid, time: stepTime(grid, step), series });
			run((one) => {
				if (one.present[step] === 1) series.push(memberAt(one, step));
				emit(one);
			});
		},
		scalar(expr, grid, run) {
			grids.set(expr, grid);
			const values = run();
			scalars.set(expr, values[values.length - 1] as number);
			return values;
		},
		windows(expr, shape, visit, run) {
			grids.set(expr, shape.grid);
			const end = windowEnd(shape, shape.grid.count - 1);
			const kept: CapturedWindow[] = [];
			const captured = { windowStart: end - shape.range, windowEnd: end, windows: kept };
			const counted: CapturedWindows = { ...captured, filled: 0, single: 0 };
			windows.set(expr, counted);
			run((series) => {
				const size = lastWindowSize(series);
				if (size > 0) counted.filled++;
				if (size === 1) counted.single++;
				if (keepWindow(series.labels, kept.length)) kept.push(lastWindow(series, expr.kind));
				visit(series);
			});
		}
	};
	const capture: Capture = { grids, vectors, scalars, windows };
	return { capture, probe };
}

function memberAt({ labels, values, histograms }: VectorSeries, step: number): Member {
	const histogram = histograms?.[step];
	return { labels, value: values[step] as number, ...(histogram ? { histogram } : {}) };
}

function lastWindowSize({ plan: { lo, hi } }: WindowedSeries): number {
	return (hi[hi.length - 1] as number) - (lo[lo.length - 1] as number);
}

function lastWindow(series: WindowedSeries, source: 'matrix' | 'subquery'): CapturedWindow {
	const { labels, times, values, histograms, startTimes, plan } = series;
	const from = plan.lo[plan.lo.length - 1] as number;
	const to = plan.hi[plan.hi.length - 1] as number;
	const held = histograms?.slice(from, to);
	return {
		labels,
		times: times.slice(from, to),
		values: values.slice(from, to),
		histograms: source === 'subquery' && held ? unknownResets(held) : held,
		startTimes: startTimes?.slice(from, to)
	};
}
