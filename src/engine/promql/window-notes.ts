import { metricName, type Labels, type Span } from '#engine/model';
import { annotationText as text, type AnnotationLog } from './annotations.ts';
import { rangeSpan } from './arguments.ts';
import type { Call } from './ast.ts';

/** What can be said about the native histograms, or the start times, in one window of a series. */
export type WindowNote =
	| 'mixed samples'
	| 'ignored histograms'
	| 'mixed schemas'
	| 'not a counter'
	| 'not a gauge'
	| 'bounds reconciled in addition'
	| 'bounds reconciled in subtraction'
	| 'bounds reconciled in aggregation'
	| 'counter resets collide'
	| 'start times overlap';

/** Says what there is to say about one window of the series with these labels. */
export type SayNotes = (notes: Iterable<WindowNote>, labels: Labels) => void;

/** Says it of the range vector in a call. */
export function notesOnCall(call: Call, log: AnnotationLog): SayNotes {
	return notesOn(log, rangeSpan(call), call.span);
}

/** Says it at a span, as the node at `owner`. */
export function notesOn(log: AnnotationLog, span: Span, owner: Span): SayNotes {
	return (notes, labels) => {
		for (const note of notes) sayNote(note, metricName(labels), log, span, owner);
	};
}

function sayNote(
	note: WindowNote,
	metric: string,
	log: AnnotationLog,
	span: Span,
	owner: Span
): void {
	const warn = (words: string) => log.add('warning', words, span, owner);
	const inform = (words: string) => log.add('info', words, span, owner);
	switch (note) {
		case 'mixed samples':
			return warn(text.mixedSamples(metric));
		case 'ignored histograms':
			return inform(text.ignoredInMixedRange(metric));
		case 'mixed schemas':
			return warn(text.mixedSchemas(metric));
		case 'not a counter':
			return warn(text.notACounter(metric));
		case 'not a gauge':
			return warn(text.notAGauge(metric));
		case 'bounds reconciled in addition':
			return inform(text.reconciledBounds('addition'));
		case 'bounds reconciled in subtraction':
			return inform(text.reconciledBounds('subtraction'));
		case 'bounds reconciled in aggregation':
			return inform(text.reconciledBounds('aggregation'));
		case 'counter resets collide':
			return warn(text.counterResetCollision('aggregation'));
		case 'start times overlap':
			return log.addStartTimeOverlap(metric, span, owner);
	}
}
