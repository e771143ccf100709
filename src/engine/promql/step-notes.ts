import type { Span } from '#engine/model';
import type { AnnotationLog } from './annotations.ts';
import type { Annotation } from './value.ts';

/** Something to be said about a sample. */
export interface StepNote {
	readonly level: Annotation['level'];
	readonly text: string;
}

/**
 * What an operator has to say about its samples. Of each step Prometheus says only the last thing (promql/engine.go,
 * VectorBinop, lastErr).
 */
export interface StepNotes {
	set(step: number, note: StepNote): void;
	/** Adds what there is to the annotations, about the expression at a span. */
	addTo(annotations: AnnotationLog, span: Span): void;
}

/** Notes with nothing in them yet, for one operator. */
export function createStepNotes(): StepNotes {
	const last: (StepNote | undefined)[] = [];
	return {
		set(step, note) {
			last[step] = note;
		},
		addTo(annotations, span) {
			const texts = new Set<string>();
			last.forEach((note) => {
				if (!note || texts.has(note.text)) return;
				texts.add(note.text);
				annotations.add(note.level, note.text, span);
			});
		}
	};
}
