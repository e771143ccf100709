import { goSeconds } from './go-number.ts';
import { extrapolate, extrapolateInPairs, loadRows } from './extrapolate-stretches.ts';
import type { WindowKernel } from './range-vector.ts';
import type { RateKind } from './rate-kind.ts';
import {
	createStretchPlanner,
	FIRST,
	FROM,
	LAST,
	RECORD,
	STRIDE,
	TO,
	type Stretches
} from './rate-stretches.ts';
import { findResets } from './resets.ts';
import type { Machine } from './simd/machine.ts';
import { rateInStretch } from './stretch-rate.ts';
import type { WindowShape } from './window.ts';

/** Makes the kernel of rate, increase or delta of floats, to be extrapolated by what is known of their times. */
export function floatRateKernel(
	kind: RateKind,
	shape: WindowShape,
	machine: Machine | undefined
): WindowKernel {
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	const stretchesOf = createStretchPlanner(shape, kind.isCounter, perSeconds);
	let room = new Int32Array(0);
	return (series, out) => {
		const { values, start, end } = series;
		const stretches = stretchesOf(series.plan);
		copyMask(stretches.present, out.present);
		if (stretches.found === 0) return 0;
		const inPairs = loadRows(machine, series, shape);
		if (inPairs) extrapolateInPairs(inPairs, values, stretches, perSeconds, out.values);
		else extrapolate(values, stretches, perSeconds, out.values);
		if (kind.isCounter) {
			if (!inPairs && room.length < end - start) room = new Int32Array(end - start);
			const resets = inPairs ? inPairs.list : room;
			const count = inPairs ? inPairs.findResets() : findResets(values, start, end, room);
			if (count > 0) mendResets(values, resets, count, stretches, perSeconds, out.values);
		}
		return stretches.found;
	};
}

/** Copies a mask; for a single step calling the built-in copy would be most of the work. */
function copyMask(from: Uint8Array, to: Uint8Array): void {
	if (from.length === 1) to[0] = from[0] as number;
	else to.set(from);
}

/**
 * Computes the steps once more whose windows hold resets, each reset at its row: what the counter had reached before each one
 * is added, in order.
 */
function mendResets(
	values: Float64Array,
	resets: Int32Array,
	resetCount: number,
	stretches: Stretches,
	perSeconds: number,
	out: Float64Array
): void {
	const { records } = stretches;
	let next = 0;
	for (let at = stretches.from; at < stretches.to; at += RECORD) {
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
			out[i] = rateInStretch(start, increase, records, at, perSeconds);
			first += stride;
			last += stride;
		}
	}
}
