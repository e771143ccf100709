import type { Span } from '#engine/model';
import { mergeForced, type AnnotationLog, type ForcedMonotonicity } from './annotations.ts';
import { stepTime } from './evaluation.ts';
import type { ForcedCounts } from './quantile.ts';
import type { StepGrid } from './value.ts';

/** Counts how often the buckets of classic histograms had to be made monotonic in one call, metric by metric. */
export interface ForcedTally {
	note(metric: string, step: number, forced: ForcedCounts): void;
	/** Adds what there is to the annotations, about the expression at a span, said by the node at `owner`. */
	addTo(annotations: AnnotationLog, span: Span, owner: Span): void;
}

/** A tally over the steps of a grid. */
export function createForcedTally(grid: StepGrid): ForcedTally {
	const metrics = new Map<string, { summary: ForcedMonotonicity; perStep: Uint32Array }>();
	return {
		note(metric, step, forced) {
			const at = stepTime(grid, step);
			const summary = { ...forced, first: at, last: at, count: 0n };
			const known = metrics.get(metric);
			const perStep = known?.perStep ?? new Uint32Array(grid.count);
			perStep[step] = (perStep[step] as number) + 1;
			metrics.set(metric, { summary: mergeForced(known?.summary, summary), perStep });
		},
		addTo(annotations, span, owner) {
			for (const [metric, { summary, perStep }] of metrics) {
				annotations.addForcedMonotonicity(
					{ ...summary, count: countAsPrometheus(perStep) },
					metric,
					span,
					owner
				);
			}
		}
	};
}

/**
 * How many occurrences Prometheus counts. From the second step on it merges the annotations of a call with themselves, so that
 * the number doubles with every step, in an int64 (promql/engine.go, the case of parser.Call in eval).
 */
function countAsPrometheus(perStep: Uint32Array): bigint {
	const first = perStep.findIndex((count) => count > 0);
	let count = BigInt(perStep[first] as number);
	for (let step = first + 1; step < perStep.length; step++) {
		count = BigInt.asIntN(64, 2n * (count + BigInt(perStep[step] as number)));
	}
	return count;
}
