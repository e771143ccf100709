import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorld, runTrial } from '#engine/lab';
import type { Runner } from '#engine/sim';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { createTypeScriptRunner } from '#runners/typescript';
import { judge, type Judgement } from '../../src/lib/course/judge.ts';
import type {
	CodeTask,
	Language,
	Lesson,
	PerLanguage,
	QueryTask,
	SourceFiles
} from '../../src/lib/course/lesson.ts';
import { codeChecksOf, loadChecks } from '../../src/lib/course/modules.ts';
import { tryCode, type RunTrial } from '../../src/lib/course/trials.ts';
import { bootPython, missingPython } from '../python/interpreter.ts';

export const LESSONS = new URL('../../lessons/', import.meta.url).pathname;

/** How long a test that simulates may take, ms. */
export const PATIENCE = 120_000;

/** Why code in a language cannot be run on this machine; empty where it can. */
export const MISSING: PerLanguage<string> = { python: missingPython, typescript: '' };

let python: Promise<Interpreter> | undefined;

type Make = (options: { readonly seed: number; readonly workers: number }) => Runner;

/** Makes runners for code. Python is booted for the first of them that need it, and all share it. */
async function runnersFor(files: SourceFiles): Promise<Make> {
	if (Object.hasOwn(files, 'app.ts')) return createTypeScriptRunner;
	const interpreter = await (python ??= bootPython());
	return (options) => createPythonRunner({ interpreter, ...options });
}

/** Runs a trial as the lab's thread does, here. */
export const runHere: RunTrial = async ({ world: text, ...trial }) => {
	const parsed = parseWorld(text);
	if (!parsed.ok) throw new Error(`not a world: ${parsed.problems[0]?.message}`);
	const { world } = parsed;
	const { workers } = world.service;
	const createRunner = await runnersFor(trial.files);
	return runTrial({ ...trial, world }, ({ seed }) => createRunner({ seed, workers }));
};

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

/** The folders within a task's folder whose name begins so: solution, solution-02, … */
export function foldersOf(
	{ folder }: Pick<CodeTask, 'folder'>,
	name: string,
	files: Record<string, string>
): string[] {
	const pattern = new RegExp(`^(${folder}/${name}(?:-\\d+)?)/`);
	return [...new Set(Object.keys(files).flatMap((path) => pattern.exec(path)?.[1] ?? []))].sort();
}

/** A lesson whose hidden worlds have other seeds, from the given one on. */
export function withSeeds(lesson: Lesson, first: number): Lesson {
	return { ...lesson, hidden: lesson.hidden.map((one, i) => ({ ...one, seed: first + i })) };
}

/** What a check says of the code of a task. */
export async function verdictOn(
	lesson: Lesson,
	task: CodeTask,
	files: SourceFiles
): Promise<Judgement> {
	const { checks, mistakes, asks } = codeChecksOf(await loadChecks(lesson), task);
	return judge(await tryCode(runHere, lesson, files, asks), checks, mistakes);
}

/** The tasks of a kind that a lesson has. */
export function codeTasks({ tasks }: Pick<Lesson, 'tasks'>): CodeTask[] {
	return tasks.filter((task) => task.kind === 'code');
}

export function queryTasks({ tasks }: Pick<Lesson, 'tasks'>): QueryTask[] {
	return tasks.filter((task) => task.kind === 'query');
}

/** The first file of a program, with another text. */
export function withEntry(start: SourceFiles, text: string): SourceFiles {
	const [entry = ''] = Object.keys(start);
	return { ...start, [entry]: text };
}

/** Languages that are not on this machine are said in the title of what is skipped. */
export function inLanguage(name: string, language: Language, languageName: string): string {
	const reason = MISSING[language] && ` (skipped: ${MISSING[language]})`;
	return `${name} in ${languageName}${reason}`;
}
