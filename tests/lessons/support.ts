import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorld, runTrial } from '#engine/lab';
import { createTypeScriptRunner } from '#runners/typescript';
import type { Tried } from '../../src/lib/course/judge.ts';
import type { Language, Lesson, SourceFiles } from '../../src/lib/course/lesson.ts';

export const LESSONS = new URL('../../lessons/', import.meta.url).pathname;

/** The languages that code can be run in here. */
export const RUNNABLE: readonly Language[] = ['typescript'];

/** The text of every file under lessons/, by its path from the repository's root. */
export function lessonFiles(folder = 'lessons'): Record<string, string> {
	const files: Record<string, string> = {};
	for (const entry of readdirSync(join(LESSONS, '..', folder), { withFileTypes: true })) {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) Object.assign(files, lessonFiles(path));
		else files[path] = readFileSync(join(LESSONS, '..', path), 'utf8');
	}
	return files;
}

/** The lesson's folders whose name begins so: solution, solution-02, … */
export function foldersOf(lesson: Lesson, name: string, files: Record<string, string>): string[] {
	const pattern = new RegExp(`^(${lesson.folder}/${name}(?:-\\d+)?)/`);
	return [...new Set(Object.keys(files).flatMap((path) => pattern.exec(path)?.[1] ?? []))].sort();
}

/** Tries code in every hidden world of a lesson, as a check does, with seeds from the given one on. */
export async function tryOut(
	lesson: Lesson,
	files: SourceFiles,
	firstSeed?: number
): Promise<Tried[]> {
	const tried: Tried[] = [];
	for (const [i, { world: text, seed }] of lesson.hidden.entries()) {
		const parsed = parseWorld(text);
		if (!parsed.ok) throw new Error(`not a world: ${parsed.problems[0]?.message}`);
		const { world } = parsed;
		const trial = {
			world,
			seed: firstSeed === undefined ? seed : firstSeed + i,
			files,
			duration: lesson.trial
		};
		tried.push(
			await runTrial(trial, (instance) =>
				createTypeScriptRunner({ seed: instance.seed, workers: world.service.workers })
			)
		);
	}
	return tried;
}
