import { expect, it } from 'vitest';
import { outputBlocks } from '../../../src/routes/sandbox/output-blocks.ts';

const line = (at: number, instance: string, text: string) =>
	({ at, instance, text, level: 'log' }) as const;

it('the newest output comes first, and what was printed at one moment in its order', () => {
	const lines = [
		line(1000, 'shop-1', 'Traceback'),
		line(1000, 'shop-1', 'KeyError'),
		line(1000, 'shop-2', 'hello'),
		line(2000, 'shop-2', 'world')
	];
	expect(outputBlocks(lines).map((block) => block.map(({ text }) => text))).toEqual([
		['world'],
		['hello'],
		['Traceback', 'KeyError']
	]);
	expect(outputBlocks([])).toEqual([]);
});
