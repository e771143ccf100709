import { compensate } from '#engine/model';
import { stepTime } from './evaluation.ts';
import type { WindowFunction } from './range-vector.ts';
import { argument } from './arguments.ts';

/** A straight line through samples: per second, and its value at the time asked for. */
interface Line {
	slope: number;
	intercept: number;
}

/** deriv(): slope of the line through the samples. */
export const deriv: WindowFunction = () => {
	const line: Line = { slope: 0, intercept: 0 };
	return ({ times, values, plan: { lo, hi } }, { values: out, present }) => {
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = end - begin < 2 ? 0 : 1;
			if (end - begin < 2) continue;
			fitLine(times, values, begin, end, times[begin] as number, line);
			out[i] = line.slope;
			found++;
		}
		return found;
	};
};

/** predict_linear(v, t): where the line through the samples is t seconds after the step. */
export const predictLinear: WindowFunction = (call, evaluation) => {
	const line: Line = { slope: 0, intercept: 0 };
	const ahead = evaluation.scalar(argument(call, 1));
	return ({ times, values, plan: { lo, hi } }, { values: out, present }) => {
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = end - begin < 2 ? 0 : 1;
			if (end - begin < 2) continue;
			fitLine(times, values, begin, end, stepTime(evaluation.grid, i), line);
			out[i] = line.slope * (ahead[i] as number) + line.intercept;
			found++;
		}
		return found;
	};
};

/** Least squares with compensated sums (promql/functions.go, linearRegression). Writes into `line`. */
function fitLine(
	times: Float64Array,
	values: Float64Array,
	begin: number,
	end: number,
	interceptTime: number,
	line: Line
): void {
	const n = end - begin;
	let sumX = 0;
	let cX = 0;
	let sumY = 0;
	let cY = 0;
	let sumXY = 0;
	let cXY = 0;
	let sumX2 = 0;
	let cX2 = 0;
	let constant = true;
	const firstY = values[begin] as number;
	for (let row = begin; row < end; row++) {
		const y = values[row] as number;
		if (constant && row > begin && y !== firstY) constant = false;
		const x = ((times[row] as number) - interceptTime) / 1e3;
		cX = compensate(cX, sumX, x);
		sumX += x;
		cY = compensate(cY, sumY, y);
		sumY += y;
		cXY = compensate(cXY, sumXY, x * y);
		sumXY += x * y;
		cX2 = compensate(cX2, sumX2, x * x);
		sumX2 += x * x;
	}
	if (constant) {
		line.slope = isInfinite(firstY) ? NaN : 0;
		line.intercept = isInfinite(firstY) ? NaN : firstY;
		return;
	}
	sumX += cX;
	sumY += cY;
	sumXY += cXY;
	sumX2 += cX2;
	const covariance = sumXY - (sumX * sumY) / n;
	const variance = sumX2 - (sumX * sumX) / n;
	line.slope = covariance / variance;
	line.intercept = sumY / n - (line.slope * sumX) / n;
}

function isInfinite(value: number): boolean {
	return value === Infinity || value === -Infinity;
}
