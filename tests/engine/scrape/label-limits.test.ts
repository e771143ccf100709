import { labels } from '#engine/model';
import { expect, test } from 'vitest';
import { labelLimitError, type LabelLimits } from '../../../src/engine/scrape/label-limits.ts';

const SET = labels({ __name__: 'metric', l1: '1', l2: 'zwölf' });

function check(limits: LabelLimits, expected: string | undefined): void {
	expect(labelLimitError(SET, limits)).toBe(expected);
}

test('labels within the limits are fine', () => {
	check({}, undefined);
	check({ count: 3, nameLength: 8, valueLength: 6 }, undefined);
	check({ count: 0, nameLength: 0, valueLength: 0 }, undefined);
});

test('too many labels, the metric name counted, are named', () => {
	check({ count: 2 }, 'label_limit exceeded (metric: metric, number of labels: 3, limit: 2)');
});

test('a long name is named', () => {
	check(
		{ nameLength: 7 },
		'label_name_length_limit exceeded (metric: metric, label name: __name__, length: 8, limit: 7)'
	);
});

test('a long value is named, and measured in bytes', () => {
	check(
		{ valueLength: 5 },
		'label_value_length_limit exceeded (metric: metric, label name: __name__, value: "metric", length: 6, limit: 5)'
	);
	expect(labelLimitError(labels({ l2: 'zwölf' }), { valueLength: 5 })).toBe(
		'label_value_length_limit exceeded (metric: , label name: l2, value: "zwölf", length: 6, limit: 5)'
	);
});

test('texts are shortened to fifty characters', () => {
	const long = labels({ __name__: 'm'.repeat(60), l: 'v'.repeat(60) });
	expect(labelLimitError(long, { count: 1 })).toContain(`(metric: ${'m'.repeat(50)}, `);
	expect(labelLimitError(long, { valueLength: 59 })).toContain(
		`value: "${'m'.repeat(50)}", length: 60`
	);
});
