import type { FloatHistogram, Labels, SeriesColumns, Timestamp } from '#engine/model';
import { stepTime, type VectorSeries } from '../evaluation.ts';
import type { WindowedSeries } from '../range-vector.ts';
import { countPresent } from '../step-buffers.ts';
import type { StepGrid } from '../value.ts';
import type { ExplainLimits, LabelCount, SampledSeries } from './explanation.ts';

/** What is written down about one node while it is evaluated. Copies what it keeps: arrays belong to whoever receives them. */
export class NodeRecord {
	readonly grid: StepGrid;
	series = 0;
	points = 0;
	/** Series that the store gave, and rows in them. */
	selected = 0;
	samplesRead = 0;
	ownTime = 0;
	/** The last step with a value, -1 without one. */
	lastStep = -1;
	readonly sample: SampledSeries[] = [];
	readonly #labelValues = new Map<string, Set<string>>();
	readonly #limits: ExplainLimits;

	constructor(grid: StepGrid, limits: ExplainLimits) {
		this.grid = grid;
		this.#limits = limits;
	}

	addSeries(series: VectorSeries): void {
		const { labels, values, present, histograms } = series;
		const points = countPresent(present);
		this.#countSeries(labels, points);
		this.lastStep = Math.max(this.lastStep, present.lastIndexOf(1));
		if (this.sample.length >= this.#limits.series) return;
		const steps = thinned(points, this.#limits.points);
		const rows = presentRows(present);
		this.sample.push({
			labels,
			...pick(
				steps.map((k) => rows[k] as number),
				(i) => stepTime(this.grid, i),
				values,
				histograms
			),
			points
		});
	}

	addScalar(values: Float64Array): void {
		this.addSeries({
			labels: [],
			values,
			present: new Uint8Array(values.length).fill(1),
			dropName: false
		});
	}

	/** A series of a range vector; its points are the samples in all its windows, its sample the rows that any window holds. */
	addWindows({ labels, times, values, histograms, plan }: WindowedSeries): void {
		let points = 0;
		for (let i = 0; i < plan.lo.length; i++) {
			const size = (plan.hi[i] as number) - (plan.lo[i] as number);
			points += size;
			if (size > 0) this.lastStep = Math.max(this.lastStep, i);
		}
		this.#countSeries(labels, points);
		if (this.sample.length >= this.#limits.series) return;
		const first = plan.lo[0] as number;
		const rows = (plan.hi[plan.hi.length - 1] as number) - first;
		const picked = thinned(rows, this.#limits.points).map((k) => first + k);
		this.sample.push({
			labels,
			...pick(picked, (row) => times[row] as number, values, histograms),
			points: rows
		});
	}

	/** Notes what the store gave. */
	addReads(found: readonly SeriesColumns[]): void {
		this.selected += found.length;
		for (const { start, end } of found) this.samplesRead += end - start;
	}

	labelCounts(): LabelCount[] {
		return [...this.#labelValues].map(([name, values]) => ({ name, values: values.size }));
	}

	#countSeries(labels: Labels, points: number): void {
		this.series++;
		this.points += points;
		for (let i = 0; i < labels.length; i += 2) {
			const name = labels[i] as string;
			let values = this.#labelValues.get(name);
			if (!values) this.#labelValues.set(name, (values = new Set()));
			values.add(labels[i + 1] as string);
		}
	}
}

/** Up to `limit` of the numbers 0 … count - 1, evenly spread, the first and the last among them. */
function thinned(count: number, limit: number): number[] {
	if (count <= limit) return Array.from({ length: count }, (_, i) => i);
	return Array.from({ length: limit }, (_, i) => Math.round((i * (count - 1)) / (limit - 1)));
}

function presentRows(present: Uint8Array): number[] {
	const rows: number[] = [];
	for (let i = 0; i < present.length; i++) if (present[i] !== 0) rows.push(i);
	return rows;
}

function pick(
	rows: readonly number[],
	timeOf: (row: number) => Timestamp,
	values: Float64Array,
	histograms: readonly (FloatHistogram | undefined)[] | undefined
): Pick<SampledSeries, 'times' | 'values' | 'histograms'> {
	return {
		times: rows.map(timeOf),
		values: rows.map((row) => values[row] as number),
		...(histograms ? { histograms: rows.map((row) => histograms[row]) } : {})
	};
}
