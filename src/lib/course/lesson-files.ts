import { LessonError } from './front-matter.ts';
import { LANGUAGES, type Language, type SourceFiles } from './lesson.ts';

/** Texts of files by their path from the repository's root. */
export type Files = Readonly<Record<string, string>>;

/** The text of a file that has to be there. */
export function needed(files: Files, path: string): string {
	const text = files[path];
	if (text === undefined) throw new LessonError(path, 'this file is missing');
	return text;
}

/** The paths of all files below a folder, from there, sorted. */
export function filesIn(files: Files, folder: string): string[] {
	return Object.keys(files)
		.filter((path) => path.startsWith(`${folder}/`))
		.map((path) => path.slice(folder.length + 1))
		.sort();
}

/** The files of a folder that are written in a language, by their names. */
export function sources(files: Files, folder: string, language: Language): SourceFiles {
	return textsIn(files, folder, LANGUAGES[language].ending);
}

/** The queries of a folder, by the names of their files. */
export function queriesIn(files: Files, folder: string): SourceFiles {
	return textsIn(files, folder, '.promql');
}

/** The configurations of a folder, by the names of their files. */
export function configsIn(files: Files, folder: string): SourceFiles {
	return textsIn(files, folder, '.yml');
}

function textsIn(files: Files, folder: string, ending: string): SourceFiles {
	const names = filesIn(files, folder).filter(
		(name) => name.endsWith(ending) && !name.includes('/')
	);
	return Object.fromEntries(names.map((name) => [name, files[`${folder}/${name}`] as string]));
}
