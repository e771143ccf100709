import { ACCELERATIONS, BESIDE, BLOCK_ROWS, leadingOf, LEVELS, type Kind } from './layout.ts';

/** Scratch: one entry is sealed at a time, and is done before anything else begins. */
const RESIDUALS = new Float64Array(BLOCK_ROWS);

/**
 * What is packed of the numbers after the leading ones, from `base` on: entry i - leading belongs to row i. The array is
 * overwritten by the next call.
 */
export function residuals(
	kind: Kind,
	numbers: Float64Array,
	count: number,
	base: number,
	beside: Float64Array | undefined
): Float64Array {
	const leading = leadingOf(kind);
	for (let i = leading; i < count; i++) {
		let residual = numbers[i] as number;
		if (kind !== LEVELS) residual -= numbers[i - 1] as number;
		if (kind === ACCELERATIONS) residual -= (numbers[i - 1] as number) - (numbers[i - 2] as number);
		else if (kind === BESIDE && beside)
			residual -= (beside[i] as number) - (beside[i - 1] as number);
		RESIDUALS[i - leading] = residual - base;
	}
	return RESIDUALS;
}
