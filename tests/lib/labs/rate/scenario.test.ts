import { describe, expect, test } from 'vitest';
import { labels } from '#engine/model';
import { LIMITS, limited, START, type Knobs } from '../../../../src/lib/labs/rate/knobs.ts';
import { presetOf, PRESETS } from '../../../../src/lib/labs/rate/presets.ts';
import { RateLab } from '../../../../src/lib/labs/rate/rate-lab.svelte.ts';
import { BEGIN, METRIC, scrapesOf, seriesOf } from '../../../../src/lib/labs/rate/scenario.ts';

const STEADY: Knobs = { ...START, traffic: 'steady', perSecond: 10, before: 0 };

const values = (knobs: Knobs) => scrapesOf(knobs).map(({ value }) => value);

function labWith(patch: Partial<Knobs>): RateLab {
	const lab = new RateLab();
	lab.set(patch);
	return lab;
}

const preset = (id: string) => labWith(PRESETS.find((one) => one.id === id)!.knobs);
const increase = (lab: RateLab) =>
	lab.view.compared.find(({ compared }) => compared === 'increase')?.value;
const percent = ({ view: { share } }: RateLab) => Math.round((100 * share.answered) / share.asked);

test('one event on a counter is one more from the next scrape on', () =>
	expect(values({ ...START, eventAt: 100 }).slice(5, 9)).toEqual([1000, 1000, 1001, 1001]));

test('the phase is where the first scrape is', () =>
	expect(scrapesOf({ ...START, phase: 7 }).map(({ at }) => at)).toEqual(
		Array.from({ length: 20 }, (_, i) => 7 + i * 15)
	));

test('a program that is started again counts from 0', () =>
	expect(values({ ...STEADY, before: 500, restartAt: 40 }).slice(0, 5)).toEqual([
		500, 650, 800, 50, 200
	]));

test('a series that is born is not there before', () => {
	const born = { ...START, before: 0, isBorn: true, eventAt: 40 };
	expect(values(born).slice(0, 5)).toEqual([undefined, undefined, undefined, 1, 1]);
	expect(seriesOf(born).raw.values[0]).toBe(1);
	expect(seriesOf(born).raw.labels).toEqual(labels({ __name__: METRIC }));
});

test('a series that has counted something before is there from the start, and after a restart is born again', () => {
	const born = { ...START, before: 1000, isBorn: true, eventAt: 40 };
	expect(values(born).slice(0, 4)).toEqual([1000, 1000, 1000, 1001]);
	expect(values({ ...born, restartAt: 20 }).slice(0, 4)).toEqual([1000, 1000, undefined, 1]);
});

test('of lost scrapes there is the place, and no sample', () => {
	const { raw, lost } = seriesOf({ ...STEADY, lost: [2, 4] });
	expect([...raw.times.slice(0, 3)]).toEqual([0, 30, 60].map((at) => BEGIN + at * 1000));
	expect(lost).toEqual([15, 45].map((at) => BEGIN + at * 1000));
});

test('a scrape is lost and found again', () => {
	const lab = labWith(STEADY);
	lab.toggleScrape(BEGIN + 30_000);
	lab.toggleScrape(BEGIN + 15_000);
	expect(lab.knobs.lost).toEqual([2, 3]);
	lab.toggleScrape(BEGIN + 30_000);
	lab.toggleScrape(BEGIN + 1);
	expect(lab.knobs.lost).toEqual([2]);
});

test('a shorter interval keeps the phase within it', () =>
	expect(labWith({ phase: 12, interval: 10 }).knobs.phase).toBe(9));

test('the window of the picture is a knob too', () => {
	const lab = labWith({});
	lab.view.moveTo(BEGIN + 200_000);
	lab.view.layer = 2;
	lab.set({ interval: 20 });
	expect(lab.knobs).toMatchObject({ at: 200, range: 60, layer: 2, interval: 20 });
});

test('why 1.33: one event reads as 4/3 in a minute, and as 2 in 30 seconds', () => {
	const lab = preset('why');
	expect(increase(lab)).toBeCloseTo(4 / 3, 12);
	lab.set({ range: 30, at: 110 });
	expect(increase(lab)).toBe(2);
});

