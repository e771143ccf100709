import type { TruthSeries } from '#engine/lab';
import { formatFloat, labelsKey } from '#engine/model';
import type { RangeResult, StepSeries } from '#engine/promql';
import { TRUTH_STYLE } from '$lib/charts/palette.ts';
import type { ChartSeries } from '$lib/charts/series.ts';

/** More lines than this are a haze; the table and a narrower query show the rest. */
export const MOST_SERIES = 40;

/** What Prometheus answered, as series of a chart: the first of them, in the order of their labels. */
export function measuredSeries(result: RangeResult): ChartSeries[] {
	return result.series.slice(0, MOST_SERIES).map((series) => ({
		key: labelsKey(series.labels),
		labels: series.labels,
		name: '',
		values: series.values,
		present: floatSteps(series),
		role: 'measured'
	}));
}

/** Why a chart of a result has nothing to draw although there are values, in a sentence; undefined where there is something. */
export function undrawable({ series }: RangeResult): string | undefined {
	const found = new Set<string>();
	for (const { values, present, histograms } of series) {
		for (let i = 0; i < values.length; i++) {
			if (present[i] !== 1) continue;
			const value = values[i] as number;
			if (!histograms?.[i] && Number.isFinite(value)) return undefined;
			found.add(histograms?.[i] ? 'native histograms' : formatFloat(value));
		}
	}
	if (found.size === 0) return undefined;
	return `All values are ${[...found].sort().join(' or ')}, which have no place on an axis. The table shows them.`;
}

/** The steps with a number to draw: a native histogram is none. */
function floatSteps({ present, histograms }: StepSeries): Uint8Array {
	return histograms ? present.map((is, i) => (histograms[i] ? 0 : is)) : present;
}

/** Broad lines of truth beneath more series than this would be all that one sees. */
const MOST_BROAD = 3;

/** What really happened, as series of a chart. */
export function truthSeries(truth: readonly TruthSeries[]): ChartSeries[] {
	const isCrowded = truth.length > MOST_BROAD;
	const style = isCrowded ? { ...TRUTH_STYLE, dash: [3, 3], width: 1.5 } : TRUTH_STYLE;
	return truth.slice(0, MOST_SERIES).map(({ labels, values }) => ({
		key: `truth ${labelsKey(labels)}`,
		labels,
		name: 'truth',
		values,
		present: Uint8Array.from(values, (value) => Number(!Number.isNaN(value))),
		role: 'truth',
		style
	}));
}
