import { describe, expect, test } from 'vitest';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { judge } from '../../src/lib/course/judge.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../src/lib/course/lesson.ts';
import { loadChecks } from '../../src/lib/course/modules.ts';
import { lessonFiles, MISSING, tryOut } from './support.ts';

const MOST_WORDS = 90;
const MOST_MINUTES = 8;
const MOST_OPTIONS = 4;

const files = lessonFiles();

/** Attributes of every tag of this name: `id="a" correct` is { id: 'a', correct: '' }. */
function tags(text: string, name: string): Record<string, string>[] {
	const found = [...text.matchAll(new RegExp(`<${name}\\b([^>]*?)/?>`, 'g'))];
	return found.map(([, attributes = '']) =>
		Object.fromEntries(
			[...attributes.matchAll(/([a-z]+)(?:=(?:"([^"]*)"|\{([^}]*)\}))?/g)].map(
				([, key = '', text, code]) => [key, text ?? code ?? '']
			)
		)
	);
}

function blocks(text: string, name: string): { tag: string; inside: string }[] {
	const found = [...text.matchAll(new RegExp(`(<${name}\\b[^>]*>)([\\s\\S]*?)</${name}>`, 'g'))];
	return found.map(([, tag = '', inside = '']) => ({ tag, inside }));
}

function codeBlocks(text: string, fence: string): string[] {
	const found = [...text.matchAll(new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``, 'g'))];
	return found.map(([, code = '']) => code);
}

/** The stretches of prose between two things to do. Code, hints and options are not prose. */
function stretches(text: string): string[] {
	return text
		.replace(/^---[\s\S]*?\n---\n/, '')
		.replace(/<script[\s\S]*?<\/script>/g, '')
		.replace(/```[\s\S]*?```/g, '')
		.replace(/<Hint>[\s\S]*?<\/Hint>/g, '')
		.split(/<(?:Predict|Observe|Quiz)\b[\s\S]*?<\/(?:Predict|Observe|Quiz)>|<\/Task>/)
		.map((stretch) => stretch.replace(/<[^>]*>/g, ' '));
}

function countWords(text: string): number {
	return text.split(/\s+/).filter((word) => /\w/.test(word)).length;
}

for (const lesson of readCourse(files).lessons.values()) {
	const text = files[`${lesson.folder}/lesson.md`] as string;

	describe(`the prose of ${lesson.id}`, () => {
		test(`has at most ${MOST_WORDS} words between two things to do`, () => {
			const long = stretches(text).filter((stretch) => countWords(stretch) > MOST_WORDS);
			expect(long).toEqual([]);
		});

		test(`takes at most ${MOST_MINUTES} minutes`, () => {
			expect(lesson.minutes).toBeLessThanOrEqual(MOST_MINUTES);
		});

		test('asks for a prediction, with two options at least', () => {
			const predictions = blocks(text, 'Predict');
			expect(predictions.length).toBeGreaterThan(0);
			for (const { inside } of predictions) {
				expect(tags(inside, 'Option').length).toBeGreaterThanOrEqual(2);
			}
		});

		test('reads back what happened, once for each prediction', () => {
			const read = tags(text, 'Observe').map(({ predict }) => predict);
			expect(read).toEqual(tags(text, 'Predict').map(({ id }) => id));
		});

		test('has questions with one right option, and a reason and a misconception for each other', () => {
			const questions = blocks(text, 'Quiz');
			expect(questions.length).toBeGreaterThan(0);
			for (const { inside } of questions) {
				const options = tags(inside, 'Option');
				expect(options.length).toBeLessThanOrEqual(MOST_OPTIONS);
				expect(options.filter(({ correct }) => correct !== undefined)).toHaveLength(1);
				for (const { correct, why, misconception } of options) {
					expect(why).toBeTruthy();
					if (correct === undefined) expect(misconception).toMatch(/^M-/);
				}
			}
		});

		test('names a misconception that the lesson is aimed at among the wrong options', () => {
			const tempting = tags(text, 'Option').map(({ misconception }) => misconception);
			expect(lesson.attacks.filter((id) => !tempting.includes(id))).toEqual([]);
		});

		for (const language of LANGUAGE_NAMES) {
			const { name, fence } = LANGUAGES[language];

			test.skipIf(MISSING[language])(`gives no hint in ${name} that passes by itself`, async () => {
				const { checks, mistakes } = await loadChecks(lesson);
				const { start } = lesson.code[language];
				const [entry = ''] = Object.keys(start);
				for (const { inside } of blocks(text, 'Hint')) {
					for (const code of codeBlocks(inside, fence)) {
						const tried = await tryOut(lesson, language, { ...start, [entry]: code });
						expect(judge(tried, checks, mistakes).passed).toBe(false);
					}
				}
			});
		}

		test('shows code in both languages, side by side', () => {
			const fences = [...text.matchAll(/^```(py|ts)\n[\s\S]*?^```\n/gm)];
			expect(fences.length).toBeGreaterThan(0);
			const pairs = text.match(/^```py\n[\s\S]*?^```\n\n```ts\n[\s\S]*?^```\n/gm) ?? [];
			expect(fences).toHaveLength(2 * pairs.length);
		});

		test('shouts at nobody', () => {
			const prose = text.replace(/```[\s\S]*?```/g, '').replace(/<!--[\s\S]*?-->/g, '');
			expect(prose).not.toMatch(/\w!/);
		});
	});
}
