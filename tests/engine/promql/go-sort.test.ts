import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goSort } from '../../../src/engine/promql/go-sort.ts';

interface Item {
	readonly key: number;
	readonly id: number;
}

type Shape = 'random' | 'rising' | 'falling' | 'organ' | 'saw';

/** Keys below `modulus` in a shape; many are equal when it is small. */
function items(size: number, modulus: number, shape: Shape): Item[] {
	let state = 12345;
	return Array.from({ length: size }, (_, id) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		const keys: Record<Shape, number> = {
			random: state,
			rising: id,
			falling: size - id,
			organ: id < Math.floor(size / 2) ? id : size - id,
			saw: id % 17
		};
		return { key: keys[shape] % modulus, id };
	});
}

/** FNV-1a of the order in which items came out. */
function orderHash(sorted: readonly Item[]): number {
	return sorted.reduce((hash, { id }) => Math.imul(hash ^ id, 16777619) >>> 0, 2166136261);
}

/** What sort.Sort of Go 1.26 makes of them. */
const ORDERS: readonly (readonly [number, number, Shape, number])[] = [
	[5, 2, 'random', 1394282257],
	[5, 2, 'falling', 1810451041],
	[5, 2, 'organ', 275630857],
	[5, 2, 'saw', 1394282257],
	[13, 1, 'random', 1373724879],
	[13, 1, 'falling', 1373724879],
	[13, 1, 'organ', 1373724879],
	[13, 1, 'saw', 1373724879],
	[13, 2, 'random', 2654332821],
	[13, 2, 'falling', 3138030041],
	[13, 2, 'organ', 2796437015],
	[13, 2, 'saw', 2654332821],
	[49, 7, 'random', 379470697],
	[49, 7, 'falling', 2585888215],
	[49, 7, 'organ', 1435757825],
	[49, 7, 'saw', 4130371463],
	[50, 7, 'random', 574975744],
	[50, 7, 'falling', 3665428682],
	[50, 7, 'organ', 3747048090],
	[50, 7, 'saw', 571137670],
	[200, 2, 'random', 2723068417],
	[200, 2, 'falling', 2723068417],
	[200, 2, 'organ', 2723068417],
	[200, 2, 'saw', 4187632331],
	[200, 97, 'random', 4063985147],
	[200, 97, 'falling', 1195403459],
	[200, 97, 'organ', 2515780311],
	[200, 97, 'saw', 2870560347],
	[1000, 97, 'random', 1525346375],
	[1000, 97, 'falling', 4140956765],
	[1000, 97, 'organ', 2153589141],
	[1000, 97, 'saw', 3869336641],
	[1000, 4000000000, 'random', 4172708483],
	[1000, 4000000000, 'falling', 2021753045],
	[1000, 4000000000, 'organ', 2253207249],
	[1000, 4000000000, 'saw', 3869336641],
	[5000, 7, 'random', 3398865319],
	[5000, 7, 'falling', 3130362767],
	[5000, 7, 'organ', 85146361],
	[5000, 7, 'saw', 2599224989]
];

describe('goSort', () => {
	it.each(ORDERS)(
		'of %i keys below %i, %s, leaves equal ones as Go does',
		(size, modulus, shape, hash) => {
			const sorted = items(size, modulus, shape);
			goSort(sorted, (a, b) => a.key < b.key);
			expect(orderHash(sorted)).toBe(hash);
		}
	);

	it('sorts', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(50), { maxLength: 300 }), (keys) => {
				const sorted = keys.slice();
				goSort(sorted, (a, b) => a < b);
				expect(sorted).toEqual(keys.toSorted((a, b) => a - b));
			})
		);
	});
});
