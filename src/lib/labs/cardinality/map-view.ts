import type { LedgerRow } from './ledger.ts';

/** What the map shows beside the live series: nothing, the product of the ledger, or the series that have ended. */
export type MapView = 'live' | 'worst' | 'ever';

export const MAP_VIEWS: readonly { readonly value: MapView; readonly label: string }[] = [
	{ value: 'live', label: 'live' },
	{ value: 'worst', label: 'worst case' },
	{ value: 'ever', label: 'ever seen' }
];

/** How many combinations the labels could make if every value came with every other: of one metric without buckets, on one instance. */
export function worstCase(ledger: readonly LedgerRow[]): number {
	return ledger.reduce((product, { values }) => product * Math.max(1, values), 1);
}

/** The product as a person writes it: `6,628 × 4 × 4 × 2`. */
export function productText(ledger: readonly LedgerRow[]): string {
	return ledger.map(({ values }) => values.toLocaleString('en')).join(' × ');
}

/** Which cell of a tile is under a point, counted from 0; undefined beside all cells. Everything in pixels. */
export function cellAt(
	tile: {
		readonly x: number;
		readonly y: number;
		readonly width: number;
		readonly height: number;
		readonly columns: number;
		readonly rows: number;
		readonly count: number;
	},
	x: number,
	y: number
): number | undefined {
	const column = Math.floor(((x - tile.x) / tile.width) * tile.columns);
	const row = Math.floor(((y - tile.y) / tile.height) * tile.rows);
	if (column < 0 || row < 0 || column >= tile.columns || row >= tile.rows) return undefined;
	const index = row * tile.columns + column;
	return index < tile.count ? index : undefined;
}
