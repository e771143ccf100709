import { compareText, labelsKey, METRIC_NAME, withoutLabels, type Labels } from '#engine/model';
import { duplicateOf, type ExposedSeries } from '../exposed-series.ts';
import { BUCKET_LABEL } from './classic-series.ts';
import type { ClassicGroup } from './group.ts';

/** So many times a page may change without a series before the series is forgotten. */
const LONGEST_ABSENCE = 10;

interface Remembered {
	readonly series: ExposedSeries;
	readonly lastSeen: number;
}

/** The series of a target's converted histograms: one object for each, as long as it keeps coming. */
export class HistogramSeries {
	readonly #known = new Map<string, Remembered>();
	#version = 0;

	/** The page has changed: what has been absent for long is forgotten. */
	change(): void {
		this.#version++;
		for (const [key, { lastSeen }] of this.#known) {
			if (this.#version - lastSeen > LONGEST_ABSENCE) this.#known.delete(key);
		}
	}

	/** The series of a group's histogram. */
	of({ first, name }: ClassicGroup): ExposedSeries {
		const labels = histogramLabels(first.labels, name);
		const key = labelsKey(labels);
		const series = this.#known.get(key)?.series ?? {
			name,
			labels,
			duplicateLabel: duplicateOf(labels)
		};
		this.#known.set(key, { series, lastSeen: this.#version });
		return series;
	}
}

/** The labels of a histogram whose series have those: the family's name, and no bound (convertnhcb, GetHistogramMetricBase). */
function histogramLabels(labels: Labels, name: string): Labels {
	if (name === '') return withoutLabels(labels, [BUCKET_LABEL, METRIC_NAME]);
	const kept = [...withoutLabels(labels, [BUCKET_LABEL])];
	const at = kept.findIndex((label, i) => i % 2 === 0 && compareText(label, METRIC_NAME) >= 0);
	const isThere = kept[at] === METRIC_NAME;
	kept.splice(at < 0 ? kept.length : at, isThere ? 2 : 0, METRIC_NAME, name);
	return kept;
}
