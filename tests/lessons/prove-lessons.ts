import { afterAll } from 'vitest';
import { LANGUAGES, type CodeTask, type Language } from '../../src/lib/course/lesson.ts';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { proveCode } from './prove-code.ts';
import { proveQuery } from './prove-query.ts';
import { lessonFiles } from './support.ts';
import { ran, tallyLine } from './tally.ts';

const SEEDS = [100, 200, 300, 400, 500];

/**
 * Every lesson proves itself: the tests are generated from the folder lessons/. They run for long, so that the code of each language and
 * the queries are files of tests by themselves, which share the machine.
 */
export function proveLessons(part: Language | 'queries'): void {
	const files = lessonFiles();
	let before: CodeTask | undefined;
	for (const lesson of readCourse(files).lessons.values()) {
		ran('lesson');
		for (const task of lesson.tasks) {
			if (task.kind === 'query' && part === 'queries') {
				proveQuery(lesson, task, { files, seeds: SEEDS });
			} else if (task.kind === 'code' && part !== 'queries') {
				proveCode(lesson, task, part, { files, seeds: SEEDS, before });
			}
		}
		before =
			(lesson.tasks.find((task) => task.kind === 'code' && !task.variantOf) as CodeTask) ?? before;
	}
	ran('seed', SEEDS.length);
	const what = part === 'queries' ? 'with queries' : `in ${LANGUAGES[part].name}`;
	afterAll(() => {
		process.stdout.write(`${tallyLine(what)}\n`);
	});
}
