import { expect, test } from 'vitest';
import { readCourse } from '../../../src/lib/course/read-course.ts';
import { LABS } from '../../../src/routes/labs/labs.ts';
import { lessonFiles } from '../../lessons/support.ts';

test('each lab that a chapter names is there', () => {
	const named = readCourse(lessonFiles()).chapters.flatMap(({ lab }) => lab ?? []);
	expect(named.length).toBeGreaterThan(0);
	for (const lab of named) expect(LABS.map(({ address }) => address)).toContain(lab);
});
