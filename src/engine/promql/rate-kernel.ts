import { extrapolationFactor, secondsSinceZero } from './extrapolation.ts';
import { goSeconds } from './go-number.ts';
import type { WindowKernel } from './range-vector.ts';
import type { RateKind } from './rate-kind.ts';
import {
	FACTOR,
	FIRST,
	FROM,
	LAST,
	planStretches,
	RECORD,
	SAMPLED,
	STRIDE,
	TO,
	TO_END,
	TO_START,
	ZERO_MATTERS,
	type Stretches
} from './rate-stretches.ts';
import { findResets } from './resets.ts';
import type { WindowPlan, WindowShape } from './window.ts';

/** Makes the kernel of rate, increase or delta of floats, to be extrapolated by what is known of their times. */
export function floatRateKernel(kind: RateKind, shape: WindowShape): WindowKernel {
	const stretchesOf = createStretchPlanner(kind, shape);
	const perSeconds = perSecondsOf(kind, shape);
	let resets = new Int32Array(0);
	return ({ values, start, end, plan }, out) => {
		const stretches = stretchesOf(plan);
		out.present.set(stretches.present);
		if (stretches.found === 0) return 0;
		extrapolate(values, stretches, perSeconds, out.values);
		if (kind.isCounter) {
			if (resets.length < end - start) resets = new Int32Array(end - start);
			const count = findResets(values, start, end, resets);
			if (count > 0) mendResets(values, resets, count, stretches, perSeconds, out.values);
		}
		return stretches.found;
	};
}

function perSecondsOf(kind: RateKind, shape: WindowShape): number {
	return kind.perSecond ? goSeconds(shape.range) : 1;
}

/** Plans stretches once for each plan of windows; series with the same one mostly come one after the other. */
function createStretchPlanner(kind: RateKind, shape: WindowShape): (plan: WindowPlan) => Stretches {
	const byPlan = new WeakMap<WindowPlan, Stretches>();
	let lastPlan: WindowPlan | undefined;
	let last: Stretches | undefined;
	return (plan) => {
		if (last && plan === lastPlan) return last;
		lastPlan = plan;
		last = byPlan.get(plan);
		if (!last) {
			last = planStretches(plan, shape, kind.isCounter, perSecondsOf(kind, shape));
			byPlan.set(plan, last);
		}
		return last;
	};
}

/** Computes all steps as if there were no resets. */
function extrapolate(
	values: Float64Array,
	{ records, count }: Stretches,
	perSeconds: number,
	out: Float64Array
): void {
	for (let at = 0; at < count * RECORD; at += RECORD) {
		const from = records[at + FROM] as number;
		if (records[at + TO] === from + 1) {
			out[from] = rateOfFirst(values, records, at, perSeconds);
		} else if (records[at + STRIDE] === 1) {
			extrapolateRowByRow(values, records, at, perSeconds, out);
		} else {
			extrapolateStretch(values, records, at, perSeconds, out);
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
	return start < increase * (records[at + ZERO_MATTERS] as number)
		? increase * factorFromZero(start, increase, records, at, perSeconds)
		: increase * (records[at + FACTOR] as number);
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
		if (start < increase * zeroMatters) {
			out[i] = increase * factorFromZero(start, increase, records, at, perSeconds);
		} else {
			out[i] = increase * factor;
		}
		first += stride;
		last += stride;
	}
}

/** As `extrapolateStretch` for the most frequent stride; a constant one makes the loop a quarter faster. */
function extrapolateRowByRow(
	values: Float64Array,
	records: Float64Array,
	at: number,
	perSeconds: number,
	out: Float64Array
): void {
	const from = (records[at + FROM] as number) | 0;
	const to = (records[at + TO] as number) | 0;
	const factor = records[at + FACTOR] as number;
	const zeroMatters = records[at + ZERO_MATTERS] as number;
	const toFirst = ((records[at + FIRST] as number) | 0) - from;
	const toLast = ((records[at + LAST] as number) | 0) - from;
	for (let i = from; i < to; i++) {
		const start = values[i + toFirst] as number;
		const increase = (values[i + toLast] as number) - start;
		if (start < increase * zeroMatters) {
			out[i] = increase * factorFromZero(start, increase, records, at, perSeconds);
		} else {
			out[i] = increase * factor;
		}
	}
}

/**
 * Computes the steps once more whose windows hold resets, each reset at its row: what the counter had reached before each one
 * is added, in order.
 */
function mendResets(
	values: Float64Array,
	resets: Int32Array,
	resetCount: number,
	{ records, count }: Stretches,
	perSeconds: number,
	out: Float64Array
): void {
	let next = 0;
	for (let at = 0; at < count * RECORD; at += RECORD) {
		const to = records[at + TO] as number;
		const stride = records[at + STRIDE] as number;
		let first = records[at + FIRST] as number;
		let last = records[at + LAST] as number;
		for (let i = records[at + FROM] as number; i < to; i++) {
			while (next < resetCount && (resets[next] as number) <= first) next++;
			if (next === resetCount) return;
			// Windows that end before the next reset are passed over.
			const before = Math.ceil(((resets[next] as number) - last) / stride);
			if (before > 0) {
				i += before - 1;
				first += before * stride;
				last += before * stride;
				continue;
			}
			const start = values[first] as number;
			let increase = (values[last] as number) - start;
			for (let k = next; k < resetCount && (resets[k] as number) <= last; k++) {
				increase += values[(resets[k] as number) - 1] as number;
			}
			out[i] =
				start < increase * (records[at + ZERO_MATTERS] as number)
					? increase * factorFromZero(start, increase, records, at, perSeconds)
					: increase * (records[at + FACTOR] as number);
			first += stride;
			last += stride;
		}
	}
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
