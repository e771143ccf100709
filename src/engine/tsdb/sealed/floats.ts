import { FLOATS, headOf } from './layout.ts';
import { firstHalf, secondHalf, trailingZeros, wordsForBits, type WordList } from './words.ts';
import { BLOCK_ROWS } from './layout.ts';

/** How doubles that are no whole numbers are packed: each half in so many bits, all low halves without their last zeros. */
export interface FloatPlan {
	readonly highWidth: number;
	readonly lowWidth: number;
	/** How many zeros all low halves end with: an even number, for the sake of the head. */
	readonly zeros: number;
	/** Words that it takes, the head counted. */
	readonly size: number;
}

/** Scratch, as in residuals.ts. */
const HIGHS = new Float64Array(BLOCK_ROWS);
const LOWS = new Float64Array(BLOCK_ROWS);

/** The first double stands whole; of the others the halves are combined with those of the one before, as what stays the same cancels out. */
export function planFloats(values: Float64Array, count: number): FloatPlan {
	const bits = combineHalves(values, count);
	const highWidth = 32 - Math.clz32(bits.high);
	const zeros = bits.low === 0 ? 0 : trailingZeros(bits.low) & ~1;
	const lowWidth = 32 - Math.clz32(bits.low >>> zeros);
	const size = 3 + wordsForBits(count - 1, highWidth) + wordsForBits(count - 1, lowWidth);
	return { highWidth, lowWidth, zeros, size };
}

/** Writes the head with the flags and all that follows. */
export function writeFloats(
	list: WordList,
	values: Float64Array,
	count: number,
	plan: FloatPlan
): void {
	combineHalves(values, count);
	const unit = 2 ** plan.zeros;
	for (let i = 0; i < count - 1; i++) LOWS[i] = (LOWS[i] as number) / unit;
	list.pushDouble(values[0] as number);
	list.pushBits(HIGHS, count - 1, plan.highWidth);
	list.pushBits(LOWS, count - 1, plan.lowWidth);
}

export function floatHead({ highWidth, lowWidth, zeros }: FloatPlan): number {
	return headOf({
		kind: FLOATS,
		decimals: zeros / 2,
		width: highWidth,
		restarts: 0,
		extra: lowWidth
	});
}

/** Fills the scratch, and tells which bits occur in it. */
function combineHalves(
	values: Float64Array,
	count: number
): { readonly high: number; readonly low: number } {
	let high = 0;
	let low = 0;
	let lastLow = firstHalf(values[0] as number);
	let lastHigh = secondHalf(values[0] as number);
	for (let i = 1; i < count; i++) {
		const value = values[i] as number;
		const nextLow = firstHalf(value);
		const nextHigh = secondHalf(value);
		const lowChange = (nextLow ^ lastLow) >>> 0;
		const highChange = (nextHigh ^ lastHigh) >>> 0;
		LOWS[i - 1] = lowChange;
		HIGHS[i - 1] = highChange;
		low |= lowChange;
		high |= highChange;
		lastLow = nextLow;
		lastHigh = nextHigh;
	}
	return { high: high >>> 0, low: low >>> 0 };
}
