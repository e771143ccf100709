import {
	addHistograms,
	compact,
	divideHistogram,
	equalHistograms,
	multiplyHistogram,
	subtractHistograms,
	type FloatHistogram
} from '#engine/model';
import { annotationText, type SampleType } from './annotations.ts';
import type { BinaryOp, TrimOp } from './ast.ts';
import { trimHistogram } from './native-trim.ts';
import type { StepNote, StepNotes } from './step-notes.ts';

/** One operand over the steps: numbers, and histograms where there are some. */
export interface SampleColumns {
	readonly values: Float64Array;
	readonly histograms?: readonly (FloatHistogram | undefined)[];
}

/** Whether an operator trims histograms. */
export function isTrim(op: BinaryOp): op is TrimOp {
	return op === '</' || op === '>/';
}

/** Whether operands take the path on which some sample may be a histogram, or should be one. */
export function mayBeHistogram(op: BinaryOp, left: SampleColumns, right: SampleColumns): boolean {
	return left.histograms !== undefined || right.histograms !== undefined || isTrim(op);
}

/**
 * Applies an operator at those present steps at which an operand is a histogram, or has to be one for trimming. Gives the
 * histograms that come out. A step without a result is taken out of `present`; `holds` says whether a comparison is true, of
 * others it is 1.
 */
export function operateOnHistograms(
	op: BinaryOp,
	left: SampleColumns,
	right: SampleColumns,
	present: Uint8Array,
	holds: Uint8Array,
	notes: StepNotes
): (FloatHistogram | undefined)[] {
	const results = new Array<FloatHistogram | undefined>(present.length).fill(undefined);
	for (let i = 0; i < present.length; i++) {
		if (present[i] === 0) continue;
		const a = left.histograms?.[i] ?? (left.values[i] as number);
		const b = right.histograms?.[i] ?? (right.values[i] as number);
		if (typeof a === 'number' && typeof b === 'number' && !isTrim(op)) continue;
		const { histogram, holds: isTrue, note } = operateOnSamples(op, a, b);
		if (note) notes.set(i, note);
		if (histogram === undefined) {
			present[i] = 0;
			continue;
		}
		results[i] = histogram;
		holds[i] = isTrue ? 1 : 0;
	}
	return results;
}

/** What an operator makes of two samples; without a histogram there is no result. */
interface Outcome {
	readonly histogram?: FloatHistogram;
	/** Whether a comparison is true. */
	readonly holds?: boolean;
	readonly note?: StepNote;
}

type Sample = number | FloatHistogram;

/** promql/engine.go, vectorElemBinop, of samples that are not both floats, or of a trim. */
function operateOnSamples(op: BinaryOp, a: Sample, b: Sample): Outcome {
	if (typeof a === 'number') {
		if (op === '*' && typeof b !== 'number') return result(compact(multiplyHistogram(b, a)));
	} else if (typeof b === 'number') {
		if (op === '*') return result(compact(multiplyHistogram(a, b)));
		if (op === '/') return result(compact(divideHistogram(a, b)));
		if (isTrim(op)) return result(trimHistogram(a, op === '</' ? 'below' : 'above', b));
	} else {
		if (op === '+' || op === '-') return addOrSubtract(op, a, b);
		if (op === '==') return { histogram: a, holds: equalHistograms(a, b) };
		if (op === '!=') return { histogram: a, holds: !equalHistograms(a, b) };
	}
	const text = annotationText.incompatibleTypes(op, typeOf(a), typeOf(b));
	return { note: { level: 'info', text } };
}

function result(histogram: FloatHistogram): Outcome {
	return { histogram, holds: true };
}

function typeOf(sample: Sample): SampleType {
	return typeof sample === 'number' ? 'float' : 'histogram';
}

/** Prometheus gives no result for histograms that contradict each other about a counter reset. */
function addOrSubtract(op: '+' | '-', a: FloatHistogram, b: FloatHistogram): Outcome {
	const operation = op === '+' ? 'addition' : 'subtraction';
	const combined = op === '+' ? addHistograms(a, b) : subtractHistograms(a, b);
	if (combined === 'incompatible schemas') {
		return { note: { level: 'warning', text: annotationText.incompatibleBuckets(op) } };
	}
	if (combined.counterResetCollision) {
		return { note: { level: 'warning', text: annotationText.counterResetCollision(operation) } };
	}
	const histogram = compact(
		op === '+' ? combined.histogram : { ...combined.histogram, counterReset: 'gauge' }
	);
	if (!combined.boundsReconciled) return result(histogram);
	return {
		...result(histogram),
		note: { level: 'info', text: annotationText.reconciledBounds(operation) }
	};
}
