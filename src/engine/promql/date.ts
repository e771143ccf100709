import { mapValues, type VectorFunction } from './element.ts';
import { stepTime } from './evaluation.ts';
import { NO_LABELS } from '#engine/model';

/** Makes a vector function of a function of a date in UTC: of the values as Unix seconds, or of the step's own time. */
export function ofDate(part: (date: Date) => number): VectorFunction {
	return (call, evaluation, emit) => {
		const { grid, buffers } = evaluation;
		if (call.args.length > 0) {
			mapValues(call, evaluation, emit, (values) => {
				for (let i = 0; i < values.length; i++) {
					values[i] = part(new Date(Math.trunc(values[i] as number) * 1000));
				}
			});
			return;
		}
		const { values, present } = buffers.take();
		for (let i = 0; i < grid.count; i++) {
			values[i] = part(new Date(Math.trunc(stepTime(grid, i) / 1000) * 1000));
		}
		present.fill(1);
		emit({ labels: NO_LABELS, values, present, dropName: false });
	};
}

/** 1 for the first of January. */
export function dayOfYear(date: Date): number {
	const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
	return Math.floor((date.getTime() - newYear) / 86_400_000) + 1;
}

export function daysInMonth(date: Date): number {
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
