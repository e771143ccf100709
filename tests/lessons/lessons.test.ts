import { describe, expect, test } from 'vitest';
import { judge, type Judgement } from '../../src/lib/course/judge.ts';
import { spoken } from '../../src/lib/course/inline-code.ts';
import {
	LANGUAGE_NAMES,
	LANGUAGES,
	type Language,
	type Lesson,
	type SourceFiles
} from '../../src/lib/course/lesson.ts';
import { loadChecks } from '../../src/lib/course/modules.ts';
import { readCourse, sources } from '../../src/lib/course/read-course.ts';
import { foldersOf, lessonFiles, MISSING, tryOut } from './support.ts';

// Every lesson proves itself: what is below is generated from the folder lessons/.

const SEEDS = [100, 200, 300, 400, 500];
const PATIENCE = 120_000;

const files = lessonFiles();
const { lessons } = readCourse(files);

function unpassed({ rows }: Judgement): string[] {
	return rows.flatMap(({ title, finding }) => (finding ? [`${title}: ${finding.sentence}`] : []));
}

function titled(lesson: Lesson, language: Language): string {
	const reason = MISSING[language] && ` (skipped: ${MISSING[language]})`;
	return `${lesson.id} in ${LANGUAGES[language].name}${reason}`;
}

function withoutCounts(sentence: string): string {
	return sentence.replace(/\b(?!(?:200|201|404|500)\b)\d[\d,]*/g, 'N');
}

for (const lesson of lessons.values()) {
	for (const language of LANGUAGE_NAMES) {
		const { start, solution } = lesson.code[language];
		const [entry = ''] = Object.keys(start);

		const verdict = async (code: SourceFiles, seed?: number): Promise<Judgement> => {
			const { checks, mistakes } = await loadChecks(lesson);
			return judge(await tryOut(lesson, language, code, seed), checks, mistakes);
		};

		describe.skipIf(MISSING[language])(titled(lesson, language), { timeout: PATIENCE }, () => {
			test('the starter does not pass', async () => {
				expect((await verdict(start)).passed).toBe(false);
			});

			test('an empty file does not pass', async () => {
				expect((await verdict({ ...start, [entry]: '' })).passed).toBe(false);
			});

			test('the solution differs from the starter', () => {
				expect(solution).not.toEqual(start);
			});

			for (const folder of foldersOf(lesson, 'solution', files)) {
				const code = { ...start, ...sources(files, folder, language) };
				test(`${folder.slice(lesson.folder.length + 1)} passes under five seeds`, async () => {
					for (const seed of SEEDS) {
						expect(unpassed(await verdict(code, seed))).toEqual([]);
					}
				});
			}

			const wrong = Object.entries(sources(files, `${lesson.folder}/wrong`, language));
			const sentences: string[] = [];

			for (const [name, text] of wrong) {
				const [mistake = ''] = name.split('.');
				test(`wrong/${name} gets the sentence of ${mistake}`, async () => {
					const judgement = await verdict({ ...start, [entry]: text });
					expect(judgement.passed).toBe(false);
					expect(judgement.mistake?.id).toBe(mistake);
					const sentence = spoken(judgement.mistake?.sentence ?? '', language);
					sentences.push(`${name}\n${withoutCounts(sentence)}\n`);
				});
			}

			test('every mistake that is known has an example', async () => {
				const { mistakes } = await loadChecks(lesson);
				const shown = wrong.map(([name]) => name.split('.')[0]);
				expect(mistakes.map(({ id }) => id).filter((id) => !shown.includes(id))).toEqual([]);
			});

			// What the learner reads, for whoever reviews a change of it. Counts are the simulation's affair.
			test('the sentences are as they were', async () => {
				await expect(sentences.join('\n')).toMatchFileSnapshot(
					`sentences/${lesson.id}.${language}.txt`
				);
			});
		});
	}
}
