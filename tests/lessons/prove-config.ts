import { describe, expect, test } from 'vitest';
import { judgeConfig, type Judgement } from '../../src/lib/course/judge.ts';
import type { ConfigTask, Lesson } from '../../src/lib/course/lesson.ts';
import { configsIn } from '../../src/lib/course/lesson-files.ts';
import { configChecksOf, loadChecks } from '../../src/lib/course/modules.ts';
import { tryConfig } from '../../src/lib/course/trials.ts';
import { codeBlocks, hintsTo } from './prose.ts';
import { PATIENCE, runHere, withSeeds } from './support.ts';
import { ran } from './tally.ts';

/** The verdict on a `prometheus.yml`. */
async function verdictOn(lesson: Lesson, task: ConfigTask, config: string): Promise<Judgement> {
	const asked = configChecksOf(await loadChecks(lesson), task);
	return judgeConfig(await tryConfig(runHere, lesson, config, asked.asks), asked);
}

function unpassed({ rows }: Judgement): string[] {
	return rows.flatMap(({ title, finding }) => (finding ? [`${title}: ${finding.sentence}`] : []));
}

/** The proof of a task in which a `prometheus.yml` is written. */
export function proveConfig(
	lesson: Lesson,
	task: ConfigTask,
	{ files, seeds }: { files: Record<string, string>; seeds: readonly number[] }
): void {
	const own = Object.entries(configsIn(files, task.folder));
	const solutions = own.filter(([name]) => /^solution(?:-\d+)?\.yml$/.test(name));
	const wrong = Object.entries(configsIn(files, `${task.folder}/wrong`));
	const hints = hintsTo(files[`${lesson.folder}/lesson.md`] as string, task.id);

	describe(`${lesson.id}: the configuration ${task.id}`, { timeout: PATIENCE }, () => {
		test('the starter and no configuration at all do not pass', async () => {
			expect((await verdictOn(lesson, task, task.start)).passed).toBe(false);
			expect((await verdictOn(lesson, task, '')).passed).toBe(false);
			ran('starter');
		});

		const remarked = new Map<string, string | undefined>();

		for (const [name, text] of solutions) {
			test(`${name} passes under five seeds`, async () => {
				for (const seed of seeds) {
					const judgement = await verdictOn(withSeeds(lesson, seed), task, text);
					expect(unpassed(judgement)).toEqual([]);
					remarked.set(name, judgement.remark);
				}
				ran('solution');
			});
		}

		const sentences: string[] = [];

		for (const [name, text] of wrong) {
			const [mistake = ''] = name.split('.');
			test(`wrong/${name} gets the sentence of ${mistake}`, async () => {
				const judgement = await verdictOn(lesson, task, text);
				expect(judgement.passed).toBe(false);
				expect(judgement.mistake?.id).toBe(mistake);
				sentences.push(`${name}\n${judgement.mistake?.sentence}\n`);
				ran('wrong answer');
			});
		}

		test('every mistake that is known has an example', async () => {
			const { mistakes } = configChecksOf(await loadChecks(lesson), task);
			const shown = wrong.map(([name]) => name.split('.')[0]);
			expect(mistakes.map(({ id }) => id).filter((id) => !shown.includes(id))).toEqual([]);
		});

		test('nothing is remarked on the solution, and everything that can be on another one', async () => {
			const { remarks = [] } = configChecksOf(await loadChecks(lesson), task);
			const said = [...new Set(remarked.values())].filter((remark) => remark !== undefined);
			expect(remarked.get('solution.yml')).toBeUndefined();
			expect(said.length).toBeGreaterThanOrEqual(remarks.length);
			sentences.push(...said.map((remark) => `remarked\n${remark}\n`));
		});

		test('no hint has a configuration that passes', async () => {
			for (const hint of hints) {
				for (const config of codeBlocks(hint, 'yaml')) {
					expect((await verdictOn(lesson, task, config)).passed).toBe(false);
				}
			}
		});

		// What the learner reads, for whoever reviews a change of it.
		test('the sentences are as they were', async () => {
			const text = sentences.join('\n');
			await expect(text).toMatchFileSnapshot(`sentences/${lesson.id}.${task.id}.config.txt`);
		});
	});
}
