import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	compareLabels,
	compareText,
	formatLabels,
	isBareLabelName,
	isBareMetricName,
	labelPairs,
	labels,
	labelsFromPairs,
	labelsKey,
	labelsToRecord,
	labelValue,
	metricName,
	NO_LABELS,
	withLabel,
	withoutLabels
} from '#engine/model';

const UP = labels({ job: 'shop', __name__: 'up', instance: 'a:80' });

describe('a label set', () => {
	it('is sorted by name and has no empty values', () => {
		expect(UP).toEqual(['__name__', 'up', 'instance', 'a:80', 'job', 'shop']);
		expect(labels({ b: '', a: '1' })).toEqual(['a', '1']);
	});

	it('takes the later of two pairs with one name', () => {
		expect(
			labelsFromPairs([
				['a', '1'],
				['a', '2']
			])
		).toEqual(['a', '2']);
		expect(
			labelsFromPairs([
				['a', '1'],
				['a', '']
			])
		).toEqual([]);
	});

	it('answers for a label that it does not have with the empty text', () => {
		expect(labelValue(UP, 'job')).toBe('shop');
		expect(labelValue(UP, 'shop')).toBe('');
		expect(metricName(UP)).toBe('up');
		expect(metricName(NO_LABELS)).toBe('');
	});

	it('is never changed, only made anew', () => {
		expect(withLabel(UP, 'job', 'bank')).toEqual(labels({ ...labelsToRecord(UP), job: 'bank' }));
		expect(withLabel(UP, 'code', '200')).toEqual(labels({ ...labelsToRecord(UP), code: '200' }));
		expect(withLabel(UP, 'job', '')).toEqual(withoutLabels(UP, ['job']));
		expect(withoutLabels(UP, ['__name__', 'job', 'zone'])).toEqual(['instance', 'a:80']);
		expect([...labelPairs(withoutLabels(UP, ['__name__', 'instance']))]).toEqual([['job', 'shop']]);
		expect(UP).toHaveLength(6);
	});

	it('has a key of its own', () => {
		const set = fc.dictionary(fc.string({ minLength: 1 }), fc.string()).map(labels);
		fc.assert(
			fc.property(set, set, (a, b) => {
				expect(labelsKey(a) === labelsKey(b)).toBe(compareLabels(a, b) === 0);
			})
		);
	});
});

describe('order', () => {
	it('of texts is that of their UTF-8 bytes', () => {
		const bytes = (text: string) => Buffer.from(text, 'utf8');
		const text = fc.string({ unit: 'binary', maxLength: 4 });
		fc.assert(
			fc.property(text, text, (a, b) => {
				expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(bytes(a), bytes(b)));
			})
		);
		expect(compareText('\uffee', '\u{1f600}')).toBeLessThan(0);
	});

	it.each([
		[{}, { a: '1' }],
		[{ a: '1' }, { a: '2' }],
		[{ a: '1' }, { a: '1', b: '1' }],
		[{ a: '2' }, { b: '1' }],
		[{ a: '1', c: '1' }, { b: '1' }]
	] as Record<string, string>[][])('of label sets has %j before %j', (first, second) => {
		expect(compareLabels(labels(first!), labels(second!))).toBeLessThan(0);
		expect(compareLabels(labels(second!), labels(first!))).toBeGreaterThan(0);
		expect(compareLabels(labels(first!), labels(first!))).toBe(0);
	});
});

describe('formatLabels', () => {
	it.each([
		[{}, '{}'],
		[{ __name__: 'up' }, 'up'],
		[{ a: '1' }, '{a="1"}'],
		[{ __name__: 'up', job: 'b', instance: 'a' }, 'up{instance="a", job="b"}'],
		[{ __name__: 'odd name', a: '1' }, '{"odd name", a="1"}'],
		[{ __name__: 'odd name' }, '{"odd name"}'],
		[{ __name__: 'a:b', 'http.status': '200' }, 'a:b{"http.status"="200"}'],
		[{ a: 'say "hi"\n\\' }, '{a="say \\"hi\\"\\n\\\\"}']
	] as [Record<string, string>, string][])('writes %j', (record, text) => {
		expect(formatLabels(labels(record))).toBe(text);
	});
});

describe('bare names', () => {
	it.each(['up', 'job:up:sum', '_a1', ':a'])('%s can name a metric', (name) => {
		expect(isBareMetricName(name)).toBe(true);
		expect(isBareLabelName(name)).toBe(!name.includes(':'));
	});

	it.each(['', '1a', 'a-b', 'é', 'a b', 'a.b'])('%j cannot', (name) => {
		expect(isBareMetricName(name)).toBe(false);
		expect(isBareLabelName(name)).toBe(false);
	});
});
