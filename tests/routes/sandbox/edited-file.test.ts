import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '#engine/model';
import { EditedFile } from '../../../src/routes/sandbox/edited-file.svelte.ts';

const isRight = (text: string) => !text.includes('wrong');
const WRONG: Problem = { message: 'wrong', severity: 'error', line: 1 };

function openFile(
	check?: (text: string) => Promise<readonly Problem[] | undefined>,
	file = 'prometheus.yml'
) {
	const storeAs = `test.${file}`;
	return new EditedFile({ check, file, language: 'yaml', original: 'original', storeAs });
}

/** Every text is taken but those that say `wrong`. */
const put = async (texts: Readonly<Record<string, string>>) => Object.values(texts).every(isRight);

const apply = (file: EditedFile) => EditedFile.apply([file], put);

beforeEach(() => {
	const stored = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => stored.set(key, value)
	});
});

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

describe('EditedFile', () => {
	it('is edited until what is written is in force', async () => {
		const file = openFile();
		expect([file.isEdited, file.isOriginal]).toEqual([false, true]);
		file.document.write('mine');
		expect([file.isEdited, file.isOriginal]).toEqual([true, false]);
		expect(await apply(file)).toBe(true);
		expect([file.isEdited, file.inForce, file.outcome]).toEqual([false, 'mine', 'taken']);
	});

	it('leaves what is in force alone when a text is refused', async () => {
		const file = openFile();
		file.document.write('mine');
		await apply(file);
		file.document.write('wrong');
		expect(await apply(file)).toBe(false);
		expect([file.inForce, file.outcome, file.document.text]).toEqual(['mine', 'refused', 'wrong']);
	});

	it('puts in force what was written when it was asked to, whatever is written meanwhile', async () => {
		let finish = (_: boolean) => {};
		const file = openFile();
		file.document.write('first');
		const slowly = () => new Promise<boolean>((resolve) => (finish = resolve));
		const applied = EditedFile.apply([file], slowly);
		expect(file.isApplying).toBe(true);
		file.document.write('second');
		expect(await apply(file)).toBe(false);
		finish(true);
		await applied;
		expect([file.inForce, file.isEdited, file.isApplying]).toEqual(['first', true, false]);
	});

	it('can be applied again after a try that failed altogether', async () => {
		const file = openFile();
		const failing = async () => {
			throw new Error('the thread is gone');
		};
		await expect(EditedFile.apply([file], failing)).rejects.toThrow('the thread is gone');
		expect([file.isApplying, file.outcome]).toEqual([false, 'none']);
	});

	it('keeps its draft for the next visit, where it is written and not in force', () => {
		const earlier = openFile();
		earlier.restore();
		earlier.document.write('mine');
		const file = openFile();
		file.restore();
		expect([file.document.text, file.inForce]).toEqual(['mine', 'original']);
	});

	it('goes back to the original, and for ten seconds forward again', () => {
		vi.useFakeTimers();
		const file = openFile();
		file.document.write('mine');
		file.reset();
		expect([file.document.text, file.replaced]).toEqual(['original', 'mine']);
		file.undoReset();
		expect([file.document.text, file.replaced]).toEqual(['mine', undefined]);
		file.reset();
		vi.advanceTimersByTime(10_000);
		file.undoReset();
		expect(file.document.text).toBe('original');
	});

	it('is as it was when a text could not even be tried', async () => {
		const file = openFile();
		file.document.write('mine');
		expect(await EditedFile.apply([file], async () => undefined)).toBeUndefined();
		expect([file.outcome, file.inForce, file.isApplying]).toEqual(['none', 'original', false]);
	});

	it('knows what was put in force although a world began meanwhile', async () => {
		let finish = (_: boolean) => {};
		const file = openFile();
		file.document.write('mine');
		const applied = EditedFile.apply([file], () => new Promise((resolve) => (finish = resolve)));
		file.begin();
		finish(true);
		await applied;
		expect([file.inForce, file.isEdited, file.outcome]).toEqual(['mine', false, 'taken']);
	});

	it('is put in force with the files that it goes with, or not at all', async () => {
		const files = ['app.py', 'gunicorn.conf.py'].map((name) => openFile(undefined, name));
		const [app, settings] = files as [EditedFile, EditedFile];
		app.document.write('mine');
		settings.document.write('wrong');
		expect(await EditedFile.apply(files, put)).toBe(false);
		expect(files.map(({ outcome, inForce }) => [outcome, inForce])).toEqual([
			['refused', 'original'],
			['refused', 'original']
		]);
		settings.document.write('right');
		expect(await EditedFile.apply(files, put)).toBe(true);
		expect(files.map(({ inForce, isEdited }) => [inForce, isEdited])).toEqual([
			['mine', false],
			['right', false]
		]);
	});

	it('puts the original in force when it is given up, and leaves what is written', async () => {
		const file = openFile();
		file.document.write('mine');
		await apply(file);
		file.giveUp();
		expect([file.inForce, file.outcome, file.document.text]).toEqual(['original', 'none', 'mine']);
	});
});

