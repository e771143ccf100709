import { describe, expect, test } from 'vitest';
import { spoken } from '../../src/lib/course/inline-code.ts';
import type { Judgement } from '../../src/lib/course/judge.ts';
import {
	LANGUAGES,
	type CodeTask,
	type Language,
	type Lesson
} from '../../src/lib/course/lesson.ts';
import { codeChecksOf, loadChecks } from '../../src/lib/course/modules.ts';
import { sources } from '../../src/lib/course/read-course.ts';
import {
	foldersOf,
	inLanguage,
	MISSING,
	PATIENCE,
	verdictOn,
	withEntry,
	withSeeds
} from './support.ts';
import { ran } from './tally.ts';

function unpassed({ rows }: Judgement): string[] {
	return rows.flatMap(({ title, finding }) => (finding ? [`${title}: ${finding.sentence}`] : []));
}

function withoutCounts(sentence: string): string {
	return sentence.replace(/\b(?!(?:200|201|404|500)\b)\d[\d,]*/g, 'N');
}

/** The proof of a task of code in one language. `before`: the code task of an earlier lesson, if there is one. */
export function proveCode(
	lesson: Lesson,
	task: CodeTask,
	language: Language,
	{
		files,
		seeds,
		before
	}: { files: Record<string, string>; seeds: readonly number[]; before: CodeTask | undefined }
): void {
	const { start, solution } = task.code[language];
	const title = inLanguage(`${lesson.id}: ${task.id}`, language, LANGUAGES[language].name);

	describe.skipIf(MISSING[language])(title, { timeout: PATIENCE }, () => {
		test('the starter does not pass', async () => {
			expect((await verdictOn(lesson, task, start)).passed).toBe(false);
			ran('starter');
		});

		test('an empty file does not pass', async () => {
			expect((await verdictOn(lesson, task, withEntry(start, ''))).passed).toBe(false);
		});

		if (before) {
			test('the solution of the lesson before does not pass', async () => {
				const code = { ...start, ...before.code[language].solution };
				expect((await verdictOn(lesson, task, code)).passed).toBe(false);
			});
		}

		test('the solution differs from the starter', () => {
			expect(solution).not.toEqual(start);
		});

		for (const folder of foldersOf(task, 'solution', files)) {
			const code = { ...start, ...sources(files, folder, language) };
			test(`${folder.slice(task.folder.length + 1)} passes under five seeds`, async () => {
				for (const seed of seeds) {
					expect(unpassed(await verdictOn(withSeeds(lesson, seed), task, code))).toEqual([]);
				}
				ran('solution');
			});
		}

		const wrong = Object.entries(sources(files, `${task.folder}/wrong`, language));
		const sentences: string[] = [];

		for (const [name, text] of wrong) {
			const [mistake = ''] = name.split('.');
			test(`wrong/${name} gets the sentence of ${mistake}`, async () => {
				const judgement = await verdictOn(lesson, task, withEntry(start, text));
				expect(judgement.passed).toBe(false);
				expect(judgement.mistake?.id).toBe(mistake);
				const sentence = spoken(judgement.mistake?.sentence ?? '', language);
				sentences.push(`${name}\n${withoutCounts(sentence)}\n`);
				ran('wrong answer');
			});
		}

		test('every mistake that is known has an example', async () => {
			const { mistakes } = codeChecksOf(await loadChecks(lesson), task);
			const shown = wrong.map(([name]) => name.split('.')[0]);
			expect(mistakes.map(({ id }) => id).filter((id) => !shown.includes(id))).toEqual([]);
		});

		// What the learner reads, for whoever reviews a change of it. Counts are the simulation's affair.
		test('the sentences are as they were', async () => {
			const name = task.variantOf === undefined ? lesson.id : `${lesson.id}.${task.id}`;
			await expect(sentences.join('\n')).toMatchFileSnapshot(`sentences/${name}.${language}.txt`);
		});
	});
}
