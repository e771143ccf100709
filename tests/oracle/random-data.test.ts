import { describe, expect, it } from 'vitest';
import { CUSTOM_BUCKETS_SCHEMA, labelValue, type FloatHistogram } from '#engine/model';
import { isHistogram, type DataSet, type Sample, type TestSeries } from './data-set.ts';
import { PARTS } from './parts.ts';
import { randomDataSet } from './random-data.ts';

const SETS = Array.from({ length: 60 }, (_, seed) => randomDataSet(seed, new Set(PARTS)));

/** In how many data sets there is such a thing. */
function setsWith(has: (set: DataSet) => boolean): number {
	return SETS.filter(has).length;
}

function withSeries(has: (series: TestSeries) => boolean): number {
	return setsWith(({ series }) => series.some(has));
}

function withSample(has: (sample: Sample) => boolean): number {
	return withSeries(({ samples }) => samples.some(has));
}

/** In how many data sets one histogram of a series follows another in such a way. */
function withFollowing(has: (last: FloatHistogram, next: FloatHistogram) => boolean): number {
	return withSeries(({ samples }) => {
		const histograms = samples.filter(isHistogram);
		return histograms.some((next, i) => i > 0 && has(histograms[i - 1] as FloatHistogram, next));
	});
}

function isFloat(is: (value: number) => boolean): (sample: Sample) => boolean {
	return (sample) => typeof sample === 'number' && is(sample);
}

/** How far most samples of a series are apart, in seconds. */
function rhythm({ times }: TestSeries): number {
	const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
	return Math.round((gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0) / 1000);
}

describe('random data', () => {
	it.each<[string, number]>([
		['targets of one rhythm', setsWith(({ series }) => new Set(series.map(rhythm)).size === 1)],
		['targets of several rhythms', setsWith(({ series }) => new Set(series.map(rhythm)).size > 2)],
		...[5, 15, 30, 60].map((seconds): [string, number] => [
			`samples ${seconds} s apart`,
			withSeries((series) => rhythm(series) === seconds)
		]),
		['staleness markers', withSample((sample) => sample === 'stale')],
		['gaps', withSample((sample) => sample === 'absent')],
		['NaN', withSample(isFloat(Number.isNaN))],
		['Inf', withSample(isFloat((value) => value === Infinity))],
		['-Inf', withSample(isFloat((value) => value === -Infinity))],
		['-0', withSample(isFloat((value) => Object.is(value, -0)))],
		['denormals', withSample(isFloat((value) => value !== 0 && Math.abs(value) < 2 ** -1022))],
		['huge values', withSample(isFloat((value) => Math.abs(value) > 1e300))],
		['histograms', withSample(isHistogram)],
		['empty histograms', withSample((sample) => isHistogram(sample) && sample.count === 0)],
		['gauges', withSample((sample) => isHistogram(sample) && sample.counterReset === 'gauge')],
		[
			'custom bounds',
			withSample((sample) => isHistogram(sample) && sample.schema === CUSTOM_BUCKETS_SCHEMA)
		],
		['reset histograms', withFollowing((last, next) => next.count < last.count)],
		['another schema', withFollowing((last, next) => next.schema !== last.schema)],
		[
			'another zero threshold',
			withFollowing((last, next) => next.zeroThreshold !== last.zeroThreshold)
		],
		[
			'other custom bounds',
			withFollowing((last, next) => `${next.customValues}` !== `${last.customValues}`)
		],
		['start times', withSeries(({ startTimes }) => startTimes !== undefined)],
		['names in UTF-8', withSeries(({ labels }) => labelValue(labels, 'route.name') === 'é')],
		['types', withSeries(({ labels }) => labelValue(labels, '__type__') === 'counter')],
		['no instance', withSeries(({ labels }) => labelValue(labels, 'instance') === '')],
		['a head', setsWith(({ head }) => head !== undefined)],
		['no head', setsWith(({ head }) => head === undefined)],
		['a new appender', setsWith(({ head }) => head?.restart !== undefined)],
		['samples with timestamps', withSeries(({ isStamped }) => isStamped === true)]
	])('has %s', (_, count) => {
		expect(count).toBeGreaterThan(2);
	});

	it('has times that ascend and are not negative', () => {
		for (const { times } of SETS.flatMap(({ series }) => series)) {
			expect(times[0] ?? 0).toBeGreaterThanOrEqual(0);
			expect(times.every((time, i) => i === 0 || time > (times[i - 1] as number))).toBe(true);
		}
	});
});
