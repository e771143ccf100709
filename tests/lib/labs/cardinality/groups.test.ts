import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiles } from '$lib/labs/cardinality/groups.ts';
import { drawTile } from '$lib/labs/cardinality/draw-series.ts';

const groups = fc.uniqueArray(
	fc.record({ value: fc.string(), count: fc.integer({ min: 1, max: 100_000 }) }),
	{ selector: ({ value }) => value, minLength: 1, maxLength: 24 }
);

describe('tiles()', () => {
	it('have a cell for every series, within the map', () => {
		fc.assert(
			fc.property(groups, (some) => {
				for (const tile of tiles(some, 800, 130)) {
					expect(tile.columns * tile.rows).toBeGreaterThanOrEqual(tile.count);
					expect(tile.x + tile.width).toBeLessThanOrEqual(800);
					expect(tile.y + tile.height).toBeLessThanOrEqual(130);
				}
			})
		);
	});

	it('are as large as their groups', () => {
		const [large, small] = tiles(
			[
				{ value: 'a', count: 3000 },
				{ value: 'b', count: 1000 }
			],
			802,
			100
		);
		expect((large?.width ?? 0) / (small?.width ?? 1)).toBeCloseTo(3, 1);
		expect(tiles([], 800, 130)).toEqual([]);
	});
});

describe('drawTile()', () => {
	it('fills as many cells as there are series, and as many fresh ones', () => {
		fc.assert(
			fc.property(groups, fc.integer({ min: 0, max: 5000 }), (some, fresh) => {
				for (const tile of tiles(some, 800, 130)) {
					const areas = new Map<string, number>();
					const context = {
						fillStyle: '',
						fillRect(_x: number, _y: number, width: number, height: number) {
							areas.set(this.fillStyle, (areas.get(this.fillStyle) ?? 0) + width * height);
						},
						beginPath() {},
						moveTo() {},
						lineTo() {},
						stroke() {}
					};
					drawTile(context as never, tile, fresh, { series: 's', fresh: 'f', paper: 'p' });
					const cell = (tile.width / tile.columns) * (tile.height / tile.rows);
					expect((areas.get('s') ?? 0) / cell).toBeCloseTo(tile.count, 3);
					expect((areas.get('f') ?? 0) / cell).toBeCloseTo(Math.min(fresh, tile.count), 3);
				}
			}),
			{ numRuns: 30 }
		);
	});
});
