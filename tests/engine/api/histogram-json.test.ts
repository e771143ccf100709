import { describe, expect, it } from 'vitest';
import { toJson } from '#engine/api';
import { labels, SAMPLE, STALE, type FloatHistogram } from '#engine/model';
import type { InstantResult, RangeResult } from '#engine/promql';

const NONE = { indexes: [], counts: [] };

const EMPTY: FloatHistogram = {
	schema: 0,
	zeroThreshold: 0,
	zeroCount: 0,
	count: 0,
	sum: 0,
	positive: NONE,
	negative: NONE,
	customValues: [],
	counterReset: 'unknown'
};

/** Histograms, and what Prometheus makes of them (util/jsonutil, MarshalHistogram). */
const HISTOGRAMS: readonly (readonly [string, FloatHistogram, string])[] = [
	['an empty one', EMPTY, '{"count":"0","sum":"0"}'],
	[
		'one with buckets of both signs and a zero bucket',
		{
			...EMPTY,
			zeroThreshold: 0.001,
			zeroCount: 2,
			count: 10.5,
			sum: 1e-7,
			positive: { indexes: [0, 1, 2], counts: [1, 0, 2.5] },
			negative: { indexes: [1, 2], counts: [4, 1] }
		},
		'{"count":"10.5","sum":"1e-07","buckets":[[1,"-4","-2","1"],[1,"-2","-1","4"],[3,"-0.001","0.001","2"],[0,"0.5","1","1"],[0,"2","4","2.5"]]}'
	],
	[
		'one with bounds of its own',
		{
			...EMPTY,
			schema: -53,
			count: 6,
			sum: 7,
			customValues: [1, 2],
			positive: { indexes: [0, 1, 2], counts: [1, 3, 2] }
		},
		'{"count":"6","sum":"7","buckets":[[3,"-Inf","1","1"],[0,"1","2","3"],[0,"2","+Inf","2"]]}'
	]
];

function instantBody(data: InstantResult): unknown {
	return JSON.parse(toJson('query', { status: 'success', data, warnings: [], infos: [] }));
}

function rangeBody(data: RangeResult): unknown {
	return JSON.parse(toJson('query_range', { status: 'success', data, warnings: [], infos: [] }));
}

function result(...series: readonly unknown[]): unknown {
	return expect.objectContaining({ data: expect.objectContaining({ result: series }) });
}

describe('the body with native histograms', () => {
	it.each(HISTOGRAMS)('has %s as Prometheus writes it', (_, histogram, json) => {
		const samples = [{ labels: labels({ a: 'b' }), value: NaN, histogram }];
		const data: InstantResult = { type: 'vector', time: 1500, samples };
		expect(instantBody(data)).toEqual(
			result({ metric: { a: 'b' }, histogram: [1.5, JSON.parse(json)] })
		);
	});

	it('keeps floats and histograms of a series apart', () => {
		const data: RangeResult = {
			type: 'matrix',
			grid: { start: 0, step: 1000, count: 4 },
			series: [
				{
					labels: [],
					values: Float64Array.of(1, NaN, 3, 4),
					present: Uint8Array.of(1, 1, 1, 0),
					histograms: [undefined, EMPTY, undefined, EMPTY]
				},
				{
					labels: labels({ a: 'b' }),
					values: Float64Array.of(0, 0, 0, 0),
					present: Uint8Array.of(1, 0, 0, 0),
					histograms: [EMPTY, undefined, undefined, undefined]
				}
			]
		};
		const empty = { count: '0', sum: '0' };
		expect(rangeBody(data)).toEqual(
			result(
				{
					metric: {},
					values: [
						[0, '1'],
						[2, '3']
					],
					histograms: [[1, empty]]
				},
				{ metric: { a: 'b' }, histograms: [[0, empty]] }
			)
		);
	});

	it('has the histograms of a bare range selector', () => {
		const series = {
			labels: [],
			times: Float64Array.of(0, 1000, 2000),
			values: Float64Array.of(7, 0, 0),
			marks: Uint8Array.of(SAMPLE, SAMPLE, STALE),
			histograms: [undefined, EMPTY, EMPTY],
			start: 0,
			end: 3
		};
		expect(instantBody({ type: 'matrix', series: [series] })).toEqual(
			result({ metric: {}, values: [[0, '7']], histograms: [[1, { count: '0', sum: '0' }]] })
		);
	});
});
