import { VirtualClock } from '#engine/sim';
import { expect, test } from 'vitest';

/** Schedules one event per moment and returns what is logged when they run. */
function withEvents(...moments: number[]): { clock: VirtualClock; log: number[] } {
	const clock = new VirtualClock();
	const log: number[] = [];
	for (const at of moments) clock.schedule(at, () => log.push(clock.now));
	return { clock, log };
}

test('advance runs what is due, its end included, and stops there', () => {
	const { clock, log } = withEvents(30, 10, 20, 21);
	clock.advance(20);
	expect(log).toEqual([10, 20]);
	expect(clock.now).toBe(20);
	expect(clock.nextAt()).toBe(21);
});

test('events may schedule more, also for the same moment', () => {
	const clock = new VirtualClock(100);
	const log: string[] = [];
	clock.schedule(110, () => {
		log.push(`first at ${clock.now}`);
		clock.schedule(110, () => log.push(`second at ${clock.now}`));
		clock.schedule(115, () => log.push(`third at ${clock.now}`));
	});
	clock.advance(114);
	expect(log).toEqual(['first at 110', 'second at 110']);
	clock.advance(200);
	expect(log.at(-1)).toBe('third at 115');
});

test('a cancelled event does not run', () => {
	const { clock, log } = withEvents(10);
	clock.schedule(5, () => log.push(-1))();
	clock.advance(10);
	expect(log).toEqual([10]);
});

test('runNext runs exactly one event and leaves the clock there', () => {
	const { clock, log } = withEvents(10, 10, 20);
	expect([clock.runNext(), clock.now, log.length]).toEqual([true, 10, 1]);
	clock.runNext();
	clock.runNext();
	expect(log).toEqual([10, 10, 20]);
	expect([clock.runNext(), clock.now]).toEqual([false, 20]);
});

test('the past can be neither scheduled nor returned to', () => {
	const clock = new VirtualClock(10);
	expect(() => clock.schedule(9, () => {})).toThrow('event at 9 is before the clock at 10');
	expect(() => clock.schedule(NaN, () => {})).toThrow('event at NaN');
	expect(() => clock.advance(9)).toThrow('clock at 10 cannot go back to 9');
});
