import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { Span } from '#engine/model';

const setMark = StateEffect.define<Span | undefined>();
const light = Decoration.mark({ class: 'cm-spanMark' });

/** Lets one stretch of a text be marked lightly. The mark goes when the text changes. */
export const spanMark = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(marks, { effects, docChanged, newDoc }) {
		const effect = effects.find((one) => one.is(setMark));
		if (!effect) return docChanged ? Decoration.none : marks;
		const span = effect.value as Span | undefined;
		const isInside = span && span.from < span.to && span.to <= newDoc.length;
		return isInside ? Decoration.set(light.range(span.from, span.to)) : Decoration.none;
	},
	provide: (field) => EditorView.decorations.from(field)
});

/** Marks a stretch of the text, or nothing. */
export function markSpan(view: EditorView, span: Span | undefined): void {
	view.dispatch({ effects: setMark.of(span) });
}
