import type { Problem, Timestamp } from '#engine/model';
import type { ExposedPage, Handled, LoadResult, Runner, SourceFiles } from '#engine/sim';

/** Makes a runner of one language for these files; it may have to be brought here first. */
export type MakeRunner = (files: SourceFiles) => Runner | Promise<Runner>;

/** The languages by the file that a program of theirs begins with. */
export type Languages = Readonly<Record<string, MakeRunner>>;

/** A runner of whatever language the files are in, which is known when they are loaded. */
export function createLanguageRunner(languages: Languages): Runner {
	let runner: Runner | undefined;
	let isDisposed = false;

	function running(): Runner {
		if (!runner) throw new Error('no program is loaded');
		return runner;
	}

	return {
		async load(files: SourceFiles, at: Timestamp): Promise<LoadResult> {
			const entry = Object.keys(languages).find((name) => Object.hasOwn(files, name));
			if (entry === undefined) return { problems: [noEntry(languages)], output: [] };
			const made = await languages[entry]!(files);
			if (isDisposed) {
				made.dispose();
				return { problems: [], output: [] };
			}
			runner = made;
			return runner.load(files, at);
		},
		handle: async (requests, until): Promise<Handled> => running().handle(requests, until),
		scrape: async (accept, target): Promise<ExposedPage> => running().scrape(accept, target),
		targets: () => runner?.targets?.(),
		dispose(): void {
			isDisposed = true;
			runner?.dispose();
		}
	};
}

function noEntry(languages: Languages): Problem {
	const names = Object.keys(languages).join(' or ');
	return { message: `there is no file ${names} to begin with: add one`, severity: 'error' };
}
