import { createRequire } from 'node:module';
import { transform } from 'sucrase';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Interpreter } from '#runners/python';
import { DIFFERENCE_GROUPS, type ClientSide } from '../../../src/lib/clients/differences.ts';
import { markedPieces, withoutMarks } from '../../../src/lib/clients/text.ts';
import { bootPython, missingPython, titled } from '../../python/interpreter.ts';
import { runPython, runTypeScript, START, type Outcome } from './run-client.ts';

const TIMEOUT = 60_000;
const DIFFERENCES = DIFFERENCE_GROUPS.flatMap(({ differences }) => differences);
const TEXTS = ['error', 'page', 'toPrometheus', 'stored'] as const;

/** Checks all that is told of a program; that its page for Prometheus is told is not asked for. */
function checkOutcome(outcome: Outcome, told: ClientSide): void {
	for (const text of TEXTS) {
		if (text === 'toPrometheus' && told.toPrometheus === undefined) continue;
		expect([text, outcome[text]]).toEqual([text, told[text] && withoutMarks(told[text])]);
	}
}

describe.skipIf(missingPython !== '')(titled('in Python'), { timeout: TIMEOUT }, () => {
	let interpreter: Interpreter;
	/** What every page has, whatever the program. */
	let ofItself: ReadonlySet<string>;
	beforeAll(async () => {
		interpreter = await bootPython();
		const { page = '', toPrometheus = '', stored = '' } = await runPython(interpreter, '');
		ofItself = new Set(`${page}\n${toPrometheus}\n${stored}`.split('\n'));
		ofItself = new Set([...ofItself].filter((line) => line !== '# EOF'));
	}, TIMEOUT);

	const withoutItself = (lines: string | undefined) =>
		lines
			?.split('\n')
			.filter((line) => !ofItself.has(line))
			.join('\n');

	it.each(DIFFERENCES)('$title', async ({ id, python, withCreated }) => {
		const outcome = await runPython(interpreter, python.program, withCreated);
		if (id === 'default-collectors') return checkOutcome(outcome, python);
		const { page, toPrometheus, stored } = outcome;
		checkOutcome(
			{
				...outcome,
				page: withoutItself(page),
				toPrometheus: withoutItself(toPrometheus),
				stored: withoutItself(stored)
			} as Outcome,
			python
		);
	});
});

describe('in TypeScript', () => {
	it.each(DIFFERENCES)('$title', async ({ typescript }) => {
		checkOutcome(await runTypeScript(typescript.program), typescript);
	});
});

describe('with prom-client from npm', () => {
	const peer = createRequire(import.meta.url)('prom-client') as typeof import('prom-client');
	const shop = {
		processRequest: async () => (vi.advanceTimersByTime(250), { status: 200 })
	};
	beforeEach(() => {
		vi.useFakeTimers({ now: START, toFake: ['Date', 'hrtime'] });
		peer.register.clear();
	});
	afterEach(() => void vi.useRealTimers());

	async function runPeer(program: string): Promise<string> {
		const { code } = transform(program, { transforms: ['typescript', 'imports'] });
		const exports: { handle?: (request: object) => Promise<unknown> } = {};
		const require = (name: string) => (name === 'shop' ? shop : peer);
		new Function('require', 'exports', code)(require, exports);
		await exports.handle?.({});
		return (await peer.register.metrics()).replace(/\n$/, '');
	}

	it.each(DIFFERENCES)('$title', async ({ typescript: { program, page, error } }) => {
		if (error === undefined) expect(await runPeer(program)).toBe(withoutMarks(page!));
		else {
			const told = withoutMarks(error).replace(/^Error: /, '');
			const { message } = (await runPeer(program).catch(
				(thrown: Error) => thrown as Error
			)) as Error;
			// Ours goes on to say what to do.
			expect(told.startsWith(message.replace(/\.$/, ''))).toBe(true);
		}
	});
});

describe('what is marked', () => {
	const linesOf = (text = '') => text.split('\n');
	const isMarked = (line: string) => markedPieces(line).some((piece) => piece.isMarked);

	it.each(DIFFERENCES)('is in no line of the other client: $title', ({ python, typescript }) => {
		for (const text of TEXTS) {
			const sides = [python[text], typescript[text]];
			for (const [own, other] of [sides, sides.toReversed()]) {
				const others = linesOf(other).map(withoutMarks);
				const wrong = linesOf(own).filter(
					(line) => isMarked(line) && others.includes(withoutMarks(line))
				);
				expect(wrong).toEqual([]);
			}
		}
	});

	it.each(DIFFERENCES)('is in what is stored where that differs: $title', (difference) => {
		const { python, typescript } = difference;
		if (python.stored === undefined || typescript.stored === undefined) return;
		const isSame = withoutMarks(python.stored) === withoutMarks(typescript.stored);
		expect(isMarked(python.stored + typescript.stored)).toBe(!isSame);
	});
});

it('each difference has a place of its own in a page', () => {
	const ids = DIFFERENCE_GROUPS.flatMap(({ id, differences }) => [
		id,
		...differences.map((difference) => difference.id)
	]);
	expect(new Set(ids).size).toBe(ids.length);
});
