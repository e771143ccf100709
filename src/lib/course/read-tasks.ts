import { diffLines, hunks } from './diff.ts';
import { LessonError, readReasons } from './front-matter.ts';
import {
	LANGUAGE_NAMES,
	LANGUAGES,
	type CodeTask,
	type ConfigTask,
	type Language,
	type LessonCode,
	type LessonHead,
	type PerLanguage,
	type QueryTask,
	type SourceFiles,
	type Task
} from './lesson.ts';
import { filesIn, needed, sources, type Files } from './lesson-files.ts';
import { readConfig } from './read-world.ts';
import { readTags, type Tag } from './tags.ts';

/** Where a lesson is, and what its head says of the solution. */
type Place = Pick<LessonHead, 'why'> & { readonly folder: string };

/**
 * Reads the tasks of a lesson: what the `<Task>` and `<Variant>` of its prose say, and the files that belong to them. The one
 * code task of a lesson has its `start` and `solution` in the lesson's folder, a variant of it in `variants/ID`, a query task its
 * .promql files in `queries/ID`, and a config task its .yml files in `configs/ID`.
 */
export function readTasks(place: Place, files: Files): Task[] {
	const page = `${place.folder}/lesson.md`;
	const tasks: Task[] = [];
	for (const tag of readTags(needed(files, page), 'Task', 'Variant')) {
		const { id = '' } = tag.attributes;
		if (id === '') throw new LessonError(page, `give each <${tag.name}> an id`);
		if (tasks.some((task) => task.id === id)) throw new LessonError(page, `two tasks are ${id}`);
		tasks.push(readTask(tag, place, files, tasks));
	}
	refuseMisfits(page, place, tasks, files);
	return tasks;
}

function readTask(tag: Tag, place: Place, files: Files, earlier: readonly Task[]): Task {
	const page = `${place.folder}/lesson.md`;
	const { id = '', title, needs, of, kind } = tag.attributes;
	const [base, first] = [earlierTask(page, id, of, earlier), earlierTask(page, id, needs, earlier)];
	if (tag.name === 'Variant' && !base) {
		throw new LessonError(page, `the variant ${id} must say of which task it is one: of="…"`);
	}
	const wanted = kind ?? base?.kind ?? 'code';
	if (!isKind(wanted)) {
		const known = 'known are code, query and config';
		throw new LessonError(page, `the task ${id} has the kind ${wanted}: ${known}`);
	}
	const head = {
		id,
		title: title ?? TITLES[wanted],
		...(first && { needs: first.id }),
		...(base && { variantOf: base.id })
	};
	if (wanted === 'query') return readQueryTask(head, tag, place, files);
	if (wanted === 'config') return readConfigTask(head, tag, place, files);
	return readCodeTask(head, place, files);
}

/** What tasks are called that have no title. */
const TITLES = {
	code: 'Code',
	query: 'Query',
	config: 'Configuration'
} as const satisfies Record<Task['kind'], string>;

function isKind(kind: string): kind is Task['kind'] {
	return Object.hasOwn(TITLES, kind);
}

function earlierTask(page: string, id: string, name: string | undefined, earlier: readonly Task[]) {
	if (name === undefined) return undefined;
	const found = earlier.find((task) => task.id === name);
	if (found) return found;
	throw new LessonError(page, `the task ${id} names ${name}, and no task before it is called so`);
}

type Head = Pick<Task, 'id' | 'title' | 'needs' | 'variantOf'>;

function readQueryTask(head: Head, { attributes }: Tag, place: Place, files: Files): QueryTask {
	const page = `${place.folder}/lesson.md`;
	const folder = `${place.folder}/queries/${head.id}`;
	const { at = 'run', unit = 'number' } = attributes;
	if (at !== 'run' && at !== 'end') {
		throw new LessonError(page, `the task ${head.id} is at ${at}: known are run and end`);
	}
	const why = reasonOf(page, head, attributes);
	return {
		...head,
		kind: 'query',
		folder,
		start: (files[`${folder}/start.promql`] ?? '').trim(),
		solution: needed(files, `${folder}/solution.promql`).trim(),
		why,
		at,
		unit: unit as QueryTask['unit']
	};
}

