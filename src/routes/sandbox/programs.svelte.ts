import { ENTRIES, type CodeLanguage } from '#workers/protocol';
import { language } from '$lib/state/language.svelte.ts';
import SHOP_PY from '$lessons/worlds/shop/app.py?raw';
import SHOP_TS from '$lessons/worlds/shop/app.ts?raw';
import { EditedFile } from './edited-file.svelte.ts';
import GUNICORN_PY from './gunicorn.conf.py?raw';

/** Texts by the names of their files. */
type SourceFiles = Readonly<Record<string, string>>;

/** The shop's program in one language. All of its files are deployed together. */
export interface Program {
	readonly language: CodeLanguage;
	/** The file that it begins with. */
	readonly code: EditedFile;
	readonly files: readonly EditedFile[];
}

/** The shop's program in each language, and the language of the one that is in service. */
export class Programs {
	readonly #all: Readonly<Record<CodeLanguage, Program>> = {
		typescript: programOf('typescript', [
			{ file: ENTRIES.typescript, original: SHOP_TS, storeAs: 'promenade.sandbox.code' }
		]),
		python: programOf('python', [
			{ file: ENTRIES.python, original: SHOP_PY, storeAs: 'promenade.sandbox.python' },
			{
				file: 'gunicorn.conf.py',
				original: GUNICORN_PY,
				storeAs: 'promenade.sandbox.gunicorn'
			}
		])
	};
	inService = $state.raw<CodeLanguage>('typescript');

	/** The one in the language that the reader has chosen. */
	get chosen(): Program {
		return this.#all[language.current];
	}

	get files(): readonly EditedFile[] {
		return Object.values(this.#all).flatMap(({ files }) => files);
	}

	/** What a world begins with. */
	get inForce(): SourceFiles {
		const { files } = this.#all[this.inService];
		return Object.fromEntries(files.map((file) => [file.name, file.inForce]));
	}

	/** The program that a file belongs to. */
	of(file: EditedFile): Program | undefined {
		return Object.values(this.#all).find(({ files }) => files.includes(file));
	}

	/** Whether the file belongs to the program that is in service. */
	isInService(file: EditedFile): boolean {
		return this.of(file)?.language === this.inService;
	}

	/** Takes the chosen program into service. If it is refused, or cannot be tried (undefined), the one before goes on. */
	async run(
		deploy: (files: SourceFiles, language: CodeLanguage) => Promise<boolean | undefined>
	): Promise<boolean | undefined> {
		const { files, language: wanted } = this.chosen;
		const isTaken = await EditedFile.apply(files, (texts) => deploy(texts, wanted));
		if (isTaken) this.inService = wanted;
		return isTaken;
	}
}

function programOf(
	programLanguage: CodeLanguage,
	files: readonly { readonly file: string; readonly original: string; readonly storeAs: string }[]
): Program {
	const edited = files.map((file) => new EditedFile({ ...file, language: programLanguage }));
	return { language: programLanguage, code: edited[0] as EditedFile, files: edited };
}
