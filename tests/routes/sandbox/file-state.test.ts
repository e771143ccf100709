import { expect, it } from 'vitest';
import type { Problem } from '#engine/model';
import { stateOf } from '../../../src/routes/sandbox/file-state.ts';

const untouched = {
	isApplying: false,
	isEdited: false,
	isAsTried: true,
	outcome: 'none'
} as const;
const warning: Problem = { message: '', severity: 'warning' };
const error: Problem = { message: '', severity: 'error' };

function check(file: object, problems: readonly Problem[], expected: string) {
	const { words, see } = stateOf('config', { ...untouched, ...file }, { problems, isReady: true });
	expect(see ? `${words} [${see}]` : words).toBe(expected);
}

it('a file says how it stands, and what of its problems there is to see', () => {
	check({}, [], 'Targets are scraped by this configuration.');
	check({ outcome: 'taken' }, [], 'Reloaded. Targets are scraped by it from now on.');
	check({ outcome: 'taken' }, [warning], 'Reloaded. [the warning]');
	check({ outcome: 'taken' }, [warning, warning], 'Reloaded. [the 2 warnings]');
	const refused = 'Nothing was changed; the previous configuration stays in force.';
	check({ outcome: 'refused', isEdited: true }, [error], `${refused} [the problem]`);
	check({ outcome: 'refused', isEdited: true }, [error, warning], `${refused} [the 2 problems]`);
	check({ isEdited: true }, [warning], 'Edited. Reload applies it.');
	check({ outcome: 'refused', isAsTried: false }, [], 'Targets are scraped by this configuration.');
});

it('a program says that another is in service, until it is deployed or refused itself', () => {
	const surroundings = { problems: [], isReady: true, instead: 'TypeScript' };
	const wordsOf = (file: object) => stateOf('code', { ...untouched, ...file }, surroundings).words;
	const waits = 'The program in TypeScript is in service. Run deploys this one in its place.';
	expect(wordsOf({})).toBe(waits);
	expect(wordsOf({ isEdited: true })).toBe(waits);
	expect(wordsOf({ isApplying: true })).toBe('Deploying…');
	expect(wordsOf({ outcome: 'refused' })).toBe(
		'Nothing was deployed; the previous version keeps running.'
	);
});
