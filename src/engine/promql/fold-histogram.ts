import {
	compact,
	HistogramMean,
	HistogramSum,
	metricName,
	type FloatHistogram,
	type Labels
} from '#engine/model';
import { annotationText } from './annotations.ts';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import type { Evaluation, VectorSeries } from './evaluation.ts';
import type { Fold, FoldState } from './fold.ts';

/** Says something about what an aggregation is given. */
export type SayOfInput = (level: 'warning' | 'info', text: string) => void;

/** Says it where Prometheus does: at the expression that is aggregated. */
export function sayOfInput(expr: Aggregation, { scope }: Evaluation): SayOfInput {
	const { span } = withoutParens(expr.expr);
	return (level, text) => scope.annotations.add(level, text, span, expr.span);
}

/** Takes the histograms out of a series, which the aggregation ignores, and says so. */
export function ignoreHistograms(
	{ histograms, present }: VectorSeries,
	op: string,
	say: SayOfInput
): void {
	if (!histograms) return;
	let ignored = false;
	for (let i = 0; i < present.length; i++) {
		if (present[i] === 0 || !histograms[i]) continue;
		present[i] = 0;
		ignored = true;
	}
	if (ignored) say('info', annotationText.ignoredInAggregation(op));
}

/**
 * The sum or mean of a group that has histograms at some steps. Where it has only floats they are folded as in a group
 * without; where it has both there is no result (promql/engine.go, aggregation).
 */
export interface HistogramFold {
	/** Folds a series of histograms, floats or both. */
	add(series: VectorSeries): void;
	/** Finishes the fold of the floats too, and gives the histograms. */
	finish(): (FloatHistogram | undefined)[];
}

/** What a group has come to at a step with a histogram. */
interface StepTotal {
	/** Undefined when a float came first: what follows is not added up any more. */
	readonly total?: HistogramSum | HistogramMean;
	hasFloat: boolean;
	/** Some had custom bounds, others had not. What came after that was not looked at. */
	incompatible: boolean;
}

/** Goes on from a fold that has seen only floats so far. */
export function createHistogramFold(
	op: 'sum' | 'avg',
	fold: Fold,
	state: FoldState,
	say: SayOfInput
): HistogramFold {
	const { present: hasFloats } = state;
	const totals: (StepTotal | undefined)[] = [];
	function begin(i: number, histogram: FloatHistogram): StepTotal {
		const hasFloat = hasFloats[i] !== 0;
		if (hasFloat) return { hasFloat, incompatible: false };
		const total = op === 'sum' ? new HistogramSum(histogram) : new HistogramMean(histogram);
		return { total, hasFloat, incompatible: false };
	}
	function addHistogram(i: number, histogram: FloatHistogram, labels: Labels): void {
		const known = totals[i];
		if (!known) {
			totals[i] = begin(i, histogram);
		} else if (known.total && !known.incompatible && !known.total.add(histogram)) {
			known.incompatible = true;
			say('warning', annotationText.mixedSchemas(metricName(labels)));
		}
	}
	return {
		add({ labels, values, present, histograms }) {
			const onlyFloats = new Uint8Array(present.length);
			for (let i = 0; i < present.length; i++) {
				if (present[i] === 0) continue;
				const histogram = histograms?.[i];
				const known = totals[i];
				if (histogram) addHistogram(i, histogram, labels);
				else if (!known) onlyFloats[i] = 1;
				else if (!known.incompatible) known.hasFloat = true;
			}
			fold.add(state, values, onlyFloats);
		},
		finish() {
			fold.finish(state);
			return Array.from(hasFloats, (_, i) => {
				const total = totals[i];
				const histogram = total && finishStep(total, say);
				if (total) hasFloats[i] = histogram ? 1 : 0;
				return histogram;
			});
		}
	};
}

function finishStep(
	{ total, hasFloat, incompatible }: StepTotal,
	say: SayOfInput
): FloatHistogram | undefined {
	if (total?.boundsReconciled) say('info', annotationText.reconciledBounds('aggregation'));
	if (hasFloat) say('warning', annotationText.mixedInAggregation);
	if (hasFloat || incompatible || !total) return undefined;
	if (total.counterResetCollision) {
		say('warning', annotationText.counterResetCollision('aggregation'));
	}
	return compact(total instanceof HistogramSum ? total.total() : total.mean());
}
