import { describe, expect, it } from 'vitest';
import type { Runner } from '#engine/sim';
import { createLanguageRunner } from '../../src/workers/language-runner.ts';

/** Prints its name when it is loaded. */
function speaking(name: string, disposed: string[] = []): Runner {
	const targets = [{ port: 8000, path: '/metrics' }];
	return {
		load: async (_, at) => ({ problems: [], output: [{ at, level: 'log', text: name }] }),
		handle: async () => ({ responses: [], problems: [], output: [] }),
		scrape: async (accept, target) => ({
			status: 200,
			contentType: `${accept} ${target?.port}`,
			body: new Uint8Array(0),
			problems: []
		}),
		targets: () => (name === 'Python' ? targets : undefined),
		dispose: () => void disposed.push(name)
	};
}

const languages = (disposed?: string[]) => ({
	'app.py': async () => speaking('Python', disposed),
	'app.ts': () => speaking('TypeScript', disposed)
});

describe('createLanguageRunner()', () => {
	it.each([
		['app.py', 'Python'],
		['app.ts', 'TypeScript']
	])('runs %s as %s', async (file, language) => {
		const runner = createLanguageRunner(languages());
		const { output } = await runner.load({ [file]: '', 'notes.txt': '' }, 5);
		expect(output.map(({ text }) => text)).toEqual([language]);
		expect(runner.targets?.() !== undefined).toBe(language === 'Python');
		const { contentType } = await runner.scrape('text/plain', { port: 9000, path: '/' });
		expect(contentType).toBe('text/plain 9000');
	});

	it('says which file a program begins with', async () => {
		const { problems } = await createLanguageRunner(languages()).load({ 'main.py': '' }, 0);
		expect(problems).toMatchObject([
			{ message: 'there is no file app.py or app.ts to begin with: add one', severity: 'error' }
		]);
	});

	it('disposes of a runner that comes when nobody waits for it any more', async () => {
		const disposed: string[] = [];
		const runner = createLanguageRunner(languages(disposed));
		const loading = runner.load({ 'app.py': '' }, 0);
		runner.dispose();
		expect(await loading).toEqual({ problems: [], output: [] });
		expect(disposed).toEqual(['Python']);
	});
});
