import { expect, test } from 'vitest';
import type { Files } from '../../../src/lib/course/lesson-files.ts';
import { readTasks } from '../../../src/lib/course/read-tasks.ts';

const FOLDER = 'lessons/01-a/01-b';
const QUERY = `<Task id="q" kind="query" why="so">`;

/** The tasks of a lesson with this prose and these files. */
function tasksOf(prose: string, files: Files, why?: readonly string[]) {
	const all = Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text]);
	const reasons = why && { python: why, typescript: why };
	return readTasks(
		{ folder: FOLDER, why: reasons },
		{ [`${FOLDER}/lesson.md`]: prose, ...(Object.fromEntries(all) as Files) }
	);
}

const query = { 'queries/q/solution.promql': 'up\n' };
const code = {
	'start/app.py': 'a\n',
	'start/app.ts': 'a\n',
	'solution/app.py': 'b\n',
	'solution/app.ts': 'b\n'
};
const slow = Object.fromEntries(
	Object.entries(code).map(([name, text]) => [`variants/slow/${name}`, text])
);

test('a query task has its query, and nothing to start from unless there is a file', () => {
	expect(tasksOf(QUERY, query)).toEqual([
		{
			id: 'q',
			title: 'Query',
			kind: 'query',
			folder: `${FOLDER}/queries/q`,
			start: '',
			solution: 'up',
			why: 'so',
			at: 'run',
			unit: 'number'
		}
	]);
	const [begun] = tasksOf(QUERY, { ...query, 'queries/q/start.promql': 'u\n' });
	expect(begun).toMatchObject({ start: 'u' });
});

test('tasks come in the order of the prose, and may need one another', () => {
	const prose = `<Task id="write">\n<Task id="q" kind="query" why="so" title="Ask" needs="write" at="end" unit="ratio">`;
	const tasks = tasksOf(prose, { ...code, ...query }, ['b is better']);
	expect(tasks.map(({ id, kind }) => [id, kind])).toEqual([
		['write', 'code'],
		['q', 'query']
	]);
	expect(tasks[1]).toMatchObject({ title: 'Ask', needs: 'write', at: 'end', unit: 'ratio' });
});

test('a variant is of the kind of its task, with files and reasons of its own', () => {
	const [, variant] = tasksOf(
		`<Task id="write">\n<Variant id="slow" of="write">`,
		{ ...code, ...slow, 'variants/slow/why.yaml': 'why: [slower]\n' },
		['better']
	);
	expect(variant).toMatchObject({
		kind: 'code',
		variantOf: 'write',
		folder: `${FOLDER}/variants/slow`,
		why: { python: ['slower'], typescript: ['slower'] }
	});
});

function checkRefused(prose: string, files: Files, message: string, why?: readonly string[]) {
	expect(() => tasksOf(prose, files, why)).toThrow(message);
}

const CONFIG = `<Task id="c" kind="config" why="so">`;
const config = {
	'configs/c/start.yml': 'global:\n  scrape_interval: 60s\n',
	'configs/c/solution.yml': 'global:\n  scrape_interval: 10s\n'
};

test('a config task has what it is begun from, and its solution', () => {
	expect(tasksOf(CONFIG, config)).toEqual([
		{
			id: 'c',
			title: 'Configuration',
			kind: 'config',
			folder: `${FOLDER}/configs/c`,
			start: config['configs/c/start.yml'],
			solution: config['configs/c/solution.yml'],
			why: 'so'
		}
	]);
});

test('a configuration that Prometheus would refuse is refused, at its line', () =>
	checkRefused(
		CONFIG,
		{ ...config, 'configs/c/solution.yml': 'global:\n  scrape_interval: often\n' },
		`${FOLDER}/configs/c/solution.yml:2: not a valid duration string: "often"`
	));
test('a solution of a configuration differs in one place, for which there is one why', () => {
	const { 'configs/c/start.yml': start } = config;
	checkRefused(
		CONFIG,
		{ ...config, 'configs/c/solution.yml': start },
		'differ in 0 places, and there is one why'
	);
	checkRefused('<Task id="c" kind="config">', config, 'the task c must say why');
});
test('a configuration that no task has is refused', () =>
	checkRefused(QUERY, { ...query, ...config }, 'no task in lesson.md is so called'));

test('a lesson without a task is refused', () =>
	checkRefused('prose', {}, 'give the lesson a <Task>'));
test('a task without an id is refused', () =>
	checkRefused('<Task kind="query">', query, 'give each <Task> an id'));
test('two tasks of one id are refused', () =>
	checkRefused(`${QUERY}${QUERY}`, query, 'two tasks are q'));
test('a kind that nobody knows is refused', () =>
	checkRefused('<Task id="q" kind="rule">', {}, 'known are code, query and config'));
test('a query without a solution is refused', () =>
	checkRefused(QUERY, {}, `${FOLDER}/queries/q/solution.promql: this file is missing`));
test('a query without a reason is refused', () =>
	checkRefused('<Task id="q" kind="query">', query, 'must say why its solution is as it is'));
test('a moment that nobody knows is refused', () =>
	checkRefused('<Task id="q" kind="query" why="so" at="noon">', query, 'known are run and end'));
test('a task can only need one before it', () =>
	checkRefused(
		'<Task id="q" kind="query" why="so" needs="write">',
		query,
		'the task q names write, and no task before it is called so'
	));
test('a variant must say of what', () =>
	checkRefused(
		`${QUERY}<Variant id="v" kind="query" why="so">`,
		{ ...query, 'queries/v/solution.promql': 'up' },
		'must say of which task it is one'
	));
test('two tasks of code are refused', () =>
	checkRefused('<Task id="a"><Task id="b">', code, 'a lesson has one task of code', ['x']));
test('reasons without code are refused', () =>
	checkRefused(QUERY, query, 'why is about the code task', ['x']));
test('code without reasons is refused', () =>
	checkRefused('<Task id="a">', code, 'why is missing: give it a list of texts'));
test('reasons must be as many as places that change', () =>
	checkRefused('<Task id="a">', code, 'why has 2 lines', ['x', 'y']));
test('queries that belong to no task are refused', () =>
	checkRefused(
		QUERY,
		{ ...query, 'queries/old/solution.promql': 'up' },
		`${FOLDER}/queries/old: no task in lesson.md is so called`
	));
