import { argument } from './arguments.ts';
import type { VectorFunction } from './element.ts';
import { stepTime } from './evaluation.ts';
import { namelessSink } from './names.ts';
import { selectInstant } from './selector.ts';

/** timestamp(v): of a selector the times of the samples, of anything else the times of the steps; in seconds. */
export const timestamp: VectorFunction = (call, evaluation, emit) => {
	const expr = argument(call, 0);
	const { grid } = evaluation;
	const sink = namelessSink(evaluation, emit);
	if (expr.kind === 'selector') {
		selectInstant(expr, evaluation, sink.push, 'timestamp');
	} else {
		evaluation.vector(expr, ({ labels, values, present, dropName }) => {
			for (let i = 0; i < values.length; i++) values[i] = stepTime(grid, i) / 1000;
			sink.push({ labels, values, present, dropName });
		});
	}
	sink.close();
};

/**
 * start_timestamp(v): of a selector the start times of the samples in seconds, 0 where they are not known. Of anything else, and
 * without the switch for start times, nothing.
 */
export const startTimestamp: VectorFunction = (call, evaluation, emit) => {
	const expr = argument(call, 0);
	if (expr.kind !== 'selector') {
		evaluation.vector(expr, evaluation.buffers.giveBack);
		return;
	}
	if (!evaluation.scope.features.startTimestamps) return;
	const sink = namelessSink(evaluation, emit);
	selectInstant(expr, evaluation, sink.push, 'start time');
	sink.close();
};
