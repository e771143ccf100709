import { labelValue, METRIC_NAME, parseFloatGo, type Labels } from '#engine/model';
import type { ExposedSeries } from '../exposed-series.ts';

export const BUCKET_LABEL = 'le';

/** What a sample says of a classic histogram: how many observations were at most `le`, how many there were, or their sum. */
export type ClassicPart =
	{ readonly kind: 'bucket'; readonly le: number } | { readonly kind: 'count' | 'sum' };

const SUFFIXES = [
	['_bucket', 'bucket'],
	['_sum', 'sum'],
	['_count', 'count']
] as const;

/** The name without a suffix that series of classic histograms have (convertnhcb, GetHistogramMetricBaseName). */
export function histogramName(name: string): string {
	const found = SUFFIXES.find(([suffix]) => name.endsWith(suffix));
	return found ? name.slice(0, -found[0].length) : name;
}

/** What a series of that family is to its histogram; undefined when it is nothing to it. */
export function classicPart(series: ExposedSeries, family: string): ClassicPart | undefined {
	const found = SUFFIXES.find(([suffix]) => series.name.endsWith(suffix));
	if (!found || series.name.slice(0, -found[0].length) !== family) return undefined;
	const [, kind] = found;
	if (kind !== 'bucket') return { kind };
	const le = boundOf(labelValue(series.labels, BUCKET_LABEL));
	return le === undefined ? undefined : { kind, le };
}

/** The bound that a text means, if it is one: Go refuses numbers beyond float64, which read as infinite here. */
function boundOf(text: string): number | undefined {
	const bound = parseFloatGo(text);
	if (bound === undefined || Number.isNaN(bound)) return undefined;
	return Number.isFinite(bound) || !/\d/.test(text) ? bound : undefined;
}

/**
 * Whether two series have the same labels but for their names and bounds (model/labels, HashWithoutLabels). A label that was given
 * an empty value counts here.
 */
export function sameButBound(a: ExposedSeries, b: ExposedSeries): boolean {
	return equalOthers(a.labels, b.labels) && emptyOthers(a) === emptyOthers(b);
}

function equalOthers(a: Labels, b: Labels): boolean {
	let i = nextOther(a, 0);
	let j = nextOther(b, 0);
	while (i < a.length && a[i] === b[j] && a[i + 1] === b[j + 1]) {
		i = nextOther(a, i + 2);
		j = nextOther(b, j + 2);
	}
	return i >= a.length && j >= b.length;
}

function nextOther(labels: Labels, from: number): number {
	let i = from;
	while (i < labels.length && !isOther(labels[i] as string)) i += 2;
	return i;
}

function isOther(name: string): boolean {
	return name !== METRIC_NAME && name !== BUCKET_LABEL;
}

function emptyOthers({ emptyLabels }: ExposedSeries): string {
	return emptyLabels ? emptyLabels.filter(isOther).sort().join('\n') : '';
}
