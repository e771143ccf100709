import { describe, expect, it } from 'vitest';
import type { Problem } from '#engine/model';
import type { JobTargets } from '$lib/state/target-list.svelte.ts';
import { byPlace, nounOf, refusalProblems, worstOf } from '../../../src/routes/sandbox/problems.ts';

const at = (file?: string, line?: number, column?: number): Problem => ({
	message: '',
	severity: 'error',
	file,
	line,
	column
});
const of = (...severities: Problem['severity'][]): Problem[] =>
	severities.map((severity) => ({ message: '', severity }));

describe('byPlace', () => {
	it('goes by file, line and column, all as numbers', () => {
		const sorted = [
			at('app.ts', 30, 1),
			at('prometheus.yml', 7, 5),
			at('prometheus.yml', 7, 17),
			at('prometheus.yml', 12, 3)
		];
		expect(byPlace(sorted.toReversed())).toEqual(sorted);
	});

	it('has what has no place before what has one, and equals as they were', () => {
		const first = { ...at('app.ts', 2, 1), message: 'first' };
		const second = { ...at('app.ts', 2, 1), message: 'second' };
		expect(byPlace([first, second, at('app.ts'), at()])).toEqual([
			at(),
			at('app.ts'),
			first,
			second
		]);
	});
});

describe('worstOf', () => {
	it('is an error where there is one, and a warning where there is no error', () => {
		expect(worstOf(of('info', 'warning', 'error'))).toBe('error');
		expect(worstOf(of('info', 'warning'))).toBe('warning');
	});

	it('is nothing for advice', () => {
		expect(worstOf(of('info'))).toBeUndefined();
		expect(worstOf([])).toBeUndefined();
	});
});

it('nounOf() calls warnings so where there is nothing worse', () => {
	expect(nounOf(of('warning'))).toBe('warning');
	expect(nounOf(of('warning', 'info'))).toBe('warnings');
	expect(nounOf(of('error'))).toBe('problem');
	expect(nounOf(of('warning', 'error'))).toBe('problems');
});

describe('refusalProblems', () => {
	const job = (name: string, ...refused: readonly (readonly [string, string])[]): JobTargets => ({
		name,
		active: [],
		upCount: 0,
		dropped: [],
		droppedCount: 0,
		refused: refused.map(([address, error], i) => ({
			key: `${i}`,
			item: { scrapePool: name, discoveredLabels: ['__address__', address], error }
		}))
	});
	const check = (jobs: readonly JobTargets[], ...expected: readonly string[]) => {
		const place = (name: string) => (name === 'shop' ? { line: 8, column: 5 } : undefined);
		const problems = refusalProblems(jobs, 'prometheus.yml', place);
		expect(
			problems.map(({ message, file, line }) => `${file}:${line}: ${message.split('. ')[0]}`)
		).toEqual(expected);
	};

	it('warn at the place of the job', () => {
		const jobs = [job('shop', ['shop-1:8000', 'no address'])];
		check(jobs, 'prometheus.yml:8: job "shop": shop-1:8000 is no target: no address');
		expect(refusalProblems(jobs, 'prometheus.yml', () => undefined)).toMatchObject([
			{ severity: 'warning' }
		]);
	});

	it('are one for each job and reason', () => {
		check(
			[
				job('shop', ['a', 'no address'], ['b', 'wrong'], ['c', 'no address'], ['d', 'no address']),
				job('other', ['', 'no address']),
				job('sound')
			],
			'prometheus.yml:8: job "shop": a and 2 more are no target: no address',
			'prometheus.yml:8: job "shop": b is no target: wrong',
			'prometheus.yml:undefined: job "other": an empty address is no target: no address'
		);
	});
});
