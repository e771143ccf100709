import { expect, test } from 'vitest';
import { readCourse, type Files } from '../../../src/lib/course/read-course.ts';
import { lessonFiles } from '../../lessons/support.ts';

const FOLDER = 'lessons/02-types/01-counter-only-up';
const CHAPTER = 'lessons/02-types/chapter.yaml';
const good = Object.fromEntries(
	Object.entries(lessonFiles())
		.filter(([path]) => path.startsWith('lessons/02-types/'))
		// Here it is the only chapter, so it builds on none.
		.map(([path, text]) => [path, path === CHAPTER ? text.replace(/^after: .*\n/m, '') : text])
);

/** The files of a good lesson, some of them changed; undefined removes one. */
function withFiles(changes: Readonly<Record<string, string | undefined>>): Files {
	const files: Record<string, string> = { ...good };
	for (const [name, text] of Object.entries(changes)) {
		const path = name.startsWith('lessons/') ? name : `${FOLDER}/${name}`;
		if (text === undefined) delete files[path];
		else files[path] = text;
	}
	return files;
}

function withLine(pattern: RegExp, line: string): Files {
	return withFiles({ 'lesson.md': (good[`${FOLDER}/lesson.md`] as string).replace(pattern, line) });
}

function checkRefused(files: Files, message: string) {
	expect(() => readCourse(files)).toThrow(message);
}

test('a good lesson is read: address, code, worlds, links', () => {
	const { chapters, lessons } = readCourse(good);
	expect(chapters.map(({ slug }) => slug)).toEqual(['types']);
	expect(chapters[0]?.lessons[0]?.address).toBe('types/counter-only-up');
	const lesson = lessons.get('types/counter-only-up');
	expect(lesson).toMatchObject({ id: 'counter-only-up', run: { from: 420_000, to: 840_000 } });
	const [task] = lesson?.tasks ?? [];
	if (task?.kind !== 'code') throw new Error('there is no code task');
	expect(Object.keys(task.code.python.start)).toEqual(['app.py']);
	expect(Object.keys(task.code.typescript.start)).toEqual(['app.ts']);
	expect(Object.keys(lesson?.finished ?? {})).toEqual(['app.ts']);
	expect(lesson?.hidden).toHaveLength(3);
});

test('lessons follow each other in the order of their numbers', () => {
	const copy = Object.fromEntries(
		Object.entries(good)
			.filter(([path]) => path.startsWith(FOLDER))
			.map(([path, text]) => [
				path.replace('01-counter-only-up', '02-again'),
				text.replace('id: counter-only-up', 'id: again')
			])
	);
	const others = Object.entries(good).filter(([path]) => !/^lessons\/[^/]+\/0[2-9]-/.test(path));
	const { lessons } = readCourse({ ...copy, ...Object.fromEntries(others) });
	const [first, second] = [...lessons.values()];
	expect(first?.next?.address).toBe('types/again');
	expect(second?.previous?.address).toBe('types/counter-only-up');
	expect(second?.next).toBeUndefined();
});

test('without hidden worlds the own world is checked under three seeds', () => {
	const files = Object.fromEntries(
		Object.entries(good).filter(([path]) => !path.includes('/hidden/'))
	);
	const hidden = readCourse(files).lessons.get('types/counter-only-up')?.hidden ?? [];
	expect(new Set(hidden.map(({ seed }) => seed)).size).toBe(3);
	expect(new Set(hidden.map(({ world }) => world)).size).toBe(1);
});

test('one list of reasons is for both languages, and each may have a list of its own', () => {
	const why = (files: Files) => readCourse(files).lessons.get('types/counter-only-up')?.why;
	const { python, typescript } = why(good)!;
	expect(python).toHaveLength(3);
	expect(typescript).toEqual(python);
	const own = withLine(
		/^why:\n(?: {2}- .*\n)+/m,
		'why: { python: [a, b, c], typescript: [d, e, f] }\n'
	);
	expect(why(own)).toEqual({ python: ['a', 'b', 'c'], typescript: ['d', 'e', 'f'] });
});
test('reasons for one language alone are refused', () =>
	checkRefused(
		withLine(/^why:\n(?: {2}- .*\n)+/m, 'why: { python: [a, b, c] }\n'),
		'why is missing: give it a list of texts, or one for python and one for typescript'
	));

