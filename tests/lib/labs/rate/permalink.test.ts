import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS, START, type Knobs } from '../../../../src/lib/labs/rate/knobs.ts';
import { readLink, readLost, writeLink } from '../../../../src/lib/labs/rate/permalink.ts';
import { PRESETS } from '../../../../src/lib/labs/rate/presets.ts';

const within = (limit: { readonly min: number; readonly max: number }) => fc.integer(limit);
const knobs: fc.Arbitrary<Knobs> = fc.record({
	traffic: fc.constantFrom('once', 'steady'),
	eventAt: within(LIMITS.eventAt),
	perSecond: within(LIMITS.perSecond),
	before: within(LIMITS.before),
	isBorn: fc.boolean(),
	interval: within(LIMITS.interval),
	phase: within(LIMITS.phase),
	lost: fc
		.uniqueArray(fc.integer({ min: 1, max: 21 }))
		.map((numbers) => numbers.sort((a, b) => a - b)),
	restartAt: within(LIMITS.restartAt),
	restartEvery: within(LIMITS.restartEvery),
	range: within(LIMITS.range),
	at: within(LIMITS.at),
	layer: fc.constantFrom(1, 2, 3, 4, 5)
});

test('what is written is read back', () => {
	fc.assert(
		fc.property(knobs, (one) => {
			expect(readLink(`#${writeLink(one)}`)).toEqual({ knobs: one, problems: [] });
		})
	);
});

test('the opening state needs no link, and presets have short ones', () => {
	expect(writeLink(START)).toBe('');
	for (const { knobs } of PRESETS) expect(writeLink(knobs).length).toBeLessThan(90);
});

test.each([
	['range=0', 'range cannot be “0”'],
	['range=ten', 'range cannot be “ten”'],
	['lost=1,x', 'lost cannot be “1,x”'],
	['layer=6', 'layer cannot be “6”'],
	['traffic=much', 'traffic cannot be “much”'],
	['toString=1', '“toString”, which is no knob'],
	['colour=red', '“colour”, which is no knob']
])('%s is told, and changes nothing', (link, problem) => {
	const read = readLink(link);
	expect(read.problems.join()).toContain(problem);
	expect(read.knobs).toEqual(START);
});

test('any text is read without an error', () => {
	fc.assert(fc.property(fc.string(), (text) => void readLink(text)));
});

test.each([
	['4, 8,12', [4, 8, 12]],
	['8 4 4', [4, 8]],
	['', []],
	['0', undefined],
	['1.5', undefined]
])('“%s” names scrapes %j', (text, expected) => expect(readLost(text)).toEqual(expected));
