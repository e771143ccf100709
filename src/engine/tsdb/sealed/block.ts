import { openEntry, neighbourOf, type OpenRows } from './open.ts';
import { BLOCK_ROWS } from './layout.ts';

/**
 * A sealed stretch of BLOCK_ROWS rows of a column: the entry of its timestamps at word 0, then those of its series, wherever they
 * say that they are.
 */
export type SealedBlock = Uint32Array;

/** Where the timestamps are. */
export const TIMES_AT = 0;

/**
 * The values of an entry in an array of their own, together with all that it was sealed beside. For a bucket whose neighbours are
 * not open, and need not be.
 */
export function openAlone(block: SealedBlock, at: number): OpenRows {
	const neighbour = neighbourOf(block, at);
	const beside = neighbour === undefined ? undefined : openAlone(block, neighbour);
	const values = new Float64Array(BLOCK_ROWS);
	openEntry(block, at, values, 0, beside);
	return { values, offset: 0 };
}