test('why 1.33: every minute that sees the event makes 4/3 of it', () => {
	const lab = preset('why');
	const seen = Array.from({ length: 60 }, (_, i) => {
		lab.set({ at: 95 + i });
		return increase(lab) ?? NaN;
	});
	for (const value of seen) if (value !== 0) expect(value).toBeCloseTo(4 / 3, 12);
	expect(seen.filter((value) => value !== 0).length).toBe(45);
});

test('lost scrapes: two intervals have a value about half of the time, three always', () => {
	const lab = preset('lost');
	expect(lab.view.value).toBeUndefined();
	expect(percent(lab)).toBeGreaterThanOrEqual(48);
	expect(percent(lab)).toBeLessThanOrEqual(52);
	lab.set({ range: 44 });
	expect(percent(lab)).toBeLessThan(100);
	lab.set({ range: 45 });
	expect(percent(lab)).toBe(100);
});

test('crash loop: in step with the scrapes 10 a second read as 0, and out of step as a half to three quarters, by the phase', () => {
	const lab = preset('crash');
	expect(lab.view.value).toBe(0);
	expect(lab.view.truthPerSecond).toBe(10);
	expect(lab.view.terms?.resets).toEqual([]);
	lab.set({ restartEvery: 20 });
	const seen = Array.from({ length: 15 }, (_, phase) => {
		lab.set({ phase, range: 240, at: 290 });
		return lab.view.value ?? NaN;
	});
	expect(Math.min(...seen)).toBeGreaterThan(4.5);
	expect(Math.max(...seen)).toBeLessThan(7.5);
});

test('born at 1: the event is not seen, and with a 0 before it is', () => {
	const lab = preset('born');
	expect(lab.view.value).toBe(0);
	expect(lab.view.truth).toBe(1);
	lab.set({ isBorn: false });
	expect(increase(lab)).toBeGreaterThan(1);
});

test('a preset is known by its scenario, wherever the window is', () => {
	expect(presetOf({ ...START, range: 30, layer: 1 })?.id).toBe('why');
	expect(presetOf({ ...START, lost: [3] })).toBeUndefined();
	for (const { id, knobs } of PRESETS) expect(presetOf(knobs)?.id).toBe(id);
});

describe('what is said of the scenario', () => {
	const chosen = (id: string) => {
		const lab = new RateLab();
		lab.choose(PRESETS.find((one) => one.id === id)!);
		return lab;
	};
	const hint = (id: string) => PRESETS.find((one) => one.id === id)!.attempt;

	test('the lab opens with a preset', () => {
		const lab = new RateLab();
		expect(lab.preset?.id).toBe('why');
		expect(lab.attempt).toBe(hint('why'));
	});

	test('a window that is moved changes nothing about it', () => {
		const lab = chosen('why');
		lab.set({ range: 30, at: 110 });
		expect(lab.preset?.id).toBe('why');
	});

	test('who follows the hint has a scenario of their own, and keeps the hint', () => {
		const lab = chosen('crash');
		lab.set({ restartEvery: 20 });
		expect(lab.preset).toBeUndefined();
		expect(lab.attempt).toBe(hint('crash'));
	});

	test('who comes upon another preset by hand has its hint', () => {
		const lab = chosen('crash');
		lab.set(PRESETS.find(({ id }) => id === 'born')!.knobs);
		expect(lab.preset?.id).toBe('born');
		expect(lab.attempt).toBe(hint('born'));
	});

	test('a link to another scenario takes the hint away', () => {
		const lab = chosen('crash');
		lab.open({ ...START, lost: [3] });
		expect(lab.preset).toBeUndefined();
		expect(lab.attempt).toBeUndefined();
	});
});

test('numbers are kept within their limits, and whole', () => {
	expect(limited(3.6, LIMITS.interval)).toBe(5);
	expect(limited(7.6, LIMITS.interval)).toBe(8);
	expect(limited(1e9, LIMITS.perSecond)).toBe(1000);
});
