import { describe, expect, test } from 'vitest';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../src/lib/course/lesson.ts';
import { blocks, codeBlocks, hintsTo, tags, type Block } from './prose.ts';
import { codeTasks, lessonFiles, MISSING, PATIENCE, verdictOn, withEntry } from './support.ts';

const MOST_WORDS = 90;
const MOST_MINUTES = 8;
const MOST_OPTIONS = 4;
const READINGS = ['highest', 'lowest', 'last'];

const files = lessonFiles();

/** The stretches of prose between two things to do. Code, hints and options are not prose. */
function stretches(text: string): string[] {
	return text
		.replace(/^---[\s\S]*?\n---\n/, '')
		.replace(/<script[\s\S]*?<\/script>/g, '')
		.replace(/```[\s\S]*?```/g, '')
		.replace(/<Hint>[\s\S]*?<\/Hint>/g, '')
		.replace(/="[^"]*"/g, '')
		.split(
			/<(?:Predict|Observe|Quiz|Explain)\b[^>]*\/>|<(Predict|Observe|Quiz|Explain)\b[\s\S]*?<\/\1>|<\/(?:Task|Variant)>/
		)
		.map((stretch) => (stretch ?? '').replace(/<[^>]*>/g, ' '));
}

function countWords(text: string): number {
	return text.split(/\s+/).filter((word) => /\w/.test(word)).length;
}

/** The ids of the figures in the prose: an instrument has its id before anything else. */
function figureIds(text: string): (string | undefined)[] {
	const instruments = text.matchAll(/import (\w+) from '\$lib\/course\/instruments\//g);
	return [...instruments].flatMap(([, name]) =>
		[...text.matchAll(new RegExp(`<${name}\\s+id="([^"]+)"`, 'g'))].map(([, id]) => id)
	);
}

function isNumber({ attributes }: Block): boolean {
	return attributes.kind === 'number';
}

for (const lesson of readCourse(files).lessons.values()) {
	const text = files[`${lesson.folder}/lesson.md`] as string;
	const predictions = blocks(text, 'Predict');

	describe(`the prose of ${lesson.id}`, () => {
		test(`has at most ${MOST_WORDS} words between two things to do`, () => {
			const long = stretches(text).filter((stretch) => countWords(stretch) > MOST_WORDS);
			expect(long).toEqual([]);
		});

		test(`takes at most ${MOST_MINUTES} minutes`, () => {
			expect(lesson.minutes).toBeLessThanOrEqual(MOST_MINUTES);
		});

		test('asks for a prediction, with two options at least, or of a number between two others', () => {
			expect(predictions.length).toBeGreaterThan(0);
			for (const one of predictions) {
				const { min, max, unit, read } = one.attributes;
				if (isNumber(one)) {
					expect(Number(min)).toBeLessThan(Number(max));
					expect(unit).toBeTruthy();
					expect(READINGS).toContain(read);
				} else {
					expect(tags(one.inside, 'Option').length).toBeGreaterThanOrEqual(2);
				}
			}
		});

		test('draws predictions into charts and figures that it has', () => {
			const charts = tags(text, 'Chart').map(({ id }) => id);
			const figures = figureIds(text);
			for (const { attributes } of predictions) {
				const { chart, figure } = attributes;
				if (figure === undefined) expect(charts).toContain(chart);
				else expect(figures).toContain(figure);
			}
		});

		test('gives every chart a title of its own', () => {
			const titles = tags(text, 'Chart').map(({ title }) => title);
			expect(titles.filter(Boolean)).toEqual([...new Set(titles)]);
		});

		test('reads back what happened, once for each prediction', () => {
			const read = tags(text, 'Observe').map(({ predict }) => predict);
			expect(read).toEqual(predictions.map(({ attributes }) => attributes.id));
		});

		test('lets a number be read off the chart, and never writes down what it will be', () => {
			const numbers = predictions.filter(isNumber).map(({ attributes }) => attributes.id);
			const observed = blocks(text, 'Observe').filter(({ attributes }) =>
				numbers.includes(attributes.predict)
			);
			for (const { inside } of observed) expect(tags(inside, 'Option')).toEqual([]);
		});

		const questions = [...blocks(text, 'Quiz'), ...blocks(text, 'Explain')];

		test('has questions with one right option, and a reason and a misconception for each other', () => {
			expect(questions.length).toBeGreaterThan(0);
			for (const { inside } of questions) {
				const options = tags(inside, 'Option');
				expect(options.length).toBeGreaterThanOrEqual(2);
				expect(options.length).toBeLessThanOrEqual(MOST_OPTIONS);
				expect(options.filter(({ correct }) => correct !== undefined)).toHaveLength(1);
				for (const { correct, why, misconception } of options) {
					expect(why).toBeTruthy();
					if (correct === undefined) expect(misconception).toMatch(/^M-/);
				}
			}
		});

		test('has no two options alike', () => {
			for (const { inside } of [...questions, ...predictions, ...blocks(text, 'Observe')]) {
				for (const key of ['id', 'text']) {
					const all = tags(inside, 'Option').map((option) => option[key]);
					expect(all).toEqual([...new Set(all)]);
				}
			}
		});

		test('asks why something worked of tasks that it has', () => {
			const tasks = lesson.tasks.map(({ id }) => id);
			for (const { task } of tags(text, 'Explain')) expect(tasks).toContain(task);
		});

		test('gives no two steps one id', () => {
			const ids = ['Predict', 'Observe', 'Task', 'Variant', 'Quiz', 'Explain'].flatMap((name) =>
				tags(text, name).map(({ id }) => id)
			);
			expect(ids).toEqual([...new Set(ids)]);
		});

		test('names a misconception that the lesson is aimed at among the wrong options', () => {
			const tempting = tags(text, 'Option').map(({ misconception }) => misconception);
			expect(lesson.attacks.filter((id) => !tempting.includes(id))).toEqual([]);
		});

		for (const task of codeTasks(lesson)) {
			for (const language of LANGUAGE_NAMES) {
				const { name, fence } = LANGUAGES[language];
				test.skipIf(MISSING[language])(
					`gives no hint to ${task.id} in ${name} that passes by itself`,
					{ timeout: PATIENCE },
					async () => {
						const { start } = task.code[language];
						for (const hint of hintsTo(text, task.id)) {
							for (const code of codeBlocks(hint, fence)) {
								const { passed } = await verdictOn(lesson, task, withEntry(start, code));
								expect(passed).toBe(false);
							}
						}
					}
				);
			}
		}

		test('shows code in both languages, side by side', () => {
			const fences = [...text.matchAll(/^```(py|ts)\n[\s\S]*?^```\n/gm)];
			if (codeTasks(lesson).length > 0) expect(fences.length).toBeGreaterThan(0);
			const pairs = text.match(/^```py\n[\s\S]*?^```\n\n```ts\n[\s\S]*?^```\n/gm) ?? [];
			expect(fences).toHaveLength(2 * pairs.length);
		});

		test('shouts at nobody', () => {
			const prose = text
				.replace(/```[\s\S]*?```/g, '')
				.replace(/`[^`]*`/g, '')
				.replace(/<!--[\s\S]*?-->/g, '');
			expect(prose).not.toMatch(/\w!/);
		});
	});
}