function readConfigTask(head: Head, { attributes }: Tag, place: Place, files: Files): ConfigTask {
	const page = `${place.folder}/lesson.md`;
	const folder = `${place.folder}/configs/${head.id}`;
	const start = readConfig(files, `${folder}/start.yml`);
	const solution = readConfig(files, `${folder}/solution.yml`);
	const places = hunks(diffLines(start, solution)).length;
	if (places !== 1) {
		throw new LessonError(
			`${folder}/solution.yml`,
			`this and start.yml differ in ${places} places, and there is one why: let it be one place`
		);
	}
	const why = reasonOf(page, head, attributes);
	return { ...head, kind: 'config', folder, start, solution, why };
}

function reasonOf(page: string, { id }: Head, { why = '' }: Tag['attributes']): string {
	if (why !== '') return why;
	throw new LessonError(page, `the task ${id} must say why its solution is as it is`);
}

function readCodeTask(head: Head, place: Place, files: Files): CodeTask {
	const isVariant = head.variantOf !== undefined;
	const folder = isVariant ? `${place.folder}/variants/${head.id}` : place.folder;
	const page = isVariant ? `${folder}/why.yaml` : `${folder}/lesson.md`;
	const why = isVariant ? readReasons(page, needed(files, page)) : place.why;
	if (!why) {
		const languages = LANGUAGE_NAMES.join(' and one for ');
		throw new LessonError(page, `why is missing: give it a list of texts, or one for ${languages}`);
	}
	const code = {
		python: readCode(files, folder, 'python'),
		typescript: readCode(files, folder, 'typescript')
	};
	refuseOtherReasons(page, code, why);
	return { ...head, kind: 'code', folder, code, why };
}

function readCode(files: Files, folder: string, language: Language): LessonCode {
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

function refuseOtherReasons(
	page: string,
	code: PerLanguage<LessonCode>,
	why: PerLanguage<readonly string[]>
): void {
	for (const language of LANGUAGE_NAMES) {
		const { start, solution } = code[language];
		const [hunkCount, whyCount] = [countHunks(start, solution), why[language].length];
		if (hunkCount === whyCount) continue;
		throw new LessonError(
			page,
			`why has ${whyCount} lines, and start and solution differ in ${hunkCount} places in ${LANGUAGES[language].name}`
		);
	}
}

function countHunks(start: SourceFiles, solution: SourceFiles): number {
	return Object.entries(solution)
		.map(([name, text]) => hunks(diffLines(start[name] ?? '', text)).length)
		.reduce((sum, count) => sum + count, 0);
}

/** What no single task can be blamed for. */
function refuseMisfits(page: string, place: Place, tasks: readonly Task[], files: Files): void {
	if (tasks.length === 0) throw new LessonError(page, 'give the lesson a <Task>');
	const ofCode = tasks.filter(({ kind, variantOf }) => kind === 'code' && !variantOf);
	if (ofCode.length > 1) {
		throw new LessonError(page, 'a lesson has one task of code: make another lesson of the other');
	}
	if (ofCode.length === 0 && place.why) {
		throw new LessonError(page, 'why is about the code task, and there is none: leave it out');
	}
	for (const folder of ['queries', 'configs', 'variants']) {
		const names = filesIn(files, `${place.folder}/${folder}`).map((path) => path.split('/')[0]);
		const orphan = names.find((name) => !tasks.some(({ id }) => id === name));
		if (orphan) {
			throw new LessonError(
				`${place.folder}/${folder}/${orphan}`,
				'no task in lesson.md is so called'
			);
		}
	}
}
