import type { WindowedSeries } from './range-vector.ts';
import {
	FACTOR,
	FIRST,
	FROM,
	LAST,
	RECORD,
	STRIDE,
	TO,
	ZERO_MATTERS,
	type Stretches
} from './rate-stretches.ts';
import { MOST_NUMBERS, WORTH_IT, type Machine } from './simd/machine.ts';
import { rateInStretch } from './stretch-rate.ts';
import type { WindowShape } from './window.ts';

/** Rates of stretches computed two steps at a time, and the same one by one. */

/** Brings a series to where the machine computes in pairs, if there is one and it is worth it. */
export function loadRows(
	machine: Machine | undefined,
	{ values, start, end }: WindowedSeries,
	{ grid }: WindowShape
): Machine | undefined {
	if (!machine || grid.count > MOST_NUMBERS) return undefined;
	if (grid.count < WORTH_IT && end - start < 2 * WORTH_IT) return undefined;
	return machine.load(values, start, end) ? machine : undefined;
}

/** Computes all steps as if there were no resets, of a series whose rows are loaded. */
export function extrapolateInPairs(
	machine: Machine,
	values: Float64Array,
	stretches: Stretches,
	perSeconds: number,
	out: Float64Array
): void {
	const { records, to } = stretches;
	for (let at = stretches.from; at < to; at += RECORD) {
		const from = records[at + FROM] as number;
		if (records[at + TO] === from + 1) {
			out[from] = rateOfFirst(values, records, at, perSeconds);
		} else if (records[at + STRIDE] !== 1) {
			extrapolateStretch(values, records, at, perSeconds, out);
		} else {
			extrapolatePairs(machine, values, records, at, perSeconds, out);
		}
	}
}

/** The rate of the first window of a stretch. */
function rateOfFirst(
	values: Float64Array,
	records: Float64Array,
	at: number,
	perSeconds: number
): number {
	const start = values[records[at + FIRST] as number] as number;
	const increase = (values[records[at + LAST] as number] as number) - start;
	return rateInStretch(start, increase, records, at, perSeconds);
}

function extrapolatePairs(
	machine: Machine,
	values: Float64Array,
	records: Float64Array,
	at: number,
	perSeconds: number,
	out: Float64Array
): void {
	const from = records[at + FROM] as number;
	const to = records[at + TO] as number;
	const first = records[at + FIRST] as number;
	const last = records[at + LAST] as number;
	const factor = records[at + FACTOR] as number;
	const zeroMatters = records[at + ZERO_MATTERS] as number;
	const count = machine.extrapolate({ first, last, from, to, factor, zeroMatters }, out);
	for (let k = 0; k < count; k++) {
		const step = machine.list[k] as number;
		for (let i = step; i < step + 2 && from + i < to; i++) {
			const start = values[first + i] as number;
			const increase = (values[last + i] as number) - start;
			out[from + i] = rateInStretch(start, increase, records, at, perSeconds);
		}
	}
}

/** Computes all steps as if there were no resets, one by one. */
export function extrapolate(
	values: Float64Array,
	stretches: Stretches,
	perSeconds: number,
	out: Float64Array
): void {
	const { records, to } = stretches;
	for (let at = stretches.from; at < to; at += RECORD) {
		const from = records[at + FROM] as number;
		if (records[at + TO] === from + 1) out[from] = rateOfFirst(values, records, at, perSeconds);
		else extrapolateStretch(values, records, at, perSeconds, out);
	}
}

function extrapolateStretch(
	values: Float64Array,
	records: Float64Array,
	at: number,
	perSeconds: number,
	out: Float64Array
): void {
	const to = (records[at + TO] as number) | 0;
	const stride = (records[at + STRIDE] as number) | 0;
	const factor = records[at + FACTOR] as number;
	const zeroMatters = records[at + ZERO_MATTERS] as number;
	let first = (records[at + FIRST] as number) | 0;
	let last = (records[at + LAST] as number) | 0;
	for (let i = (records[at + FROM] as number) | 0; i < to; i++) {
		const start = values[first] as number;
		const increase = (values[last] as number) - start;
		out[i] =
			increase > 0 && start <= increase * zeroMatters
				? rateInStretch(start, increase, records, at, perSeconds)
				: increase * factor;
		first += stride;
		last += stride;
	}
}
