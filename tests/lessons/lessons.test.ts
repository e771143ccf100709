import { afterAll } from 'vitest';
import { LANGUAGE_NAMES, type CodeTask } from '../../src/lib/course/lesson.ts';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { proveCode } from './prove-code.ts';
import { proveQuery } from './prove-query.ts';
import { lessonFiles } from './support.ts';
import { ran, tallyLine } from './tally.ts';

// Every lesson proves itself: what is below is generated from the folder lessons/.

const seeds = [100, 200, 300, 400, 500];
const files = lessonFiles();

let before: CodeTask | undefined;

for (const lesson of readCourse(files).lessons.values()) {
	ran('lesson');
	for (const task of lesson.tasks) {
		if (task.kind === 'query') {
			proveQuery(lesson, task, { files, seeds });
		} else {
			for (const language of LANGUAGE_NAMES)
				proveCode(lesson, task, language, { files, seeds, before });
		}
	}
	before =
		(lesson.tasks.find((task) => task.kind === 'code' && !task.variantOf) as CodeTask) ?? before;
}

ran('seed', seeds.length);

afterAll(() => {
	process.stdout.write(`${tallyLine()}\n`);
});
