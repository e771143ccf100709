import { argument } from './arguments.ts';
import { mapValues, type VectorFunction } from './element.ts';
import { stepTime } from './evaluation.ts';
import { namelessSink } from './names.ts';
import { selectInstant } from './selector.ts';

/** timestamp(v): of a selector the times of the samples, of anything else the times of the steps; in seconds. */
export const timestamp: VectorFunction = (call, evaluation, emit) => {
	const expr = argument(call, 0);
	if (expr.kind === 'selector') {
		const sink = namelessSink(evaluation, emit);
		selectInstant(expr, evaluation, sink.push, 'timestamp');
		sink.close();
		return;
	}
	const { grid } = evaluation;
	mapValues(call, evaluation, emit, (values) => {
		for (let i = 0; i < values.length; i++) values[i] = stepTime(grid, i) / 1000;
	});
};
