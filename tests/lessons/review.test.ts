import { describe, expect, test } from 'vitest';
import { createRandom } from '#engine/sim';
import { freshItem, MOST_OPTIONS } from '../../src/lib/course/review/item.ts';
import { loadReview } from '../../src/lib/course/modules.ts';
import { readCourse } from '../../src/lib/course/read-course.ts';
import { lessonFiles } from './support.ts';

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);
const course = readCourse(lessonFiles());
const known = new Set<string>();

for (const lesson of course.lessons.values()) {
	// What an earlier lesson asks about is asked there.
	const own = lesson.concepts.filter((concept) => !known.has(concept));
	for (const concept of own) known.add(concept);

	describe(`what ${lesson.id} asks again later`, async () => {
		const templates = await loadReview(lesson);

		test('is each concept that it is the first to practise', () => {
			expect([...new Set(templates.map(({ concept }) => concept))].sort()).toEqual(own.sort());
		});

		for (const template of templates) {
			const items = SEEDS.map((seed) => freshItem(template, createRandom(seed)));

			test(`${template.concept}: one answer is right, and no two are the same`, () => {
				for (const { options } of items) {
					expect(options.filter(({ correct }) => correct)).toHaveLength(1);
					expect(new Set(options.map(({ text }) => text)).size).toBe(options.length);
					expect(options.length).toBeGreaterThanOrEqual(3);
					expect(options.length).toBeLessThanOrEqual(MOST_OPTIONS);
				}
			});

			test(`${template.concept}: each wrong answer has its misconception, each answer its reason`, () => {
				for (const { options } of items) {
					for (const { correct, misconception, why } of options) {
						expect(why).toMatch(/\.$/);
						expect(misconception ?? '').toMatch(correct ? /^$/ : /^M-/);
					}
				}
			});

			test(`${template.concept}: the numbers are fresh, and none is broken`, () => {
				const texts = items.map((item) => JSON.stringify(item));
				expect(new Set(texts).size).toBeGreaterThan(SEEDS.length / 2);
				for (const text of texts) expect(text).not.toMatch(/NaN|undefined|Infinity|\d\.\d{7}/);
			});

			test(`${template.concept}: the right answer has no place of its own`, () => {
				const places = items.map(({ options }) => options.findIndex(({ correct }) => correct));
				expect(new Set(places).size).toBe(Math.max(...items.map(({ options }) => options.length)));
			});
		}
	});
}
