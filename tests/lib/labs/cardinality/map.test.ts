import { describe, expect, it } from 'vitest';
import { tiles } from '$lib/labs/cardinality/groups.ts';
import { cellAt, productText, worstCase } from '$lib/labs/cardinality/map-view.ts';
import { PickedCell } from '$lib/labs/cardinality/picked-cell.svelte.ts';
import { lineOf } from '$lib/labs/cardinality/series-line.ts';

const LEDGER = [
	{ name: 'status', values: 8, growth: 0 },
	{ name: 'endpoint', values: 5, growth: 0 },
	{ name: 'method', values: 2, growth: 0 }
];

it('the worst case is the product of the ledger', () => {
	expect(worstCase(LEDGER)).toBe(80);
	expect(productText(LEDGER)).toBe('8 × 5 × 2');
	expect(worstCase([])).toBe(1);
});

it('every cell of a tile is found in its middle, and none beside them', () => {
	const [tile] = tiles([{ value: 'a', count: 7 }], 300, 90);
	if (!tile) throw new Error('no tile');
	const [w, h] = [tile.width / tile.columns, tile.height / tile.rows];
	const found = Array.from({ length: tile.columns * tile.rows }, (_, i) =>
		cellAt(tile, ((i % tile.columns) + 0.5) * w, (Math.floor(i / tile.columns) + 0.5) * h)
	);
	expect(found.filter((index) => index !== undefined)).toEqual([0, 1, 2, 3, 4, 5, 6]);
	expect(cellAt(tile, -1, 5)).toBeUndefined();
	expect(cellAt(tile, 301, 5)).toBeUndefined();
});

it('of cells picked in a row the last one’s line is shown, and none is said only when it is known', async () => {
	const picked = new PickedCell();
	const answers: ((line: undefined) => void)[] = [];
	const ask = () => new Promise<undefined>((resolve) => answers.push(resolve));
	const cell = { label: 'path', value: '/a', index: 0, count: 3 };
	const first = picked.pick(cell, ask);
	const line = { instance: 'shop-1:8000', number: 3, text: 'a 1' };
	await picked.pick({ ...cell, index: 1 }, async () => line);
	answers[0]?.(undefined);
	await first;
	expect(picked.line).toBe(line);
	const third = picked.pick({ ...cell, index: 2 }, ask);
	expect(picked.line).toBeUndefined();
	answers[1]?.(undefined);
	await third;
	expect(picked.line).toBe('none');
});

describe('lineOf()', () => {
	const PAGES = [
		{
			instance: 'shop-1:8000',
			text: '# HELP a x{path="/a"}\na{method="GET", path="/a"} 1\na{path="/b"} 2\na{path="/a"} 3\n'
		},
		{ instance: 'shop-2:8000', text: 'a{method="GET",path="/a"} 4\nb{mypath="/a"} 5\n' }
	];
	const cell = { label: 'path', value: '/a', count: 3 };

	it('counts the samples with the value, over all pages, and says where the line stands', () => {
		expect([0, 1, 2].map((index) => lineOf(PAGES, { ...cell, index }))).toEqual([
			{ instance: 'shop-1:8000', number: 2, text: 'a{method="GET", path="/a"} 1' },
			{ instance: 'shop-1:8000', number: 4, text: 'a{path="/a"} 3' },
			{ instance: 'shop-2:8000', number: 1, text: 'a{method="GET",path="/a"} 4' }
		]);
	});

	it('goes by the share of the way where there are more lines than cells', () => {
		expect(lineOf(PAGES, { ...cell, count: 1, index: 0 })?.number).toBe(4);
	});

	it('finds a value as it is escaped, and nothing where there is none', () => {
		const text = 'a{path="\\"x\\\\\\n"} 1\n';
		const odd = { label: 'path', value: '"x\\\n', index: 0, count: 1 };
		expect(lineOf([{ instance: 'i', text }], odd)?.text).toBe(text.trim());
		expect(lineOf(PAGES, { ...cell, value: '/c', index: 0 })).toBeUndefined();
	});
});
