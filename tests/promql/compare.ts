import {
	compareLabels,
	formatLabels,
	labelsKey,
	type FloatHistogram,
	type HistogramBuckets,
	type Labels,
	type Timestamp
} from '#engine/model';
import { almostEqual } from './almost-equal.ts';
import type { Expectation, ExpectedSeries, RangeTimes } from './expectation.ts';
import type { HistogramPoint } from './histogram-literal.ts';
import type { SequencePoint } from './sequence.ts';

/** A sample that an evaluation gave. */
export type FoundPoint = number | FloatHistogram;

/** A series of an instant vector. */
export interface FoundSample {
	readonly labels: Labels;
	readonly point: FoundPoint;
}

/** A series with its samples, in the order of time. */
export interface FoundSeries {
	readonly labels: Labels;
	readonly points: readonly { readonly time: Timestamp; readonly point: FoundPoint }[];
}

/** What is wrong with a scalar. */
export function compareScalar(value: number, { scalar }: Expectation): string[] {
	if (scalar === undefined) return [`is the scalar ${value}`];
	return almostEqual(scalar, value) ? [] : [`is ${value}, not ${scalar}`];
}

/** What is wrong with an instant vector: series, their values and, where it counts, their order. */
export function compareVector(found: readonly FoundSample[], expect: Expectation): string[] {
	if (expect.scalar !== undefined) return ['is a vector, not a scalar'];
	return compareEach(found, expect, ({ labels, point }, expected, i) => {
		const [wanted = 'absent'] = expected.points;
		if (expect.ordered && expected.place !== i + 1) {
			return [`${formatLabels(labels)} is in place ${i + 1}, not ${expected.place}`];
		}
		if (samePoint(wanted, point)) return [];
		return [`${formatLabels(labels)} is ${describeFound(point)}, not ${describeWanted(wanted)}`];
	});
}

/** What is wrong with series over time whose samples should be at the given times; they must be sorted by labels too. */
export function compareMatrix(
	found: readonly FoundSeries[],
	expect: Expectation,
	times: RangeTimes
): string[] {
	if (expect.ordered) return ['is ordered by its labels, and not otherwise'];
	if (expect.scalar !== undefined) return ['is a matrix, not a scalar'];
	return [
		...checkSorted(found),
		...compareEach(found, expect, (one, expected) => comparePoints(one, expected, times))
	];
}

/** What is wrong with the order of the series of a matrix. */
export function checkSorted(found: readonly FoundSeries[]): string[] {
	for (let i = 1; i < found.length; i++) {
		const { labels } = found[i] as FoundSeries;
		const before = (found[i - 1] as FoundSeries).labels;
		if (compareLabels(before, labels) > 0) {
			return [`not sorted by labels: ${formatLabels(labels)} after ${formatLabels(before)}`];
		}
	}
	return [];
}

function compareEach<Found extends { readonly labels: Labels }>(
	found: readonly Found[],
	{ series }: Expectation,
	compare: (one: Found, expected: ExpectedSeries, i: number) => string[]
): string[] {
	const seen = new Set<string>();
	const failures = found.flatMap((one, i) => {
		const key = labelsKey(one.labels);
		const expected = series.get(key);
		if (!expected) return [`unexpected ${formatLabels(one.labels)}: ${describeSeries(one)}`];
		if (seen.has(key)) return [`${formatLabels(one.labels)} comes twice`];
		seen.add(key);
		return compare(one, expected, i);
	});
	for (const [key, { labels }] of series) {
		if (!seen.has(key)) failures.push(`missing ${formatLabels(labels)}`);
	}
	return failures;
}

function describeSeries(one: object): string {
	if ('point' in one) return describeFound(one.point as FoundPoint);
	return (one as FoundSeries).points.map(({ point }) => describeFound(point)).join(' ');
}

