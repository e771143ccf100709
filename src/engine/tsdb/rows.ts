import type { FloatHistogram } from '#engine/model';

/** The rows [low, high) of a column. */
export interface Rows {
	readonly low: number;
	readonly high: number;
}

/** A range without a row, next to none. */
export const NO_ROWS: Rows = { low: -1, high: -1 };

/** Arrays of rows as in SeriesColumns, that of row r being at r - base. */
export interface RowArrays {
	readonly base: number;
	readonly times: Float64Array;
	readonly values: Float64Array;
	readonly marks: Uint8Array | undefined;
	readonly histograms: readonly (FloatHistogram | undefined)[] | undefined;
}
