import { expect, test } from 'vitest';
import { HOUR } from '#engine/model';
import { createProgress } from '../../src/cli/progress.ts';

const NEW_LINE = '\r\x1b[K';

/** What is told about stretches of an hour that take so many milliseconds each. */
function toldOf(durations: readonly number[], isTerminal = true): string[] {
	let time = 0;
	const told: string[] = [];
	const progress = createProgress(24 * HOUR, {
		now: () => time,
		write: (text) => told.push(text),
		isTerminal
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

test('a log gets a line every ten seconds', () => {
	expect(toldOf([5000, 4000, 2000, 9000, 2000], false)).toEqual([
		'lab: lived 3h of 1d\n',
		'lab: lived 5h of 1d\n'
	]);
});
