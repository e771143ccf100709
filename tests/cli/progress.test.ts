import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '#engine/model';
import { createProgress } from '../../src/cli/progress.ts';

const NEW_LINE = '\r\x1b[K';

/** What is told about stretches of an hour that take so many milliseconds each. */
function toldOf(durations: readonly number[]): string[] {
	let time = 0;
	const told: string[] = [];
	const progress = createProgress(24 * HOUR, {
		now: () => time,
		write: (text) => told.push(text)
	});
	durations.forEach((duration, i) => {
		time += duration;
		progress.reached((i + 1) * HOUR);
	});
	progress.end();
	return told;
}

test('who waits for more than two seconds is told how far it is, not too often, and the line is cleared', () => {
	expect(toldOf([1900, 200, 100, 600])).toEqual([
		`${NEW_LINE}lab: lived 2h of 1d`,
		`${NEW_LINE}lab: lived 4h of 1d`,
		NEW_LINE
	]);
});

test('who does not wait is told nothing', () => {
	expect(toldOf([500, 500, 500])).toEqual([]);
});

test('nothing is told where there is no terminal', () => {
	let time = 0;
	const progress = createProgress(HOUR, { now: () => (time += 5000), write: undefined });
	expect(() => {
		progress.reached(MINUTE);
		progress.end();
	}).not.toThrow();
});
