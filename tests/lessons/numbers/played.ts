import { Lab, parseWorld } from '#engine/lab';
import { createTypeScriptRunner } from '#runners/typescript';
import type { Lesson, Scene, SourceFiles } from '$lib/course/lesson.ts';
import { readCourse } from '$lib/course/read-course.ts';
import { SHOWN_SEED } from '$lib/course/trials.ts';
import { lessonFiles } from '../support.ts';

/** A lesson of a chapter, `01-pull`, by its slug. Other chapters are not looked at. */
export function lessonOf(chapter: string, slug: string): Lesson {
	const files = Object.entries(lessonFiles(`lessons/${chapter}`));
	const { lessons } = readCourse(Object.fromEntries(files));
	const found = [...lessons.values()].find((lesson) => lesson.slug === slug);
	if (!found) throw new Error(`${chapter} has no lesson ${slug}`);
	return found;
}

/** What is played in place of what the lesson opens with. */
type Instead = Scene & { readonly files?: SourceFiles; readonly to?: number };

/** The world of a lesson when its charts have come to their end, as on the learner's screen. */
export async function played(lesson: Lesson, instead: Instead = {}): Promise<Lab> {
	const parsed = parseWorld(instead.world ?? lesson.world);
	if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
	const { world } = parsed;
	const { workers } = world.service;
	const lab = new Lab({
		world,
		seed: SHOWN_SEED,
		createRunner: ({ seed }) => createTypeScriptRunner({ seed, workers })
	});
	const problems = instead.config === undefined ? [] : await lab.configure(instead.config);
	if (problems.length > 0) throw new Error(problems[0]?.message);
	await lab.deploy(instead.files ?? lesson.opening);
	await lab.advance(world.start + (instead.to ?? lesson.run.to));
	return lab;
}