test('a missing title is refused', () =>
	checkRefused(withLine(/^title: .*\n/m, ''), `${FOLDER}/lesson.md: title is missing`));
test('a field that nobody knows is refused', () =>
	checkRefused(withLine(/^minutes: /m, 'hours: 1\nminutes: '), 'there is no field hours'));
test('a duration that is none is refused', () =>
	checkRefused(withLine(/^trial: .*$/m, 'trial: soon'), 'trial is missing: give it a duration'));
test('front matter must be there', () =>
	checkRefused(withFiles({ 'lesson.md': '# Counter\n' }), 'begin it with front matter'));
test('a chapter that is not the folder is refused', () =>
	checkRefused(withLine(/^chapter: .*$/m, 'chapter: rates'), 'its folder says types'));
test('a stretch that ends before it begins is refused', () =>
	checkRefused(withLine(/^run_to: .*$/m, 'run_to: 1m'), 'run_to must be after run_from'));
test('reasons must be as many as places that change', () =>
	checkRefused(withLine(/^ {2}- The `Counter` comes.*\n/m, ''), 'why has 2 lines'));
for (const name of ['lesson.md', 'checks.ts', 'world.yaml']) {
	test(`a missing ${name} is named`, () =>
		checkRefused(withFiles({ [name]: undefined }), `${FOLDER}/${name}: this file is missing`));
}
for (const name of ['start/app.py', 'solution/app.py', 'start/app.ts', 'solution/app.ts']) {
	test(`a missing ${name} is named`, () =>
		checkRefused(withFiles({ [name]: undefined }), `${FOLDER}/${name}: this file is missing`));
}
test('a lesson without a language is refused', () => {
	const files = Object.fromEntries(Object.entries(good).filter(([path]) => !path.endsWith('.py')));
	checkRefused(files, 'a lesson has its code in Python too');
});
test('reasons must be as many as places that change in Python too', () =>
	checkRefused(
		withFiles({ 'solution/app.py': `import this\n${good[`${FOLDER}/start/app.py`]}` }),
		'why has 3 lines, and start and solution differ in 1 places in Python'
	));
test('a missing chapter.yaml is named', () =>
	checkRefused(
		withFiles({ 'lessons/02-types/chapter.yaml': undefined }),
		'lessons/02-types/chapter.yaml: this file is missing'
	));
test('a bad world is refused with its line', () =>
	checkRefused(
		withFiles({ 'world.yaml': 'title: A shop\nmoon: full\n' }),
		`${FOLDER}/world.yaml:2: the file has no field "moon"`
	));
test('a bad hidden world is refused too', () =>
	checkRefused(withFiles({ 'hidden/04-odd.yaml': 'moon: full\n' }), 'hidden/04-odd.yaml'));
test('two lessons of one id are refused', () => {
	const copy = Object.fromEntries(
		Object.entries(good)
			.filter(([path]) => path.startsWith(FOLDER))
			.map(([path, text]) => [path.replace('01-counter-only-up', '02-again'), text])
	);
	checkRefused({ ...good, ...copy }, 'has the same id');
});

test('the charts show the finished shop, or the one that is begun with', () => {
	const [finished] = readCourse(good).lessons.values();
	expect(finished?.opening).toEqual(finished?.finished);
	const [begun] = readCourse(withLine(/^run_from: /m, 'shows: start\nrun_from: ')).lessons.values();
	expect(begun?.opening).toEqual({ 'app.ts': good[`${FOLDER}/start/app.ts`] });
});
test('charts that show something else are refused', () =>
	checkRefused(
		withLine(/^run_from: /m, 'shows: nothing\nrun_from: '),
		'shows is nothing: known are start and solution'
	));

test('a chapter that builds on one that does not come before it is refused', () => {
	const files = withFiles({ [CHAPTER]: `${good[CHAPTER]}after: [latency]\n` });
	checkRefused(files, `${CHAPTER}: after names latency, which is no chapter before it`);
});
