import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConfig, parseWorld } from '#engine/lab';
import { KIND_OPTIONS, LABEL_OPTIONS } from '$lib/labs/cardinality/choice.ts';
import {
	consequence,
	OPTIONS,
	PRESETS,
	RATE,
	settingsOf,
	START,
	turned,
	type Knobs
} from '$lib/labs/cardinality/knobs.ts';
import { configText } from '$lib/labs/cardinality/limits.ts';
import { readLink, writeLink } from '$lib/labs/cardinality/permalink.ts';
import { worldText } from '$lib/labs/cardinality/world-text.ts';

const WORLD = readFileSync(
	new URL('../../../../lessons/worlds/cardinality/world.yaml', import.meta.url),
	'utf8'
);

const values = <Value>(options: readonly { readonly value: Value }[]) =>
	fc.constantFrom(...options.map(({ value }) => value));

/** Any knobs that the page lets somebody set. */
const knobs: fc.Arbitrary<Knobs> = fc
	.record({
		label: values(LABEL_OPTIONS),
		kind: values(KIND_OPTIONS),
		edges: values(OPTIONS.edges),
		valueLength: values(OPTIONS.valueLength),
		seed: fc.nat(),
		rate: fc.integer(RATE),
		instances: values(OPTIONS.instances),
		interval: values(OPTIONS.interval),
		timeout: values(OPTIONS.timeout),
		sampleLimit: values(OPTIONS.sampleLimit),
		labelValueLengthLimit: values(OPTIONS.labelValueLengthLimit),
		bodySizeLimit: values(OPTIONS.bodySizeLimit),
		relabel: values(OPTIONS.relabel),
		exponent: values(OPTIONS.exponent),
		pageRate: values(OPTIONS.pageRate),
		restarts: values(OPTIONS.restarts),
		memoryLimit: values(OPTIONS.memoryLimit),
		refresh: values(OPTIONS.refresh)
	})
	.map((one) => turned(START, one));

describe('any knobs', () => {
	it('come back from a link as they were', () => {
		fc.assert(
			fc.property(knobs, (one) => {
				expect(readLink(`#${writeLink(one)}`)).toEqual({ knobs: one, problems: [] });
			})
		);
	});

	it('make a prometheus.yml and a world without a problem', () => {
		fc.assert(
			fc.property(knobs, (one) => {
				expect(checkConfig(configText(one, one))).toEqual([]);
				const parsed = parseWorld(worldText(WORLD, one));
				if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
				const { service, traffic, faults } = parsed.world;
				expect(service).toMatchObject({ instances: one.instances, pageRate: one.pageRate });
				expect(traffic.users).toMatchObject({ count: 100_000, exponent: one.exponent });
				expect(traffic.rate).toMatchObject({ rate: one.rate });
				expect(faults).toHaveLength(6 * one.restarts * one.instances);
			}),
			{ numRuns: 40 }
		);
	});
});

describe('a link', () => {
	it('of the opening state is empty', () => {
		expect(writeLink(START)).toBe('');
		expect(readLink('')).toEqual({ knobs: START, problems: [] });
	});

	it('tells what of it cannot be used, and keeps the rest', () => {
		const { knobs: read, problems } = readLink('#rate=0&label=plan&edges=7&colour=red&seed=x');
		expect(read).toEqual({ ...START, label: 'plan' });
		expect(problems).toEqual([
			'The link’s rate cannot be “0”; the lab’s own is used.',
			'The link’s edges cannot be “7”; the lab’s own is used.',
			'The link sets “colour”, which is no knob of this lab.',
			'The link’s seed cannot be “x”; the lab’s own is used.'
		]);
	});
});

describe('knobs that are turned', () => {
	it('wait no longer than until the next scrape', () => {
		expect(turned({ ...START, timeout: 10 }, { interval: 5 }).timeout).toBe(5);
	});

	it('begin the world anew, deploy, or do nothing to what runs', () => {
		expect(consequence(START, turned(START, { instances: 3 }))).toBe('begin');
		expect(consequence(START, turned(START, { seed: 2, label: 'plan' }))).toBe('begin');
		expect(consequence(START, turned(START, { label: 'plan' }))).toBe('deploy');
		expect(consequence(START, turned(START, { sampleLimit: 1000, rate: 7 }))).toBe('none');
	});
});

it('the world with the opening knobs is the lab’s own', () => {
	expect(worldText(WORLD, START)).toBe(WORLD);
});

it('worldText() refuses a text that is no world of this lab', () => {
	expect(() => worldText('title: nothing', START)).toThrow('the world has no rate');
});

it('the presets are told apart, by a name and by their link', () => {
	expect(PRESETS.map(({ id }) => id)).toEqual(['C2', 'C3', 'C4', 'C6', 'F4']);
	const links = PRESETS.map((one) => writeLink(turned(START, one.knobs)));
	expect(new Set([...links, ''])).toHaveProperty('size', PRESETS.length + 1);
});

it('a lesson sets every knob but the seed, and own settings are no lesson', () => {
	expect(settingsOf('C3', 7)).toEqual({ ...START, kind: 'histogram', rate: 200, seed: 7 });
	expect(settingsOf('', 7)).toBeUndefined();
});
