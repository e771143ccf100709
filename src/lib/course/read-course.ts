import { LessonError, readChapterHead, readLessonHead } from './front-matter.ts';
import type { Chapter, Course, HiddenWorld, Lesson, LessonEntry, SourceFiles } from './lesson.ts';
import { filesIn, needed, sources, type Files } from './lesson-files.ts';
import { readScenes } from './read-scenes.ts';
import { readTasks } from './read-tasks.ts';
import { readWorld } from './read-world.ts';

export { sources, type Files };

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
	const folders = [...new Set(places.map(({ folder }) => parentOf(folder)))];
	const chapters = folders.map((folder) => readChapter(folder, files, lessons));
	refuseLoops(chapters, folders);
	return {
		chapters,
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
	const { world } = readWorld(files, `${folder}/world.yaml`);
	return {
		...head,
		slug,
		folder,
		world,
		hidden: readHidden(files, folder),
		scenes: readScenes(files, folder),
		tasks: readTasks({ folder, why: head.why }, files),
		finished: readProgram(files, folder, 'solution'),
		opening: readProgram(files, folder, head.shows)
	};
}

function readProgram(files: Files, folder: string, part: Lesson['shows']): SourceFiles {
	const found = sources(files, `${folder}/${part}`, 'typescript');
	if (Object.keys(found).length > 0) return found;
	throw new LessonError(`${folder}/${part}/app.ts`, 'this file is missing');
}

const DEFAULT_SEEDS = [11, 12, 13];

/** The worlds of hidden/, or the lesson's own world with three seeds that its charts do not show. */
function readHidden(files: Files, folder: string): HiddenWorld[] {
	const own = filesIn(files, `${folder}/hidden`).filter((name) => name.endsWith('.yaml'));
	if (own.length === 0) {
		const { title, world } = readWorld(files, `${folder}/world.yaml`);
		return DEFAULT_SEEDS.map((seed) => ({ title: `${title}, seed ${seed}`, world, seed }));
	}
	return own.map((name, i) => ({
		...readWorld(files, `${folder}/hidden/${name}`),
		seed: (DEFAULT_SEEDS[0] as number) + i
	}));
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
	const { id, minutes, objective, concepts, folder } = lesson;
	return { ...linkTo(lesson), id, minutes, objective, concepts, folder };
}

function linkTo(lesson: Lesson) {
	return { title: lesson.title, address: addressOf(lesson) };
}

function addressOf({ chapter, slug }: Lesson): string {
	return `${chapter}/${slug}`;
}

/** The map is drawn in one pass: a chapter builds on earlier ones. */
function refuseLoops(chapters: readonly Chapter[], folders: readonly string[]): void {
	chapters.forEach(({ after }, i) => {
		const earlier = chapters.slice(0, i).map(({ slug }) => slug);
		const wrong = after.find((slug) => !earlier.includes(slug));
		if (wrong === undefined) return;
		const known = earlier.length > 0 ? `known are ${earlier.join(', ')}` : 'there is none';
		throw new LessonError(
			`${folders[i]}/chapter.yaml`,
			`after names ${wrong}, which is no chapter before it: ${known}`
		);
	});
}

function refuseTwins(lessons: readonly Lesson[]): void {
	for (const lesson of lessons) {
		const twin = lessons.find((other) => other !== lesson && other.id === lesson.id);
		if (twin) throw new LessonError(`${lesson.folder}/lesson.md`, `${twin.folder} has the same id`);
	}
}

function withoutNumber(name: string): string {
	return name.replace(/^\d+-/, '');
}

function parentOf(path: string): string {
	return path.slice(0, path.lastIndexOf('/'));
}