describe('the draft of an EditedFile', () => {
	const openChecked = () => {
		const checked: string[] = [];
		const file = openFile(async (text) => {
			checked.push(text);
			return isRight(text) ? [] : [WRONG];
		});
		return { file, checked };
	};
	const rest = () => vi.advanceTimersByTimeAsync(300);

	beforeEach(() => {
		vi.useFakeTimers();
	});

	it('is checked once nobody writes for a moment', async () => {
		const { file, checked } = openChecked();
		file.document.write('w');
		await vi.advanceTimersByTimeAsync(299);
		file.document.write('wrong');
		await vi.advanceTimersByTimeAsync(299);
		expect([checked, file.draftProblems]).toEqual([[], undefined]);
		await rest();
		expect([checked, file.draftProblems]).toEqual([['wrong'], [WRONG]]);
		file.document.write('right');
		await rest();
		expect(file.draftProblems).toEqual([]);
	});

	it('has nothing more to say of what has just been tried, taken or refused', async () => {
		const { file, checked } = openChecked();
		file.document.write('wrong');
		await rest();
		await apply(file);
		await rest();
		expect([checked, file.draftProblems]).toEqual([['wrong'], undefined]);
		file.document.write('wrong again');
		await rest();
		expect(file.draftProblems).toEqual([WRONG]);
		file.document.write('wrong');
		await rest();
		expect(file.draftProblems).toBeUndefined();
	});

	it('is clean when it is what is in force again after a refusal', async () => {
		const { file } = openChecked();
		file.document.write('wrong');
		await apply(file);
		file.document.write('original');
		await rest();
		expect(file.draftProblems).toEqual([]);
	});

	it('is checked when it was written during a try, and when a world begins by another text', async () => {
		let finish = (_: boolean) => {};
		const file = openFile(async () => [WRONG]);
		const slowly = () => new Promise<boolean>((resolve) => (finish = resolve));
		const applied = EditedFile.apply([file], slowly);
		file.document.write('wrong');
		await rest();
		finish(true);
		await applied;
		expect(file.draftProblems).toEqual([WRONG]);

		const { file: refused } = openChecked();
		refused.document.write('wrong');
		await apply(refused);
		refused.begin();
		await refused.check();
		expect([refused.outcome, refused.draftProblems]).toEqual(['none', [WRONG]]);
	});

	it('ignores the answer to an earlier text, and keeps what it had when there is none', async () => {
		const answers: ((problems: readonly Problem[] | undefined) => void)[] = [];
		const file = openFile(() => new Promise((resolve) => answers.push(resolve)));
		file.document.write('wrong');
		await rest();
		file.document.write('right');
		await rest();
		answers[1]?.([]);
		answers[0]?.([WRONG]);
		await rest();
		expect(file.draftProblems).toEqual([]);
		file.document.write('more');
		await rest();
		answers[2]?.(undefined);
		await rest();
		expect(file.draftProblems).toEqual([]);
	});
});
