import { describe, expect, it } from 'vitest';
import { almostEqual } from './almost-equal.ts';
import { parseGoNumber } from './go-number.ts';
import { parseSequence, parseSeriesLine, type SequencePoint } from './sequence.ts';
import { parseStartOffsets, type StartOffset } from './start-timestamps.ts';

const SEQUENCES: readonly (readonly [string, readonly SequencePoint[]])[] = [
	['', []],
	['1 -2.5 +3e2 .5', [1, -2.5, 300, 0.5]],
	['_ stale _x2', ['absent', 'stale', 'absent', 'absent']],
	['1+2x3', [1, 3, 5, 7]],
	['1-2x2', [1, -1, -3]],
	['7x2', [7, 7, 7]],
	['5x0', [5]],
	['Inf -inf +Inf', [Infinity, -Infinity, Infinity]],
	['0x2', [0, 0, 0]],
	['1m 30s', [60, 30]],
	['010 1_000', [8, 1000]]
];

describe('a sequence', () => {
	it.each(SEQUENCES)('%j stands for its values', (text, points) => {
		expect(parseSequence(text)).toEqual(points);
	});
	it('adds its step again and again, rounding as it goes', () => {
		expect(parseSequence('0+0.1x3').at(-1)).toBe(0.1 + 0.1 + 0.1);
	});
	it.each(['x', '1+2', '1--2x2', '1x', 'stalex2', 'NaNx2', '_5', '1+1x-1', '{{sum:1}}+1x2'])(
		'%j is none',
		(text) => expect(() => parseSequence(text)).toThrow()
	);
	it('repeats histograms, and adds and subtracts them', () => {
		const sums = (text: string) =>
			parseSequence(text).map((point) => typeof point === 'object' && point.histogram.sum);
		expect(sums('{{sum:2}}x1 {{sum:2}}+{{sum:3 count:1}}x2')).toEqual([2, 2, 2, 5, 8]);
		expect(sums('{{sum:2}}-{{sum:3}}x1')).toEqual([2, -1]);
	});
	it('knows whether the hint of a histogram was written down', () => {
		const given = parseSequence('{{counter_reset_hint:unknown}} {{}}').map(
			(point) => typeof point === 'object' && point.hintGiven
		);
		expect(given).toEqual([true, false]);
	});
});

const SERIES: readonly (readonly [string, readonly string[]])[] = [
	['up 1', ['__name__', 'up']],
	['up{} 1', ['__name__', 'up']],
	['{a="b"} 1', ['a', 'b']],
	['up{b="2", a="1",} 1', ['__name__', 'up', 'a', '1', 'b', '2']],
	[
		'{"http.requests", "service.name"="x y"} 1',
		['__name__', 'http.requests', 'service.name', 'x y']
	],
	['{__name__="up"} 1', ['__name__', 'up']],
	['up{a="\\"}\\n"} 1', ['__name__', 'up', 'a', '"}\n']],
	['up{a=`\\n`} 1', ['__name__', 'up', 'a', '\\n']]
];

describe('a series', () => {
	it.each(SERIES)('%s has its labels', (line, labels) => {
		expect(parseSeriesLine(line)).toEqual({ labels, points: [1] });
	});
	it.each(['up{a=1} 1', 'up{a!="b"} 1', 'up{a="b" 1', 'up{}1', '1 2', '{{sum:1}} 2'])(
		'%s is none',
		(line) => expect(() => parseSeriesLine(line)).toThrow()
	);
});

const OFFSETS: readonly (readonly [string, readonly StartOffset[]])[] = [
	['_ -1m _x2', ['none', -60_000, 'none', 'none']],
	['-1mx1 0s', [-60_000, -60_000, 0]],
	['-1m-10sx2', [-60_000, -70_000, -80_000]],
	['-1m+10sx2', [-60_000, -50_000, -40_000]],
	['500ms', [500]]
];

describe('start timestamps', () => {
	it.each(OFFSETS)('%s are offsets', (text, offsets) => {
		expect(parseStartOffsets(text)).toEqual(offsets);
	});
	it.each(['1', '-1m-10s', '_x0', 'm', '-1mx'])('%s are none', (text) => {
		expect(() => parseStartOffsets(text)).toThrow();
	});
});

const NUMBERS: readonly (readonly [string, number | undefined])[] = [
	['12', 12],
	['-0x1F', -31],
	['017', 15],
	['0o17', 15],
	['0b101', 5],
	['1_000', 1000],
	['1__0', undefined],
	['9223372036854775808', 9223372036854775808],
	['1.5e3', 1500],
	['0x1p-2', 0.25],
	['+Inf', Infinity],
	['NaN', NaN],
	['5m', undefined],
	['x', undefined],
	['', undefined]
];

describe('a number', () => {
	it.each(NUMBERS)('%j is read as Go reads it', (text, value) => {
		expect(parseGoNumber(text)).toBe(value);
	});
});

const EQUAL: readonly (readonly [number, number, boolean])[] = [
	[1, 1.0000019, true],
	[1, 1.0000021, false],
	[1e300, 1.0000001e300, true],
	[0, 1e-313, false],
	[0, 1e-315, true],
	[NaN, NaN, true],
	[NaN, 0, false],
	[Infinity, Infinity, true],
	[Infinity, -Infinity, false],
	[Infinity, Number.MAX_VALUE, false],
	[-1, 1, false]
];

describe('two numbers', () => {
	it.each(EQUAL)('%d and %d are almost equal: %s', (a, b, expected) => {
		expect(almostEqual(a, b)).toBe(expected);
		expect(almostEqual(b, a)).toBe(expected);
	});
});
