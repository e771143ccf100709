import type { EditorView, Rect } from '@codemirror/view';

/** As wide as a note is pleasant to read, px. */
const WIDTH = 400;
/** A note squeezed into less than this beside its list is a column of single words, px. */
const NARROWEST = 240;
/** A note lower than this says less than it hides, px. */
const LOWEST = 72;

/** Left free at the edges of the screen, px. */
const MARGIN = 4;

interface Place {
	readonly style: string;
	readonly class: string;
}

/**
 * Where the note on a completion stands: beside the list; where there is no room, beyond the list as seen from the line that is
 * typed in, so that it hides neither; else nowhere. It never reaches out of `space`.
 */
export function placeOfNote(
	view: EditorView,
	list: Rect,
	option: Rect,
	note: Rect,
	space: Rect
): Place {
	const wished = Math.min(WIDTH, note.right - note.left);
	const [toLeft, toRight] = [list.left - space.left, space.right - list.right];
	const room = Math.max(toLeft, toRight);
	if (room >= Math.min(wished, NARROWEST)) {
		const isRight = toRight >= Math.min(wished, toLeft);
		return beside(isRight, Math.min(WIDTH, isRight ? toRight : toLeft), list, option, note, space);
	}
	const line = view.coordsAtPos(view.state.selection.main.head);
	return beyond((line?.top ?? 0) >= list.bottom, list, space);
}

function beside(
	isRight: boolean,
	width: number,
	list: Rect,
	option: Rect,
	note: Rect,
	space: Rect
): Place {
	const height = note.bottom - note.top;
	const top = Math.max(space.top, Math.min(option.top, space.bottom - height)) - list.top;
	return {
		style: `top: ${top}px; max-width: ${width}px`,
		class: `cm-completionInfo-${isRight ? 'right' : 'left'}`
	};
}

function beyond(isAbove: boolean, list: Rect, space: Rect): Place {
	const height = (isAbove ? list.top - space.top : space.bottom - list.bottom) - MARGIN;
	if (height < LOWEST) return { style: 'visibility: hidden', class: '' };
	const width = Math.min(WIDTH, space.right - space.left - 2 * MARGIN);
	const left = Math.min(list.left, space.right - MARGIN - width) - list.left;
	const side = isAbove ? 'bottom' : 'top';
	return {
		style: `${side}: 100%; left: ${left}px; width: ${width}px; max-width: none; max-height: ${height}px; overflow: hidden`,
		class: ''
	};
}
