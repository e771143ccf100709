import { NO_LABELS } from '#engine/model';
import { argument } from './arguments.ts';
import type { ScalarFunction, VectorFunction } from './element.ts';
import { stepTime, type Evaluation } from './evaluation.ts';
import { goMax, goMin } from './go-number.ts';

/** time(): the time of each step in seconds. */
export const time: ScalarFunction = (_call, { grid }) =>
	Float64Array.from({ length: grid.count }, (_, i) => stepTime(grid, i) / 1000);

/** A scalar that is the same at every step. */
export function constant(value: (evaluation: Evaluation) => number): ScalarFunction {
	return (_call, evaluation) => new Float64Array(evaluation.grid.count).fill(value(evaluation));
}

/** scalar(v): the value of the only series, NaN at steps with none or several. */
export const scalar: ScalarFunction = (call, { grid, buffers, vector }) => {
	const result = new Float64Array(grid.count).fill(NaN);
	const seen = new Uint8Array(grid.count);
	vector(argument(call, 0), (series) => {
		for (let i = 0; i < grid.count; i++) {
			if (series.present[i] === 0 || series.histograms?.[i]) continue;
			result[i] = seen[i] === 0 ? (series.values[i] as number) : NaN;
			seen[i] = 1;
		}
		buffers.giveBack(series);
	});
	return result;
};

/** vector(s): the scalar as a series without labels. */
export const vector: VectorFunction = (call, evaluation, emit) => {
	const values = evaluation.scalar(argument(call, 0));
	const present = new Uint8Array(values.length).fill(1);
	emit({ labels: NO_LABELS, values, present, dropName: false });
};

/** max_of(a, b). */
export const maxOf: ScalarFunction = (call, evaluation) => ofPair(call, evaluation, goMax);

/** min_of(a, b). */
export const minOf: ScalarFunction = (call, evaluation) => ofPair(call, evaluation, goMin);

function ofPair(
	call: Parameters<ScalarFunction>[0],
	evaluation: Evaluation,
	choose: (a: number, b: number) => number
): Float64Array {
	const other = evaluation.scalar(argument(call, 1));
	return evaluation.scalar(argument(call, 0)).map((value, i) => choose(value, other[i] as number));
}
