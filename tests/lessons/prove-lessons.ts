import { afterAll } from 'vitest';
import { LANGUAGES, type CodeTask, type Language } from '../../src/lib/course/lesson.ts';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { proveCode } from './prove-code.ts';
import { proveConfig } from './prove-config.ts';
import { proveQuery } from './prove-query.ts';
import { lessonFiles } from './support.ts';
import { ran, tallyLine } from './tally.ts';

const SEEDS = [100, 200, 300, 400, 500];

/**
 * Every lesson proves itself: the tests are generated from the folder lessons/. They run for long, so that the code of each language, the
 * queries and the configurations are files of tests by themselves, which share the machine.
 */
export function proveLessons(part: Language | 'queries' | 'configs'): void {
	const files = lessonFiles();
	let before: CodeTask | undefined;
	for (const lesson of readCourse(files).lessons.values()) {
		ran('lesson');
		for (const task of lesson.tasks) {
			if (task.kind === 'query' && part === 'queries') {
				proveQuery(lesson, task, { files, seeds: SEEDS });
			} else if (task.kind === 'config' && part === 'configs') {
				proveConfig(lesson, task, { files, seeds: SEEDS });
			} else if (task.kind === 'code' && part !== 'queries' && part !== 'configs') {
				proveCode(lesson, task, part, { files, seeds: SEEDS, before });
			}
		}
		before =
			(lesson.tasks.find((task) => task.kind === 'code' && !task.variantOf) as CodeTask) ?? before;
	}
	ran('seed', SEEDS.length);
	afterAll(() => {
		process.stdout.write(`${tallyLine(nameOf(part))}\n`);
	});
}

function nameOf(part: Language | 'queries' | 'configs'): string {
	return part === 'queries' || part === 'configs' ? `with ${part}` : `in ${LANGUAGES[part].name}`;
}
