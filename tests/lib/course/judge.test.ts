import { expect, test } from 'vitest';
import type { Evidence } from '#engine/lab';
import type { Problem } from '#engine/model';
import type { Check, Mistake } from '../../../src/lib/course/check-kit.ts';
import { judge, judgeConfig, type Tried } from '../../../src/lib/course/judge.ts';

const tried = (seed: number, problems: readonly Problem[] = []): Tried => ({
	ok: true,
	evidence: {
		seed,
		start: 0,
		end: 1,
		pages: [],
		truth: [],
		queries: [],
		graphs: [],
		problems
	} as unknown as Evidence
});

/** Fails for the given seeds. */
const check = (id: string, ...seeds: number[]): Check => ({
	id,
	title: id,
	hint: '',
	judge: ({ seed }) => (seeds.includes(seed) ? { sentence: `seed ${seed}` } : undefined)
});

const mistake = (id: string, ...seeds: number[]): Mistake => ({
	id,
	spot: ({ seed }) => (seeds.includes(seed) ? `${id} in ${seed}` : undefined)
});

const findings = (judgement: ReturnType<typeof judge>) =>
	judgement.rows.map(({ id, finding }) => `${id}: ${finding?.sentence ?? 'ok'}`);

test('code passes when every check passes in every trial', () => {
	const judgement = judge([tried(1), tried(2)], [check('a'), check('b')], []);
	expect(judgement).toMatchObject({ passed: true });
	expect(findings(judgement)).toEqual(['runs: ok', 'a: ok', 'b: ok']);
});

test('a row fails with the finding of the first trial that it fails in', () => {
	const judgement = judge([tried(1), tried(2), tried(3)], [check('a', 2, 3), check('b')], []);
	expect(judgement.passed).toBe(false);
	expect(findings(judgement)).toEqual(['runs: ok', 'a: seed 2', 'b: ok']);
});

test('the first known mistake in the first failing trial gives the sentence', () => {
	const mistakes = [mistake('later', 3), mistake('this', 2), mistake('other', 2)];
	const { mistake: found } = judge([tried(1), tried(2), tried(3)], [check('a', 2, 3)], mistakes);
	expect(found).toEqual({ id: 'this', sentence: 'this in 2' });
});

test('a mistake can be told by what shows in several worlds', () => {
	const everywhere: Mistake = {
		id: 'everywhere',
		spot: (_, trials) => `seeds ${trials.map(({ seed }) => seed).join()}`
	};
	const { mistake: found } = judge([tried(1), tried(2)], [check('a', 2)], [everywhere]);
	expect(found?.sentence).toBe('seeds 1,2');
});

test('right code is not accused of a mistake', () => {
	expect(judge([tried(1)], [check('a')], [mistake('any', 1)]).mistake).toBeUndefined();
});

test('code that does not load is told why, and nothing else', () => {
	const problem: Problem = { message: 'Unexpected token.', severity: 'error', line: 4 };
	const judgement = judge([{ ok: false, problems: [problem] }], [check('a')], []);
	expect(findings(judgement)).toEqual([
		'runs: Unexpected token. Line 4.',
		'a: Not looked at, because the code does not run yet.'
	]);
	expect(judgement.mistake?.id).toBe('runs');
});

test('code that throws while it serves does not run', () => {
	const problem: Problem = { message: 'x is not defined', severity: 'error' };
	const judgement = judge([tried(1), tried(2, [problem])], [check('a')], []);
	expect(judgement.passed).toBe(false);
	expect(judgement.rows[0]?.finding?.sentence).toBe('x is not defined.');
});

// Each message as the client, or what runs the code, words it.
for (const [message, advice] of [
	['ValueError: Incorrect label count (in handle, for GET /)', /one value for each/],
	['Error: Invalid number of arguments (2): "GET, 200" for label names (3)', /one value for each/],
	['ValueError: counter metric is missing label values', /says which of them/],
	['handle() must return a status such as 200, or (body, status)', /`raise`\|`throw`/],
	['handle() must return a response such as { status: 200 }', /`raise`\|`throw`/],
	['x is not defined', /^The editor marks the place\.$/]
] as const) {
	test(`what to do is said with: ${message}`, () => {
		const problem: Problem = { message, severity: 'error' };
		expect(judge([tried(1, [problem])], [], []).rows[0]?.hint).toMatch(advice);
	});
}

test('without a trial nothing passes', () => {
	expect(judge([], [check('a')], []).passed).toBe(false);
});

test('a configuration that cannot be used says why, in the words of Prometheus, at its line', () => {
	const message = 'not a valid duration string: "10"';
	const problems: Problem[] = [{ message, severity: 'error', line: 3 }];
	const judgement = judgeConfig([{ ok: false, problems }], { checks: [check('a')], mistakes: [] });
	expect(judgement.mistake).toEqual({ id: 'read', sentence: `${message}. Line 3.` });
	expect(findings(judgement)[1]).toMatch(/^a: Not looked at/);
});

test('of a configuration that passes something is remarked, and of one that does not nothing', () => {
	const remark = (spot: () => string | undefined) => ({ id: 'r', spot });
	const remarks = [remark(() => undefined), remark(() => 'it costs'), remark(() => 'more')];
	const asked = { mistakes: [], remarks };
	expect(judgeConfig([tried(1)], { ...asked, checks: [check('a')] }).remark).toBe('it costs');
	expect(judgeConfig([tried(1)], { ...asked, checks: [check('a', 1)] }).remark).toBeUndefined();
	expect(judgeConfig([tried(1)], { checks: [check('a')], mistakes: [] }).remark).toBeUndefined();
});
