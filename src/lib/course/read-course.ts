import { parseWorld } from '#engine/lab';
import { diffLines, hunks } from './diff.ts';
import { LessonError, readChapterHead, readLessonHead } from './front-matter.ts';
import {
	LANGUAGE_NAMES,
	LANGUAGES,
	type Chapter,
	type Course,
	type HiddenWorld,
	type Language,
	type Lesson,
	type LessonCode,
	type LessonEntry,
	type PerLanguage,
	type SourceFiles
} from './lesson.ts';

/** Texts of files by their path from the repository's root. */
export type Files = Readonly<Record<string, string>>;

type Place = Pick<Lesson, 'slug' | 'folder'> & { readonly chapter: string };

/**
 * Reads the folder lessons/: `NN-chapter/NN-lesson/`, the numbers giving the order and the rest the address. All that is
 * wrong with a lesson is said here, as a LessonError that names the file, so that it fails the build and not the learner.
 */
export function readCourse(files: Files): Course {
	const places = lessonPlaces(files);
	const lessons = places.map((place) => readLesson(place, files));
	refuseTwins(lessons);
	const linked = lessons.map((lesson, i) => {
		const [previous, next] = [lessons[i - 1], lessons[i + 1]];
		return {
			...lesson,
			...(previous && { previous: linkTo(previous) }),
			...(next && { next: linkTo(next) })
		};
	});
	const chapters = [...new Set(places.map(({ folder }) => parentOf(folder)))];
	return {
		chapters: chapters.map((folder) => readChapter(folder, files, lessons)),
		lessons: new Map(linked.map((lesson) => [addressOf(lesson), lesson]))
	};
}

function lessonPlaces(files: Files): Place[] {
	const folders = Object.keys(files).flatMap((path) => {
		const [, folder] = /^(lessons\/\d+-[^/]+\/\d+-[^/]+)\//.exec(path) ?? [];
		return folder === undefined ? [] : [folder];
	});
	return [...new Set(folders)].sort().map((folder) => {
		const [, chapter = '', lesson = ''] = folder.split('/');
		return { folder, chapter: withoutNumber(chapter), slug: withoutNumber(lesson) };
	});
}

function readLesson({ folder, chapter, slug }: Place, files: Files): Lesson {
	const page = `${folder}/lesson.md`;
	const head = readLessonHead(page, needed(files, page));
	if (head.chapter !== chapter) {
		throw new LessonError(page, `chapter is ${head.chapter}, and its folder says ${chapter}`);
	}
	if (head.run.to <= head.run.from) throw new LessonError(page, 'run_to must be after run_from');
	needed(files, `${folder}/checks.ts`);
	const world = readWorld(files, `${folder}/world.yaml`);
	const code = readCode(files, folder);
	for (const language of LANGUAGE_NAMES) {
		const { start, solution } = code[language];
		const [hunkCount, whyCount] = [countHunks(start, solution), head.why[language].length];
		if (hunkCount === whyCount) continue;
		throw new LessonError(
			page,
			`why has ${whyCount} lines, and start and solution differ in ${hunkCount} places in ${LANGUAGES[language].name}`
		);
	}
	return { ...head, slug, folder, world, hidden: readHidden(files, folder, world), code };
}

function readWorld(files: Files, path: string): string {
	const text = needed(files, path);
	const outcome = parseWorld(text);
	if (outcome.ok) return text;
	const [first] = outcome.problems;
	const place = first?.line === undefined ? path : `${path}:${first.line}`;
	throw new LessonError(place, first?.message ?? 'this is not a world');
}

const DEFAULT_SEEDS = [11, 12, 13];

/** The worlds of hidden/, or the lesson's own world with three seeds that its charts do not show. */
function readHidden(files: Files, folder: string, world: string): HiddenWorld[] {
	const own = filesIn(files, `${folder}/hidden`).filter((name) => name.endsWith('.yaml'));
	if (own.length === 0) return DEFAULT_SEEDS.map((seed) => ({ world, seed }));
	return own.map((name, i) => ({
		world: readWorld(files, `${folder}/hidden/${name}`),
		seed: (DEFAULT_SEEDS[0] as number) + i
	}));
}

function readCode(files: Files, folder: string): PerLanguage<LessonCode> {
	return {
		python: readCodeIn(files, folder, 'python'),
		typescript: readCodeIn(files, folder, 'typescript')
	};
}

function readCodeIn(files: Files, folder: string, language: Language): LessonCode {
	const { name, ending } = LANGUAGES[language];
	const [start, solution] = ['start', 'solution'].map((part) => {
		const found = sources(files, `${folder}/${part}`, language);
		if (Object.keys(found).length > 0) return found;
		throw new LessonError(
			`${folder}/${part}/app${ending}`,
			`this file is missing: a lesson has its code in ${name} too`
		);
	}) as [SourceFiles, SourceFiles];
	return { start, solution };
}

/** The files of a folder that are written in a language, by their names. */
export function sources(files: Files, folder: string, language: Language): SourceFiles {
	const names = filesIn(files, folder).filter((name) => name.endsWith(LANGUAGES[language].ending));
	return Object.fromEntries(names.map((name) => [name, files[`${folder}/${name}`] as string]));
}

function filesIn(files: Files, folder: string): string[] {
	return Object.keys(files)
		.filter((path) => path.startsWith(`${folder}/`))
		.map((path) => path.slice(folder.length + 1))
		.sort();
}

function countHunks(start: SourceFiles, solution: SourceFiles): number {
	return Object.entries(solution)
		.map(([name, text]) => hunks(diffLines(start[name] ?? '', text)).length)
		.reduce((sum, count) => sum + count, 0);
}

function readChapter(folder: string, files: Files, lessons: readonly Lesson[]): Chapter {
	const path = `${folder}/chapter.yaml`;
	const slug = withoutNumber(folder.slice('lessons/'.length));
	return {
		slug,
		...readChapterHead(path, needed(files, path)),
		lessons: lessons.filter(({ chapter }) => chapter === slug).map(entryOf)
	};
}

function entryOf(lesson: Lesson): LessonEntry {
	const { id, minutes, objective } = lesson;
	return { ...linkTo(lesson), id, minutes, objective };
}

function linkTo(lesson: Lesson) {
	return { title: lesson.title, address: addressOf(lesson) };
}

function addressOf({ chapter, slug }: Lesson): string {
	return `${chapter}/${slug}`;
}

function refuseTwins(lessons: readonly Lesson[]): void {
	for (const lesson of lessons) {
		const twin = lessons.find((other) => other !== lesson && other.id === lesson.id);
		if (twin) throw new LessonError(`${lesson.folder}/lesson.md`, `${twin.folder} has the same id`);
	}
}

function needed(files: Files, path: string): string {
	const text = files[path];
	if (text === undefined) throw new LessonError(path, 'this file is missing');
	return text;
}

function withoutNumber(name: string): string {
	return name.replace(/^\d+-/, '');
}

function parentOf(path: string): string {
	return path.slice(0, path.lastIndexOf('/'));
}
