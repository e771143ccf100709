import type { FloatHistogram } from '#engine/model';
import { argument } from './arguments.ts';
import type { VectorFunction } from './element.ts';
import { NAME_REMOVAL, namelessSink } from './names.ts';

/** A function of each histogram of a vector, whose floats it leaves out: histogram_count() and its like. */
export function ofHistogram(compute: (histogram: FloatHistogram) => number): VectorFunction {
	return (call, evaluation, emit) => {
		const sink = namelessSink(evaluation, emit, NAME_REMOVAL);
		evaluation.vector(argument(call, 0), ({ labels, values, present, histograms, dropName }) => {
			let found = 0;
			for (let i = 0; i < present.length; i++) {
				const histogram = present[i] === 0 ? undefined : histograms?.[i];
				present[i] = histogram ? 1 : 0;
				if (!histogram) continue;
				values[i] = compute(histogram);
				found++;
			}
			if (found > 0) sink.push({ labels, values, present, dropName });
			else evaluation.buffers.giveBack({ values, present });
		});
		sink.close();
	};
}
