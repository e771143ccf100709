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
	const byPlan = new WeakMap<WindowPlan, Stretches>();
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	let resets = new Int32Array(0);
	return ({ values, start, end, plan }, out) => {
		let stretches = byPlan.get(plan);
		if (!stretches) {
			stretches = planStretches(plan, shape, kind.isCounter, perSeconds);
			byPlan.set(plan, stretches);
		}
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

/** Computes all steps as if there were no resets. */
function extrapolate(
	values: Float64Array,
	{ records, count }: Stretches,
	perSeconds: number,
	out: Float64Array
): void {
	for (let at = 0; at < count * RECORD; at += RECORD) {
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
				start < increase * zeroMatters
					? increase * factorFromZero(start, increase, records, at, perSeconds)
					: increase * factor;
			first += stride;
			last += stride;
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
