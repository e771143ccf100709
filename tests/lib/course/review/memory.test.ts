import { expect, test } from 'vitest';
import { firstDue, isMemories } from '../../../../src/lib/course/review/memory.ts';
import { recalled } from '../../../../src/lib/course/review/schedule.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 23, 9);

const daysUntil = (due: number, now: number) => Math.round((due - now) / DAY);

test('a concept is asked for first a day after its lesson; of an undated pass at once', () => {
	expect(firstDue(NOW)).toBe(NOW + DAY);
	expect(firstDue(undefined)).toBeLessThan(NOW);
});

test('intervals grow while answers are right, and begin anew after a wrong one', () => {
	let now = NOW;
	let memory = recalled(undefined, 'right', now);
	const intervals = [daysUntil(memory.due, now)];
	for (let i = 0; i < 4; i++) {
		now = memory.due;
		memory = recalled(memory, 'right', now);
		intervals.push(daysUntil(memory.due, now));
	}
	expect(intervals).toEqual([...intervals].sort((a, b) => a - b));
	expect(new Set(intervals).size).toBe(intervals.length);

	const wrong = recalled(memory, 'wrong', memory.due);
	expect(daysUntil(wrong.due, memory.due)).toBeLessThan(intervals[2] as number);
});

test('who was sure is asked later than who guessed', () => {
	const [guessed, right, sure] = (['guessed', 'right', 'sure'] as const).map(
		(recall) => recalled(undefined, recall, NOW).due
	);
	expect(guessed).toBeLessThan(right as number);
	expect(right).toBeLessThan(sure as number);
});

test('a concept is never asked for twice on one day, nor left alone for more than a year', () => {
	let memory = recalled(undefined, 'wrong', NOW);
	expect(daysUntil(memory.due, NOW)).toBeGreaterThanOrEqual(1);
	for (let i = 0; i < 20; i++) memory = recalled(memory, 'sure', memory.due);
	expect(daysUntil(memory.due, memory.last)).toBeLessThanOrEqual(365);
});

test('a memory survives being stored as text', () => {
	const memory = recalled(undefined, 'right', NOW);
	const read = JSON.parse(JSON.stringify({ rate: memory })) as unknown;
	expect(isMemories(read)).toBe(true);
	expect(recalled((read as { rate: typeof memory }).rate, 'right', memory.due)).toEqual(
		recalled(memory, 'right', memory.due)
	);
});

test.each([
	['a list', []],
	['no card', { rate: { due: NOW, last: NOW } }],
	['a card without numbers', { rate: { due: NOW, last: NOW, card: { due: 'x' } } }],
	['a due date that is none', { rate: { due: null, last: NOW, card: {} } }]
])('%s is no memory', (_, value) => expect(isMemories(value)).toBe(false));
