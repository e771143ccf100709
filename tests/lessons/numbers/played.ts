import { Lab, parseWorld, type World } from '#engine/lab';
import { createTypeScriptRunner } from '#runners/typescript';
import type { Lesson, Scene, SourceFiles } from '$lib/course/lesson.ts';
import { readCourse } from '$lib/course/read-course.ts';
import { SHOWN_SEED } from '$lib/course/trials.ts';
import { lessonFiles } from '../support.ts';

const { lessons } = readCourse(lessonFiles());

/** A lesson of a chapter, `01-pull`, by its slug. */
export function lessonOf(chapter: string, slug: string): Lesson {
	const own = [...lessons.values()].filter(({ folder }) =>
		folder.startsWith(`lessons/${chapter}/`)
	);
	const found = own.find((lesson) => lesson.slug === slug);
	if (!found) throw new Error(`${chapter} has no lesson ${slug}`);
	return found;
}

/** The world that a text describes. */
export function worldOf(text: string): World {
	const parsed = parseWorld(text);
	if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
	return parsed.world;
}

/** What is played in place of what the lesson opens with, and with the seed of its charts. */
interface Instead extends Scene {
	readonly files?: SourceFiles;
	readonly seed?: number;
	readonly to?: number;
}

/** The world of a lesson before anything has happened in it. */
export async function begun(lesson: Lesson, instead: Omit<Instead, 'to'> = {}): Promise<Lab> {
	const world = worldOf(instead.world ?? lesson.world);
	const { workers } = world.service;
	const lab = new Lab({
		world,
		seed: instead.seed ?? SHOWN_SEED,
		createRunner: ({ seed }) => createTypeScriptRunner({ seed, workers })
	});
	const problems = instead.config === undefined ? [] : await lab.configure(instead.config);
	if (problems.length > 0) throw new Error(problems[0]?.message);
	await lab.deploy(instead.files ?? lesson.opening);
	return lab;
}

/** The world of a lesson when its charts have come to their end, as on the learner's screen. */
export async function played(lesson: Lesson, instead: Instead = {}): Promise<Lab> {
	const lab = await begun(lesson, instead);
	await lab.advance(lab.now + (instead.to ?? lesson.run.to));
	return lab;
}
