import { extrapolationFactor, secondsSinceZero } from './extrapolation.ts';
import { FACTOR, SAMPLED, TO_END, TO_START, ZERO_MATTERS } from './rate-stretches.ts';

/** The rate of one window of a stretch, whose record is at `at`, from its first value and what was added to that. */
export function rateInStretch(
	first: number,
	increase: number,
	records: Float64Array,
	at: number,
	perSeconds: number
): number {
	return increase > 0 && first <= increase * (records[at + ZERO_MATTERS] as number)
		? increase * factorFromZero(first, increase, records, at, perSeconds)
		: increase * (records[at + FACTOR] as number);
}

/** The factor of a window in which the counter may have been zero before its first sample. */
function factorFromZero(
	first: number,
	increase: number,
	records: Float64Array,
	at: number,
	perSeconds: number
): number {
	const sampled = records[at + SAMPLED] as number;
	const toStart = Math.min(
		records[at + TO_START] as number,
		secondsSinceZero(first, increase, sampled)
	);
	return extrapolationFactor(sampled, toStart, records[at + TO_END] as number, perSeconds);
}
