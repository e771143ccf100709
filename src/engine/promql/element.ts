import type { Call } from './ast.ts';
import { argument } from './arguments.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { goMax, goMin } from './go-number.ts';
import { namelessSink } from './names.ts';

/** How a function of type instant vector is evaluated. */
export type VectorFunction = (call: Call, evaluation: Evaluation, emit: Emit) => void;

/** How a function of type scalar is evaluated. */
export type ScalarFunction = (call: Call, evaluation: Evaluation) => Float64Array;

/** Makes a vector function of a function of one number. */
export function ofElement(compute: (value: number) => number): VectorFunction {
	return (call, evaluation, emit) =>
		mapValues(call, evaluation, emit, (values) => {
			for (let i = 0; i < values.length; i++) values[i] = compute(values[i] as number);
		});
}

/** Changes the values of the vector that is the first argument in place, and drops its names. */
export function mapValues(
	call: Call,
	evaluation: Evaluation,
	emit: Emit,
	change: (values: Float64Array) => void
): void {
	const sink = namelessSink(evaluation, emit);
	evaluation.vector(argument(call, 0), (series) => {
		const floats = onlyFloats(series);
		change(floats.values);
		if (floats.present.indexOf(1) >= 0) sink.push(floats);
		else evaluation.buffers.giveBack(floats);
	});
	sink.close();
}

/** A series without its histograms, which functions of numbers leave out without a word. No step may be left of it. */
export function onlyFloats(series: VectorSeries): VectorSeries {
	const { labels, values, present, histograms, dropName } = series;
	if (!histograms) return series;
	for (let i = 0; i < present.length; i++) if (histograms[i]) present[i] = 0;
	return { labels, values, present, dropName };
}

/** sgn(): the sign; zeros and NaN are themselves. */
export function sign(value: number): number {
	if (value < 0) return -1;
	return value > 0 ? 1 : value;
}

/** round(v, to = 1): to the nearest multiple, ties upwards. The reciprocal is Prometheus' own, artefacts included. */
export const round: VectorFunction = (call, evaluation, emit) => {
	const nearest = call.args.length > 1 ? evaluation.scalar(argument(call, 1)) : undefined;
	mapValues(call, evaluation, emit, (values) => {
		for (let i = 0; i < values.length; i++) {
			const inverse = 1 / (nearest ? (nearest[i] as number) : 1);
			values[i] = Math.floor((values[i] as number) * inverse + 0.5) / inverse;
		}
	});
};

/** clamp(v, min, max): nothing at all at a step where max < min. */
export const clamp: VectorFunction = (call, evaluation, emit) =>
	clampBetween(
		call,
		evaluation,
		emit,
		evaluation.scalar(argument(call, 1)),
		evaluation.scalar(argument(call, 2))
	);

/** clamp_min(v, min). */
export const clampMin: VectorFunction = (call, evaluation, emit) => {
	const least = evaluation.scalar(argument(call, 1));
	clampBetween(call, evaluation, emit, least, new Float64Array(least.length).fill(Infinity));
};

/** clamp_max(v, max). */
export const clampMax: VectorFunction = (call, evaluation, emit) => {
	const most = evaluation.scalar(argument(call, 1));
	clampBetween(call, evaluation, emit, new Float64Array(most.length).fill(-Infinity), most);
};

function clampBetween(
	call: Call,
	evaluation: Evaluation,
	emit: Emit,
	least: Float64Array,
	most: Float64Array
): void {
	const sink = namelessSink(evaluation, emit);
	evaluation.vector(argument(call, 0), (any) => {
		const series = onlyFloats(any);
		const { values, present } = series;
		let found = 0;
		for (let i = 0; i < values.length; i++) {
			const min = least[i] as number;
			const max = most[i] as number;
			if (max < min) present[i] = 0;
			values[i] = goMax(min, goMin(max, values[i] as number));
			found += present[i] as number;
		}
		if (found > 0) sink.push(series);
		else evaluation.buffers.giveBack(series);
	});
	sink.close();
}
