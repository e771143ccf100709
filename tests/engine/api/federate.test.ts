import { describe, expect, it } from 'vitest';
import { federate } from '#engine/api';
import {
	CUSTOM_BUCKETS_SCHEMA,
	labels,
	type FloatHistogram,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { Head } from '#engine/tsdb';
import { T } from './support.ts';

const MINUTE = 60_000;

function head(): Head {
	const store = new Head();
	const appender = store.appender();
	const of = (name: string, rest: Record<string, string> = {}) =>
		appender.ref(labels({ __name__: name, ...rest }));
	const [old, gone, b, a] = [
		of('old'),
		of('gone'),
		of('b', { instance: 'i' }),
		of('a', { zone: 'z' })
	];
	appender.begin(T - 5 * MINUTE - 1);
	appender.add(old, 1);
	appender.commit();
	appender.begin(T - MINUTE);
	for (const ref of [gone, b, a]) appender.add(ref, 1);
	appender.commit();
	appender.begin(T);
	appender.markStale(gone);
	appender.add(b, 2);
	appender.commit();
	return store;
}

const ALL = ['{__name__=~".+"}'];
const lines = (match: readonly string[], now: Timestamp = T) => {
	const found = federate(head(), match, now);
	if (found.status === 'error') return found;
	return found.data.flatMap(({ name, type, samples }) =>
		samples.map(({ labels, value, timestamp }) => [name, type, labels.join(), value, timestamp])
	);
};

describe('federation of native histograms', () => {
	const none = { indexes: [], counts: [] };
	const custom: FloatHistogram = {
		schema: CUSTOM_BUCKETS_SCHEMA,
		zeroThreshold: 0,
		zeroCount: 0,
		count: 6,
		sum: 2.5,
		positive: { indexes: [0, 2], counts: [4, 2] },
		negative: none,
		customValues: [0.1, 0.5],
		counterReset: 'unknown'
	};
	const exponential: FloatHistogram = { ...custom, schema: 0, customValues: [] };
	const series = (name: string, histogram?: FloatHistogram): SeriesColumns => ({
		labels: labels({ __name__: name, a: '1', hint: histogram?.counterReset ?? '' }),
		times: Float64Array.of(T),
		values: Float64Array.of(7),
		...(histogram && { histograms: [histogram] }),
		start: 0,
		end: 1
	});
	const told = (...found: SeriesColumns[]) => {
		const answer = federate({ select: () => found, series: () => [] }, ['{a="1"}'], T);
		return answer.status === 'success' ? answer.data : [];
	};

	it('tells those with bounds of their own as classic ones', () => {
		const [family, ...others] = told(series('h', custom));
		expect(others).toEqual([]);
		expect(family).toMatchObject({ name: 'h', type: 'histogram' });
		expect(
			family?.samples.map(({ name, labels, value, timestamp }) => [
				name,
				labels.join(),
				value,
				timestamp
			])
		).toEqual([
			['h_bucket', 'a,1,hint,unknown,instance,,le,0.1', 4, T],
			['h_bucket', 'a,1,hint,unknown,instance,,le,0.5', 4, T],
			['h_bucket', 'a,1,hint,unknown,instance,,le,+Inf', 6, T],
			['h_sum', 'a,1,hint,unknown,instance,', 2.5, T],
			['h_count', 'a,1,hint,unknown,instance,', 6, T]
		]);
	});

	it('leaves out the others, which no text can say', () => {
		expect(told(series('h', exponential))).toEqual([]);
	});

	it('begins another family where a name goes on as something else', () => {
		const gauge: FloatHistogram = { ...custom, counterReset: 'gauge' };
		const found = told(series('h'), series('h', custom), series('h', gauge), series('g'));
		expect(found.map(({ name, type }) => [name, type])).toEqual([
			['g', 'untyped'],
			['h', 'untyped'],
			['h', 'histogram'],
			['h', 'histogram']
		]);
	});
});

describe('federation', () => {
	it('adds the labels of this Prometheus that a series does not have', () => {
		const external = labels({ zone: 'y', cluster: 'c' });
		const found = federate(head(), ['{__name__=~"a|b"}'], T, external);
		const sets = found.status === 'success' ? found.data : [];
		expect(sets.flatMap(({ samples }) => samples.map(({ labels }) => labels.join()))).toEqual([
			'zone,z,cluster,c,instance,',
			'instance,i,cluster,c,zone,y'
		]);
	});

	it('gives the newest sample of each series that has not ended, by metric', () => {
		expect(lines(ALL)).toEqual([
			['a', 'untyped', 'zone,z,instance,', 1, T - MINUTE],
			['b', 'untyped', 'instance,i', 2, T]
		]);
	});

	it('looks back five minutes and not ahead', () => {
		expect(lines(['old'], T - 1)).toEqual([['old', 'untyped', 'instance,', 1, T - 5 * MINUTE - 1]]);
		expect(lines(['b'], T - 1)).toEqual([['b', 'untyped', 'instance,i', 1, T - MINUTE]]);
	});

	it('gives a series once, however many selectors find it', () => {
		expect(lines(['a', '{zone="z"}', 'nosuch'])).toHaveLength(1);
		expect(lines([])).toEqual([]);
	});

	it('is in the order of labels, however many selectors there are', () => {
		const found = federate(head(), ['b', 'a', ...ALL], T);
		expect(found).toEqual(federate(head(), ALL, T));
	});

	it('is refused for a selector that does not parse', () => {
		expect(lines(['a', 'b{'])).toEqual({
			status: 'error',
			errorType: 'bad_data',
			error: '1:3: parse error: unexpected end of input inside braces'
		});
	});
});
