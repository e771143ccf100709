import {
	formatFloat,
	formatLabels,
	labelValue,
	labelsKey,
	parseFloatGo,
	withoutLabels,
	type Labels
} from '#engine/model';
import { argument, withoutParens } from '../arguments.ts';
import type { Call, Expr } from '../ast.ts';
import { bucketQuantile, firstAtLeast, isQuantile } from '../quantile.ts';
import type { Capture } from './capture.ts';
import type { Bounded, Bucket, Interpolation, Member, QuantileDetail } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { closest } from './focus.ts';
import { nativeQuantileDetail, type QuantileOfCounts } from './native-detail.ts';

/** Explains histogram_quantile(), or the first one of histogram_quantiles(), by one histogram: the one that fits the focus. */
export function quantileDetail(
	call: Call,
	capture: Capture,
	focus: Labels,
	limits: ExplainLimits
): QuantileDetail | undefined {
	const isSingle = call.func === 'histogram_quantile';
	const phi = capture.scalars.get(argument(call, isSingle ? 0 : 2));
	const members = capture.vectors.get(argument(call, isSingle ? 1 : 0))?.series;
	if (phi === undefined || !members) return undefined;
	const histogram = closest([...nativeHistograms(members), ...classicHistograms(members)], focus);
	if (!histogram) return undefined;
	const detail =
		'histogram' in histogram
			? nativeQuantileDetail(phi, histogram, limits)
			: classicQuantile(phi, histogram, limits);
	return { ...detail, isPerSecond: isPerSecond(argument(call, isSingle ? 1 : 0)) };
}

/** Whether the values of an expression are rates, as far as its form tells: what aggregates rates, or looks for one of them, is. */
function isPerSecond(outer: Expr): boolean {
	const expr = withoutParens(outer);
	if (expr.kind === 'aggregation') return !/^(count|group)/.test(expr.op) && isPerSecond(expr.expr);
	if (expr.kind === 'subquery') return isPerSecond(expr.expr);
	if (expr.kind !== 'call') return false;
	if (expr.func === 'rate' || expr.func === 'irate') return true;
	const keepsUnit =
		/^((avg|min|max|last|first|sum|quantile)_over_time|label_(replace|join)|sort.*)$/;
	return keepsUnit.test(expr.func) && expr.args.some(isPerSecond);
}

function nativeHistograms(members: readonly Member[]) {
	return members.flatMap(({ labels, histogram }) => (histogram ? [{ labels, histogram }] : []));
}

interface ClassicHistogram {
	readonly labels: Labels;
	readonly buckets: { readonly bound: number; readonly count: number }[];
}

/** The classic histograms of a vector, as histogram_quantile() puts them together: what has no usable `le` is left out. */
function classicHistograms(members: readonly Member[]): Iterable<ClassicHistogram> {
	const histograms = new Map<string, ClassicHistogram>();
	for (const { labels, value, histogram } of members) {
		const bound = parseFloatGo(labelValue(labels, 'le'));
		if (histogram || bound === undefined) continue;
		const rest = withoutLabels(labels, ['le']);
		const key = labelsKey(rest);
		let known = histograms.get(key);
		if (!known) histograms.set(key, (known = { labels: rest, buckets: [] }));
		known.buckets.push({ bound, count: value });
	}
	for (const { buckets } of histograms.values()) {
		buckets.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
	}
	return histograms.values();
}

function classicQuantile(
	phi: number,
	{ labels, buckets }: ClassicHistogram,
	limits: ExplainLimits
): QuantileOfCounts {
	const bounds = Float64Array.from(buckets, ({ bound }) => bound);
	const counts = Float64Array.from(buckets, ({ count }) => count);
	const notes: string[] = [];
	const hasInfinity = bounds[bounds.length - 1] === Infinity;
	// The kernel itself, which leaves merged and monotonic buckets in the arrays.
	const result = bucketQuantile(phi, bounds, counts, bounds.length, () =>
		notes.push(
			'The counts fell from one bucket to a higher one, which cumulative counts never do; they were raised to fit.'
		)
	);
	const size = hasInfinity ? bounds.indexOf(Infinity) + 1 : bounds.length;
	const merged = toBuckets(bounds, counts, size);
	const shown: Bounded<Bucket> = { items: merged.slice(0, limits.windowSamples), total: size };
	const base = { kind: 'quantile', of: 'classic', labels, phi, buckets: shown, result } as const;
	const total = size > 0 ? (counts[size - 1] as number) : 0;
	if (!isQuantile(phi) || !hasInfinity || size < 2 || !(total > 0)) {
		notes.push(whyNoQuantile(phi, hasInfinity, size, total, labels));
		return { ...base, rank: NaN, interpolation: 'none', lower: NaN, upper: NaN, notes };
	}
	const rank = phi * total;
	const chosen = firstAtLeast(counts, rank, size - 1);
	const { interpolation, note } = placeInBucket(merged, chosen);
	if (note) notes.push(note);
	const first = merged.findIndex(({ cumulative }) => cumulative > 0);
	if (first > chosen) notes.push(BEFORE_FIRST);
	const { lower, upper } = merged[Math.max(first, chosen)] as Bucket;
	return { ...base, rank, chosen, interpolation, lower, upper, notes };
}

function toBuckets(bounds: Float64Array, counts: Float64Array, size: number): Bucket[] {
	return Array.from({ length: size }, (_, i) => {
		const below = i === 0 ? 0 : (counts[i - 1] as number);
		const upper = bounds[i] as number;
		const lowest = upper > 0 ? 0 : -Infinity;
		const cumulative = counts[i] as number;
		const lower = i === 0 ? lowest : (bounds[i - 1] as number);
		return { lower, upper, count: cumulative - below, cumulative };
	});
}

const BEFORE_FIRST =
	'With φ = 0 the rank is 0, which even the empty first bucket holds; there is nothing in it to interpolate, so the result is NaN, though the least observation is in a higher bucket.';

interface Placement {
	readonly interpolation: Interpolation;
	readonly note?: string;
}

/** What the bucket that holds the rank says about the quantile (promql/quantile.go, BucketQuantile). */
function placeInBucket(buckets: readonly Bucket[], chosen: number): Placement {
	const { lower, upper } = buckets[chosen] as Bucket;
	if (upper === Infinity) {
		const note =
			`The rank lies in the last bucket, which has no upper bound. All that can be said is that the quantile is above ` +
			`${formatFloat(lower)}, the highest bound there is, and that is the answer given.`;
		return { interpolation: 'bound', note };
	}
	if (lower === -Infinity) {
		const note = `The rank lies in the first bucket, whose lower bound is not known since its upper bound ${formatFloat(upper)} is not positive; the upper bound is the answer given.`;
		return { interpolation: 'bound', note };
	}
	if (chosen > 0) return { interpolation: 'linear' };
	const note =
		'The rank lies in the first bucket, which is taken to begin at 0: the observations could also be negative.';
	return { interpolation: 'linear', note };
}

function whyNoQuantile(
	phi: number,
	hasInfinity: boolean,
	size: number,
	total: number,
	labels: Labels
): string {
	if (!isQuantile(phi)) return `φ is ${formatFloat(phi)}, which is not between 0 and 1.`;
	if (!hasInfinity) return `The histogram ${formatLabels(labels)} has no bucket le="+Inf".`;
	if (size < 2)
		return 'There is only the bucket le="+Inf", so nothing is known about where the observations lie.';
	return total === 0
		? 'There are no observations at this time, so there is no quantile: NaN.'
		: 'The number of observations is not a number.';
}
