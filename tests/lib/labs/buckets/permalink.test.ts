import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDGE_PRESETS } from '$lib/labs/buckets/edges.ts';
import { MODES, START, type Knobs } from '$lib/labs/buckets/knobs.ts';
import { readLink, writeLink } from '$lib/labs/buckets/permalink.ts';
import { TRAFFIC_PRESETS } from '$lib/labs/buckets/traffic.ts';

const knobs: fc.Arbitrary<Knobs> = fc.record({
	mode: fc.constantFrom(...MODES.map(({ value }) => value)),
	traffic: fc.constantFrom(...TRAFFIC_PRESETS.map(({ traffic }) => traffic)),
	seed: fc.integer({ min: 1, max: 9999 }),
	round: fc.integer({ min: 1, max: 9999 }),
	edges: fc.constantFrom(...EDGE_PRESETS.map(({ edges }) => edges)),
	q: fc.double({ min: 0.01, max: 0.999, noNaN: true }),
	objective: fc.double({ min: 0.001, max: 60, noNaN: true }),
	schema: fc.integer({ min: 0, max: 8 }),
	requests: fc.integer({ min: 10, max: 1_000_000 }),
	slowShare: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
	endpoints: fc.integer({ min: 1, max: 1000 }),
	instances: fc.integer({ min: 1, max: 1000 }),
	client: fc.constantFrom('python', 'typescript')
});

describe('a permalink', () => {
	it('brings every knob back', () => {
		fc.assert(
			fc.property(knobs, (all) => {
				expect(readLink(`#${writeLink(all)}`)).toEqual({ knobs: all, problems: [] });
			})
		);
	});

	it('of the opening state is empty', () => {
		expect(writeLink(START)).toBe('');
		expect(readLink('')).toEqual({ knobs: START, problems: [] });
	});

	it('can be read by a person', () => {
		expect(writeLink({ ...START, mode: 'native', edges: [0.1, 0.3], seed: 7 })).toBe(
			'mode=native&seed=7&edges=0.1,0.3'
		);
	});

	it.each([
		['mode=party', 'The link’s mode cannot be “party”; the lab’s own is shown.'],
		['edges=a,b', 'The link’s edges cannot be “a,b”; the lab’s own is shown.'],
		['edges=', 'The link’s edges cannot be “”; the lab’s own is shown.'],
		['edges=0.1,-3', 'The link’s edges cannot be “0.1,-3”; the lab’s own is shown.'],
		['q=2', 'The link’s q cannot be “2”; the lab’s own is shown.'],
		['schema=2.5', 'The link’s schema cannot be “2.5”; the lab’s own is shown.'],
		[
			'traffic=lognormal,100,0.6',
			'The link’s traffic cannot be “lognormal,100,0.6”; the lab’s own is shown.'
		],
		['toString=1', 'The link sets “toString”, which is no knob of this lab.'],
		['colour=red', 'The link sets “colour”, which is no knob of this lab.']
	])('that says %s keeps the opening value, and tells', (text, problem) => {
		expect(readLink(text)).toEqual({ knobs: START, problems: [problem] });
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				readLink(text);
			})
		);
	});
});