function comparePoints(
	{ labels, points }: FoundSeries,
	expected: ExpectedSeries,
	{ start, end, step }: RangeTimes
): string[] {
	const name = formatLabels(labels);
	if (start + (expected.points.length - 1) * step > end) {
		return [`${name} can not have ${expected.points.length} points in this range`];
	}
	const wanted = expected.points
		.map((point, i) => ({ time: start + i * step, point }))
		.filter(({ point }) => point !== 'absent');
	const same =
		wanted.length === points.length &&
		wanted.every(({ time, point }, i) => {
			const found = points[i] as FoundSeries['points'][number];
			return found.time === time && samePoint(point, found.point);
		});
	if (same) return [];
	return [
		`${name} is ${describeTimed(points, describeFound)}, not ${describeTimed(wanted, describeWanted)}`
	];
}

function describeTimed<Point>(
	points: readonly { readonly time: Timestamp; readonly point: Point }[],
	describe: (point: Point) => string
): string {
	return points.map(({ time, point }) => `${describe(point)}@${time / 1000}`).join(' ');
}

function samePoint(wanted: SequencePoint, found: FoundPoint): boolean {
	if (typeof wanted === 'string') return false;
	if (typeof wanted === 'number') return typeof found === 'number' && almostEqual(wanted, found);
	return typeof found !== 'number' && sameHistogram(wanted, found);
}

/**
 * Counts and sums almost, everything else exactly; empty buckets do not count, nor does a hint that was not written down
 * (promql/promqltest/test.go, compareNativeHistogram).
 */
function sameHistogram(
	{ histogram: wanted, hintGiven }: HistogramPoint,
	found: FloatHistogram
): boolean {
	return (
		wanted.schema === found.schema &&
		wanted.zeroThreshold === found.zeroThreshold &&
		sameBounds(wanted.customValues, found.customValues) &&
		almostEqual(wanted.count, found.count) &&
		almostEqual(wanted.sum, found.sum) &&
		almostEqual(wanted.zeroCount, found.zeroCount) &&
		sameBuckets(wanted.positive, found.positive) &&
		sameBuckets(wanted.negative, found.negative) &&
		(!hintGiven || wanted.counterReset === found.counterReset)
	);
}

function sameBounds(wanted: readonly number[], found: readonly number[]): boolean {
	return wanted.length === found.length && wanted.every((bound, i) => bound === found[i]);
}

function sameBuckets(wanted: HistogramBuckets, found: HistogramBuckets): boolean {
	const a = filledBuckets(wanted);
	const b = filledBuckets(found);
	return (
		a.length === b.length &&
		a.every(({ index, count }, i) => {
			const other = b[i] as { index: number; count: number };
			return index === other.index && almostEqual(count, other.count);
		})
	);
}

function filledBuckets({ indexes, counts }: HistogramBuckets): { index: number; count: number }[] {
	return indexes
		.map((index, i) => ({ index, count: counts[i] as number }))
		.filter(({ count }) => count !== 0);
}

function describeWanted(point: SequencePoint): string {
	if (typeof point !== 'object') return String(point);
	return describeFound(point.histogram) + (point.hintGiven ? '' : ' (any hint)');
}

function describeFound(point: FoundPoint): string {
	if (typeof point === 'number') return String(point);
	const { positive, negative, schema, count, sum, zeroCount, zeroThreshold, customValues } = point;
	const parts = [`schema:${schema} count:${count} sum:${sum} hint:${point.counterReset}`];
	if (zeroThreshold !== 0 || zeroCount !== 0) parts.push(`zero:${zeroCount}/${zeroThreshold}`);
	if (customValues.length > 0) parts.push(`bounds:[${customValues.join(' ')}]`);
	if (positive.counts.length > 0) parts.push(`buckets:${describeBuckets(positive)}`);
	if (negative.counts.length > 0) parts.push(`negative:${describeBuckets(negative)}`);
	return `{{${parts.join(' ')}}}`;
}

function describeBuckets(buckets: HistogramBuckets): string {
	return `[${filledBuckets(buckets)
		.map(({ index, count }) => `${index}=${count}`)
		.join(' ')}]`;
}
