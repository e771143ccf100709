import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { parseWorld } from '#engine/lab';
import { MINUTE } from '#engine/model';
import { createPromClient } from '#engine/registry';
import { readCourse, sources } from '../../../src/lib/course/read-course.ts';
import { tryCode } from '../../../src/lib/course/trials.ts';
import { foldersOf, lessonFiles, runHere } from '../../lessons/support.ts';
import { lint, testWithPromtool } from '../../promtool.ts';
import { startShop } from '../lab/shop.ts';
import { programs } from '../registry/programs.ts';

const WORLDS = new URL('../../../lessons/worlds/', import.meta.url);

describe('promtool reads the page of every program', () => {
	for (const { name, run, lint: expected = [] } of programs) {
		testWithPromtool(name, async () => {
			let now = Date.UTC(2026, 0, 1);
			const client = createPromClient({ now: () => now });
			await run(client, { advance: (milliseconds) => void (now += milliseconds) });
			expect(lint(await client.register.metrics())).toEqual([...expected].sort());
		});
	}
});

testWithPromtool('promtool finds nothing in a page with Info and Enum', async () => {
	const { Info, Enum, register } = createPromClient({ now: () => 0 });
	new Info({ name: 'build', help: 'What runs here.' }).info({ version: '1.4.3' });
	new Enum({ name: 'task_state', help: 'Where it is.', states: ['idle', 'busy'] }).state('busy');
	expect(lint(await register.metrics())).toEqual([]);
});

describe('promtool finds nothing in the pages of a world after five minutes', () => {
	for (const name of readdirSync(WORLDS)) {
		testWithPromtool(name, async () => {
			const parsed = parseWorld(readFileSync(new URL(`${name}/world.yaml`, WORLDS), 'utf8'));
			if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
			const { world } = parsed;
			const app = readFileSync(new URL(`${name}/app.ts`, WORLDS), 'utf8');
			const lab = await startShop({ world, files: { 'app.ts': app } });
			await lab.advance(world.start + 5 * MINUTE);
			const pages = lab.instances.map((instance) => lab.metricsPage(instance.name));
			expect(pages).toHaveLength(world.service.instances + world.dependencies.length);
			for (const page of pages) {
				const text = new TextDecoder().decode(page);
				expect(text).toContain('\n# TYPE ');
				expect(lint(text)).toEqual([]);
			}
		});
	}
});

describe('promtool finds nothing in the pages of the solution', () => {
	const files = lessonFiles();
	for (const lesson of readCourse(files).lessons.values()) {
		for (const folder of foldersOf(lesson, 'solution', files)) {
			testWithPromtool(folder, async () => {
				const code = { ...lesson.finished, ...sources(files, folder, 'typescript') };
				for (const tried of await tryCode(runHere, lesson, code)) {
					if (!tried.ok) throw new Error(JSON.stringify(tried.problems));
					for (const { text } of tried.evidence.pages) expect(lint(text)).toEqual([]);
				}
			});
		}
	}
});
