import type { Course } from './lesson.ts';
import { readCourse } from './read-course.ts';

const texts = import.meta.glob<string>(
	[
		'/lessons/*/chapter.yaml',
		'/lessons/*/*/**/*.{md,yaml,yml,ts,py,promql}',
		'!/lessons/worlds/**'
	],
	{ query: '?raw', import: 'default', eager: true }
);

/** The course as the folder lessons/ has it. Throws when something in there is wrong, which fails the build. */
export function loadCourse(): Course {
	return readCourse(
		Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.slice(1), text]))
	);
}
