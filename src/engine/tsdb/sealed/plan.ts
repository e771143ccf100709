import { extentBeside, extentsOf, type Extent } from './extents.ts';
import {
	ACCELERATIONS,
	BESIDE,
	CONSTANT,
	DELTAS,
	leadingOf,
	LEVELS,
	MAX_RESTARTS,
	type Kind
} from './layout.ts';
import { bitLength, wordsForBits } from './words.ts';

/** One way to write whole numbers. */
export interface Plan {
	readonly kind: Kind;
	/** Bits of each packed number. */
	readonly width: number;
	/** What packed numbers count from. */
	readonly base: number;
	/** How many rows fall below the one before, as a counter that starts again, and so have their numbers aside; 0 packs them too. */
	readonly restarts: number;
	/** Whether numbers that stand for themselves take two words. */
	readonly isWide: boolean;
	/** Words that it takes, the head counted. */
	readonly size: number;
}

/**
 * The smallest way to write the numbers, of which there is at least one. `beside` are the numbers of the same rows in another
 * bucket of the same histogram.
 */
export function planNumbers(numbers: Float64Array, count: number, beside?: Float64Array): Plan {
	const { levels, deltas, rises, accelerations, falls } = extentsOf(numbers, count);
	const isWide = !isWord(levels.min) || !isWord(levels.max);
	const plan = (kind: Kind, extent: Extent, restarts = 0) =>
		planKind(kind, count, extent, restarts, isWide);
	if (levels.min === levels.max) return plan(CONSTANT, levels);
	const restarts = falls <= MAX_RESTARTS ? falls : 0;
	let best = smaller(plan(LEVELS, levels), plan(DELTAS, deltas));
	if (count > 2) best = smaller(best, plan(ACCELERATIONS, accelerations));
	if (restarts > 0) best = smaller(best, plan(DELTAS, rises, restarts));
	if (!beside) return best;
	const distances = extentBeside(numbers, count, beside, restarts > 0);
	return smaller(best, plan(BESIDE, distances, restarts));
}

/** The words of a number that stands for itself. */
export function numberSize(isWide: boolean): number {
	return isWide ? 2 : 1;
}

function smaller(a: Plan, b: Plan): Plan {
	return b.size < a.size ? b : a;
}

function planKind(
	kind: Kind,
	count: number,
	{ min, max }: Extent,
	restarts: number,
	hasWideNumbers: boolean
): Plan {
	const leading = leadingOf(kind);
	const hasBase = kind !== CONSTANT && (min < 0 || bitLength(max) !== bitLength(max - min));
	// Counting from 0 saves a number, and costs no bit where the least is near 0.
	const base = hasBase ? min : 0;
	const width = kind === CONSTANT ? 0 : bitLength(max - base);
	const isWide = (leading > 0 && hasWideNumbers) || !isWord(base);
	const wholes = leading + (hasBase ? 1 : 0) + restarts;
	const size = 1 + wholes * numberSize(isWide) + restarts + wordsForBits(count - leading, width);
	return { kind, width, base, restarts, isWide, size };
}

function isWord(number: number): boolean {
	return (number | 0) === number;
}
