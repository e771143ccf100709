import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HintLadder } from '../../../src/lib/course/hint-ladder.svelte.ts';

let attempts = 0;
let solutions = 0;
let hints: HintLadder;

beforeEach(() => {
	vi.useFakeTimers();
	attempts = 0;
	solutions = 0;
	hints = new HintLadder(
		() => attempts,
		() => solutions++
	);
	hints.count = 2;
});

afterEach(() => {
	hints.close();
	vi.useRealTimers();
});

test('the first hint is there at once', () => {
	hints.ask();
	expect(hints.shown).toBe(1);
});

test('the next hint does not come at once', () => {
	hints.ask();
	hints.ask();
	expect(hints.shown).toBe(1);
	expect(hints.canAsk).toBe(false);
});

test('the next hint comes after 20 s', () => {
	hints.ask();
	vi.advanceTimersByTime(19_999);
	expect(hints.canAsk).toBe(false);
	vi.advanceTimersByTime(1);
	hints.ask();
	expect(hints.shown).toBe(2);
});

test('the next hint comes after a check', () => {
	hints.ask();
	attempts++;
	hints.ask();
	expect(hints.shown).toBe(2);
	hints.ask();
	expect(hints.shown).toBe(2);
});

test('the last rung is the solution, and it is said that it was seen', () => {
	for (let i = 0; i < 3; i++) {
		expect(hints.showsSolution).toBe(false);
		hints.ask();
		attempts++;
	}
	expect(hints.showsSolution).toBe(true);
	expect(solutions).toBe(1);
	expect(hints.canAsk).toBe(false);
});
