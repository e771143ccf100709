import { beforeAll, describe, expect, test } from 'vitest';
import { judgeQuery } from '../../src/lib/course/judge-query.ts';
import type { Judgement } from '../../src/lib/course/judge.ts';
import type { Lesson, QueryTask, SourceFiles } from '../../src/lib/course/lesson.ts';
import { queriesIn } from '../../src/lib/course/lesson-files.ts';
import { loadChecks, queryMistakesOf } from '../../src/lib/course/modules.ts';
import { seriesOf, type QueryMistake, type WorldAnswers } from '../../src/lib/course/query-kit.ts';
import { askQueries } from '../../src/lib/course/trials.ts';
import { codeBlocks, hintsTo, inlineCode } from './prose.ts';
import { codeTasks, MISSING, PATIENCE, runHere, withSeeds } from './support.ts';
import { ran } from './tally.ts';

/** The verdict on each of some queries, all asked in the same runs. */
async function verdictsOn(
	lesson: Lesson,
	task: QueryTask,
	queries: readonly string[]
): Promise<{ readonly judgement: Judgement; readonly answers: readonly WorldAnswers[] }[]> {
	const mistakes = queryMistakesOf(await loadChecks(lesson), task);
	const answers = await askQueries(runHere, lesson, task, queries);
	return queries.map((query, i) => {
		const own = answers[i] ?? [];
		return { judgement: judgeQuery(query, own, mistakes), answers: own };
	});
}

/** The proof of a query task. */
export function proveQuery(
	lesson: Lesson,
	task: QueryTask,
	{ files, seeds }: { files: Record<string, string>; seeds: readonly number[] }
): void {
	const own = queriesIn(files, task.folder);
	const solutions = only(own, /^solution(?:-\d+)?\.promql$/);
	const wrong = queriesIn(files, `${task.folder}/wrong`);
	const tempting = queriesIn(files, `${task.folder}/tempting`);
	const hints = hintsTo(files[`${lesson.folder}/lesson.md`] as string, task.id).flatMap((hint) => [
		...codeBlocks(hint, 'promql'),
		...inlineCode(hint)
	]);
	const all: SourceFiles = {
		start: task.start,
		empty: '',
		...solutions,
		...prefixed('wrong/', wrong),
		...prefixed('tempting/', tempting),
		...Object.fromEntries(hints.map((hint, i) => [`hint ${i}`, hint]))
	};

	describe(`${lesson.id}: the query ${task.id}`, { timeout: PATIENCE }, () => {
		let verdicts: ReadonlyMap<string, Awaited<ReturnType<typeof verdictsOn>>[number]>;
		let mistakes: readonly QueryMistake[];
		const verdict = (name: string) => verdicts.get(name)!.judgement;

		beforeAll(async () => {
			mistakes = queryMistakesOf(await loadChecks(lesson), task);
			const found = await verdictsOn(lesson, task, Object.values(all).map(trimmed));
			verdicts = new Map(Object.keys(all).map((name, i) => [name, found[i]!]));
		}, PATIENCE);

		test('the starter and no query at all do not pass', () => {
			expect(verdict('start').passed).toBe(false);
			expect(verdict('empty').passed).toBe(false);
			ran('starter');
		});

		test('the reference has an answer in every world', () => {
			const { answers } = verdicts.get('solution.promql')!;
			for (const { reference } of answers) expect(seriesOf(reference).length).toBeGreaterThan(0);
		});

		test('every solution passes under five seeds', async () => {
			for (const seed of seeds) {
				const found = await verdictsOn(
					withSeeds(lesson, seed),
					task,
					Object.values(solutions).map(trimmed)
				);
				expect(found.map(({ judgement }) => unpassed(judgement))).toEqual(found.map(() => []));
			}
			ran('solution', Object.keys(solutions).length);
		});

		for (const { code, variantOf } of codeTasks(lesson)) {
			if (variantOf !== undefined) continue;
			test.skipIf(MISSING.python)('every solution passes where the shop is in Python', async () => {
				const inPython = { ...lesson, finished: code.python.solution };
				const found = await verdictsOn(inPython, task, Object.values(solutions).map(trimmed));
				expect(found.map(({ judgement }) => unpassed(judgement))).toEqual(found.map(() => []));
			});
		}

		const sentences: string[] = [];

		for (const name of Object.keys(wrong)) {
			const [mistake = ''] = name.split('.');
			test(`wrong/${name} gets the sentence of ${mistake}`, () => {
				const judgement = verdict(`wrong/${name}`);
				expect(judgement.passed).toBe(false);
				expect(judgement.mistake?.id).toBe(mistake);
				sentences.push(`${name}\n${judgement.mistake?.sentence}\n`);
				ran('wrong answer');
			});
		}

		test('every mistake that is known has an example', () => {
			const shown = Object.keys(wrong).map((name) => name.split('.')[0]);
			expect(mistakes.map(({ id }) => id).filter((id) => !shown.includes(id))).toEqual([]);
		});

		for (const name of Object.keys(tempting)) {
			test(`tempting/${name} differs from the reference somewhere`, () => {
				expect(verdict(`tempting/${name}`).passed).toBe(false);
				ran('tempting query');
			});
		}

		test('no hint has a query that passes', () => {
			const passing = hints.filter((_, i) => verdict(`hint ${i}`).passed);
			expect(passing).toEqual([]);
		});

		test('the sentences are as they were', async () => {
			const text = sentences.join('\n');
			await expect(text).toMatchFileSnapshot(`sentences/${lesson.id}.${task.id}.query.txt`);
		});
	});
}

function unpassed({ rows }: Judgement): string[] {
	return rows.flatMap(({ title, finding }) => (finding ? [`${title}: ${finding.sentence}`] : []));
}

function only(files: SourceFiles, pattern: RegExp): SourceFiles {
	return Object.fromEntries(Object.entries(files).filter(([name]) => pattern.test(name)));
}

function prefixed(prefix: string, files: SourceFiles): SourceFiles {
	return Object.fromEntries(
		Object.entries(files).map(([name, text]) => [`${prefix}${name}`, text])
	);
}

function trimmed(query: string): string {
	return query.trim();
}
