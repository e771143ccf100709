import type { WindowFunction, WindowKernel } from './range-vector.ts';

/** irate(): per-second increase between the last two samples; after a reset the last value stands for it. */
export const irate: WindowFunction = () => lastTwo(true);

/** idelta(): difference between the last two samples. */
export const idelta: WindowFunction = () => lastTwo(false);

/** promql/functions.go, instantValue. */
function lastTwo(isRate: boolean): WindowKernel {
	return ({ times, values, plan: { lo, hi } }, { values: out, present }) => {
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const last = (hi[i] as number) - 1;
			if (last - (lo[i] as number) < 1) {
				present[i] = 0;
				continue;
			}
			const value = values[last] as number;
			const previous = values[last - 1] as number;
			const seconds = ((times[last] as number) - (times[last - 1] as number)) / 1000;
			const difference = isRate && value < previous ? value : value - previous;
			out[i] = isRate ? difference / seconds : difference;
			present[i] = 1;
			found++;
		}
		return found;
	};
}
