import { expect, test } from 'vitest';
import { judgeQuery } from '../../../src/lib/course/judge-query.ts';
import type { QueryMistake, WorldAnswers } from '../../../src/lib/course/query-kit.ts';
import { answer, failure, world } from './answers.ts';

const right = world(answer([{ a: '1' }, [1, 2]]), answer([{ a: '1' }, [1, 2]]), 'the shop you see');
const wrong = world(answer([{ a: '1' }, [1, 3]]), answer([{ a: '1' }, [1, 2]]), 'a busy shop');

const judged = (worlds: readonly WorldAnswers[], mistakes: readonly QueryMistake[] = []) =>
	judgeQuery('up', worlds, mistakes);

function checkSentence(one: WorldAnswers, sentence: string) {
	expect(judged([one]).rows[1]?.finding?.sentence).toBe(sentence);
}

test('a query passes when its answer is right in every world', () => {
	expect(judged([right, { ...right, seed: 2 }])).toMatchObject({ passed: true });
	expect(judged([right, wrong]).passed).toBe(false);
});

test('without a world nothing passes', () => expect(judged([]).passed).toBe(false));

test('the row of a world names it, when both queries were asked, and what differs', () => {
	const [, first, second] = judged([right, wrong]).rows;
	expect(first?.finding).toBeUndefined();
	expect(second?.title).toContain('a busy shop');
	expect(second?.hint).toBe('Both queries were asked at 2 moments, from 09:00:00 to 09:01:00.');
	expect(second?.finding).toMatchObject({ series: ['a', '1'], expected: 2, got: 3 });
});

test('a wrong value is told with its series, its time and both numbers', () =>
	checkSentence(wrong, 'At 09:01:00 the series `{a="1"}` is 3, and should be 2.'));
test('a missing series is told', () =>
	checkSentence(
		world(answer(), answer([{ a: '1' }, [5]])),
		'There should be the series `{a="1"}` with 5 at 09:00:00, and it is missing.'
	));
test('a series too many is told', () =>
	checkSentence(
		world(answer([{ a: '1' }, [5]], [{}, [6]]), answer([{ a: '1' }, [5]])),
		'There is the series without labels, `{}`, with 6 at 09:00:00, and it should not be there.'
	));
test('a value too many and one too few are told', () => {
	const [some, none] = [answer([{ a: '1' }, [1, 4]]), answer([{ a: '1' }, [1, undefined]])];
	checkSentence(
		world(some, none),
		'At 09:01:00 the series `{a="1"}` has 4, and should have no value.'
	);
	checkSentence(
		world(none, some),
		'At 09:01:00 the series `{a="1"}` has no value, and should have 4.'
	);
});
test('numbers that are alike to six digits are told whole', () =>
	checkSentence(
		world(answer([{ a: '1' }, [1.000004]]), answer([{ a: '1' }, [1.000001]])),
		'At 09:00:00 the series `{a="1"}` is 1.000004, and should be 1.000001.'
	));
test('answers at the end alone say so', () => {
	const [, row] = judged([world(answer([{}, [1]]), answer([{}, [1]]))]).rows;
	expect(row?.hint).toBe('Both queries were asked at 09:00:00, the end of the run.');
});

test('an error is told in the words of Prometheus, with what to do, and nothing is compared', () => {
	const error =
		'1:6: parse error: expected type range vector in call to function "rate", got instant vector';
	const judgement = judgeQuery('rate(up)', [world(failure(error), answer())], []);
	const [first, second] = judgement.rows;
	expect(judgement.passed).toBe(false);
	expect(first?.finding?.sentence).toBe(`Prometheus says: ${error}`);
	expect(first?.hint).toContain('add a range such as [5m]');
	expect(second?.finding?.sentence).toMatch(/^Not compared/);
	expect(judgement.mistake?.id).toBe('answered');
});

test('the first known mistake gives its sentence, and right queries are accused of none', () => {
	const mistakes = [
		{ id: 'no', spot: () => undefined },
		{ id: 'this', spot: (worlds: readonly WorldAnswers[]) => `in ${worlds.length} worlds` },
		{ id: 'later', spot: () => 'later' }
	];
	expect(judged([right, wrong], mistakes).mistake).toEqual({ id: 'this', sentence: 'in 2 worlds' });
	expect(judged([right], mistakes).mistake).toBeUndefined();
});

test('a reference that fails is our own mistake', () => {
	expect(() => judged([world(answer(), failure('boom'))])).toThrow('the reference fails: boom');
});
