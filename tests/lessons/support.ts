import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorld, runTrial, type World } from '#engine/lab';
import type { Runner } from '#engine/sim';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { createTypeScriptRunner } from '#runners/typescript';
import type { Tried } from '../../src/lib/course/judge.ts';
import type { Language, Lesson, PerLanguage, SourceFiles } from '../../src/lib/course/lesson.ts';
import { bootPython, missingPython } from '../python/interpreter.ts';

export const LESSONS = new URL('../../lessons/', import.meta.url).pathname;

/** Why code in a language cannot be run on this machine; empty where it can. */
export const MISSING: PerLanguage<string> = { python: missingPython, typescript: '' };

let python: Promise<Interpreter> | undefined;

type MakeRunner = (world: World, seed: number) => Runner;

/** Makes runners of a language. Python is booted for the first of them, and all share it. */
async function runnersOf(language: Language): Promise<MakeRunner> {
	if (language === 'typescript') {
		return ({ service: { workers } }, seed) => createTypeScriptRunner({ seed, workers });
	}
	const interpreter = await (python ??= bootPython());
	return ({ service: { workers } }, seed) => createPythonRunner({ interpreter, seed, workers });
}

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
	language: Language,
	files: SourceFiles,
	firstSeed?: number
): Promise<Tried[]> {
	const createRunner = await runnersOf(language);
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
		tried.push(await runTrial(trial, (instance) => createRunner(world, instance.seed)));
	}
	return tried;
}
