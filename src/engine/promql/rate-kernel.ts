import { goSeconds } from './go-number.ts';
import { extrapolate, extrapolateInPairs, loadRows } from './extrapolate-stretches.ts';
import type { WindowKernel } from './range-vector.ts';
import type { RateKind } from './rate-kind.ts';
import {
	FIRST,
	FROM,
	LAST,
	planStretches,
	RECORD,
	STRIDE,
	TO,
	type Stretches
} from './rate-stretches.ts';
import { findResets } from './resets.ts';
import type { Machine } from './simd/machine.ts';
import { rateInStretch } from './stretch-rate.ts';
import type { WindowPlan, WindowShape } from './window.ts';

/** Makes the kernel of rate, increase or delta of floats, to be extrapolated by what is known of their times. */
export function floatRateKernel(
	kind: RateKind,
	shape: WindowShape,
	machine: Machine | undefined
): WindowKernel {
	const stretchesOf = createStretchPlanner(kind, shape);
	const perSeconds = perSecondsOf(kind, shape);
	let room = new Int32Array(0);
	return (series, out) => {
		const { values, start, end } = series;
		const stretches = stretchesOf(series.plan);
		out.present.set(stretches.present);
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
			out[i] = rateInStretch(start, increase, records, at, perSeconds);
			first += stride;
			last += stride;
		}
	}
}
