import { expect, test } from 'vitest';
import {
	deviation,
	formula,
	layerInWords,
	pictureInWords
} from '../../../../src/lib/xray/rate/words.ts';
import { series, windowOf } from './windows.ts';

const oneEvent = () => windowOf(series(15, 1000, 1000, 1001, 1001), 60, 60);
const restarted = () => windowOf(series(15, 100, 140, 20, 60), 60, 60);

const written = (detail: Parameters<typeof formula>[0]) =>
	formula(detail).map(({ text, result }) => (result ? `${text} = ${result}` : text));

test('the formula is written out with the numbers of the window', () =>
	expect(written(oneEvent())).toEqual([
		'4 samples',
		'1,001 − 1,000 = 1',
		'+ 0 = 1',
		'× 60 ÷ 45 s = 1.3333',
		'÷ 60 s = 0.022222/s'
	]));

test('what the counter had reached before a fall is a term', () =>
	expect(written(restarted()).slice(1, 3)).toEqual(['60 − 100 = −40', '+ 140 = 100']));

test('many falls are one term', () =>
	expect(written(windowOf(series(15, 9, 1, 8, 2, 7, 3), 300, 90))[2]).toBe(
		'+ 24 in 3 resets = 18'
	));

test('a window with one sample has no terms beyond the first', () =>
	expect(written(windowOf(series(15, 1, 2), 15, 30))).toEqual(['1 sample', '–', '–', '–', '–']));

test('each layer says what it does with these samples', () => {
	const says = (layer: 1 | 2 | 3 | 4 | 5, detail = restarted()) =>
		layerInWords(detail, layer).join(' ');
	expect(says(1)).toContain('open at its left end: a sample that was taken at 00:00:00 sharp');
	expect(says(2)).toContain(
		'The first sample, at 00:00:15, is 100; the last one, at 00:01:00, is 60.'
	);
	expect(says(3)).toContain('falls from 140 at 00:00:30 to 20 at 00:00:45');
	expect(says(3, oneEvent())).toContain('nothing is to be added');
	expect(says(4)).toContain('1.1 × 15 s = 16.5 s');
	expect(says(4)).toContain('it is 15 s: extrapolated over');
	expect(says(5)).toContain('/ 60 s = ');
});

test('without a result every layer says why', () => {
	expect(layerInWords(windowOf(series(15, 1, 2), 15, 30), 4)).toEqual([
		'rate() needs two samples in its window of 15s; this series has one there.'
	]);
	expect(layerInWords(windowOf(series(15, 1, 2), 15, 300), 1)[0]).toContain('No sample');
});

test('the picture has a sentence from its data', () => {
	expect(pictureInWords(oneEvent(), 'x_total')).toBe(
		'x_total: 4 samples in the window from 00:00:00 to 00:01:00, 1m; rate 0.022222 per second.'
	);
	expect(pictureInWords(windowOf(series(15, 1, 2), 15, 30), 'x_total')).toContain(
		'1 sample in the window from 00:00:15 to 00:00:30, 15s; rate() needs two samples'
	);
});

test.each([
	[99.309, 95.223, '+4.3 %'],
	[0, 10, '−100 %'],
	[10.001, 10, 'the same'],
	[1, 0, '']
])('%d beside a truth of %d is %s', (value, truth, expected) =>
	expect(deviation(value, truth)).toBe(expected)
);
