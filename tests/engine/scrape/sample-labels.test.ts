import { labels, labelsToRecord, METRIC_NAME } from '#engine/model';
import { expect, test } from 'vitest';
import { reportLabels, sampleLabels } from '../../../src/engine/scrape/sample-labels.ts';

type Record_ = Readonly<Record<string, string>>;

/** What a series named m with the exposed labels is stored under. */
function check(target: Record_, exposed: Record_, expected: Record_, honorLabels = false): void {
	const series = {
		name: 'm',
		labels: labels({ [METRIC_NAME]: 'm', ...exposed }),
		emptyLabels: Object.keys(exposed).filter((name) => exposed[name] === '')
	};
	const stored = sampleLabels(labels(target), honorLabels)(series)!;
	expect(stored).toEqual(labels({ [METRIC_NAME]: 'm', ...expected }));
}

test('a sample gets the labels of its target', () => {
	check({ job: 'shop' }, { method: 'GET' }, { job: 'shop', method: 'GET' });
	check({}, { b: '1', a: '2' }, { a: '2', b: '1' });
});

test('an exposed label that the target has too is kept under another name', () => {
	check({ n: '2' }, { n: '1' }, { exported_n: '1', n: '2' });
	check({ n: '2' }, { n: '2' }, { exported_n: '2', n: '2' });
	check({ n: '2' }, { n: '' }, { n: '2' });
});

test('the prefix repeats until the name is free', () => {
	check(
		{ foo: '2', exported_foo: '3' },
		{ foo: '1' },
		{ exported_exported_foo: '1', exported_foo: '3', foo: '2' }
	);
	check(
		{ foo: '3' },
		{ foo: '1', exported_foo: '2' },
		{ exported_exported_foo: '1', exported_foo: '2', foo: '3' }
	);
	check(
		{ exported_foo: '2' },
		{ exported_foo: '1' },
		{ exported_exported_foo: '1', exported_foo: '2' }
	);
	check(
		{ foo: '3', exported_foo: '4' },
		{ foo: '1', exported_foo: '2' },
		{
			exported_exported_foo: '1',
			exported_exported_exported_foo: '2',
			exported_foo: '4',
			foo: '3'
		}
	);
	check(
		{ foo: '0', exported_exported_foo: '1', exported_exported_exported_foo: '2' },
		{ foo: '3', exported_foo: '4', exported_exported_exported_foo: '5' },
		{
			exported_exported_exported_exported_exported_foo: '5',
			exported_exported_exported_exported_foo: '3',
			exported_exported_exported_foo: '2',
			exported_exported_foo: '1',
			exported_foo: '4',
			foo: '0'
		}
	);
});

test('with honor_labels the exposed label wins', () => {
	check({ n: '2', job: 'shop' }, { n: '1' }, { n: '1', job: 'shop' }, true);
});

test('with honor_labels an empty exposed label takes the one of the target away', () => {
	check({ n: '2', job: 'shop' }, { n: '' }, { job: 'shop' }, true);
});

test('empty labels are not stored', () => {
	check({}, { n: '' }, {});
});

test('report series have the labels of the target alone', () => {
	const target = labels({ job: 'shop', instance: 'a' });
	expect(labelsToRecord(reportLabels(target, 'up'))).toEqual({
		[METRIC_NAME]: 'up',
		job: 'shop',
		instance: 'a'
	});
});
