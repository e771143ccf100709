import { expect, test } from 'vitest';
import { readOff } from '../../../src/lib/course/reading.ts';
import { result, START } from './answers.ts';

const MINUTE = 60_000;
const line = result([{}, [9, 1, 5, 3, undefined, NaN, 8]]);
const stretch = [START + MINUTE, START + 5 * MINUTE] as const;

test('the highest, the lowest and the last value of a stretch', () => {
	expect(readOff(line, 'highest', stretch)).toBe(5);
	expect(readOff(line, 'lowest', stretch)).toBe(1);
	expect(readOff(line, 'last', stretch)).toBe(3);
});
test('both ends of the stretch belong to it', () =>
	expect(readOff(line, 'highest', [START, START + 6 * MINUTE])).toBe(9));
test('where there is no value nothing can be read', () => {
	expect(readOff(line, 'last', [START + 4 * MINUTE, START + 5 * MINUTE])).toBeUndefined();
	expect(readOff(result(), 'last', stretch)).toBeUndefined();
});
