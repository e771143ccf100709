import { expect, test } from 'vitest';
import { LabLog } from '../../../src/engine/lab/log.ts';

const problem = (message: string, line = 1) => ({ message, line, severity: 'error' }) as const;

test('a problem is said once between two looks, and again after', () => {
	const log = new LabLog();
	const look = () => {
		log.problems([problem('no'), problem('no', 2), problem('no')]);
		log.problems([problem('no')]);
		return log.take().problems;
	};
	expect(look()).toEqual([problem('no'), problem('no', 2)]);
	expect(look()).toEqual([problem('no'), problem('no', 2)]);
});

test('of problems that are all different the first hundred are kept', () => {
	const log = new LabLog();
	for (let n = 0; n < 11_000; n++) log.problems([problem(`order ${n}`)]);
	const { problems } = log.take();
	expect(problems).toHaveLength(100);
	expect(problems[0]).toEqual(problem('order 0'));
	log.problems([problem('order 11000')]);
	expect(log.take().problems).toEqual([problem('order 11000')]);
});
