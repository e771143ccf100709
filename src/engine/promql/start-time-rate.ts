import { factorOf } from './extrapolation.ts';
import { floatIncrease } from './float-increase.ts';
import { goSeconds } from './go-number.ts';
import type { RateKind } from './rate-kind.ts';
import type { WindowKernel } from './range-vector.ts';
import { hasStartTimeOverlap } from './start-time.ts';
import type { SayNotes } from './window-notes.ts';
import { windowEnd, type WindowShape } from './window.ts';

/** rate or increase of float series with start times. `say` is told of start times that contradict samples. */
export function startTimeRateKernel(
	kind: RateKind,
	shape: WindowShape,
	say: SayNotes
): WindowKernel {
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ labels, times, values, startTimes, plan: { lo, hi } }, out) => {
		if (!startTimes) throw new Error('a series without start times');
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const start = lo[i] as number;
			const end = hi[i] as number;
			out.present[i] = 0;
			if (end <= start) continue;
			if (hasStartTimeOverlap(times, startTimes, start, end)) {
				say(['start times overlap'], labels);
			}
			const bounds = {
				windowStart: windowEnd(shape, i) - shape.range,
				windowEnd: windowEnd(shape, i)
			};
			const counted = floatIncrease(
				{ times, values, startTimes, start, end, ...bounds },
				kind.isCounter
			);
			if (!counted) continue;
			out.values[i] = counted.increase * factorOf(counted.extrapolation, perSeconds);
			out.present[i] = 1;
			found++;
		}
		return found;
	};
}
