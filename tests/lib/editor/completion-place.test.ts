import type { EditorView, Rect } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { placeOfNote } from '$lib/editor/completion-place.ts';

const rect = (left: number, top: number, width: number, height: number): Rect => ({
	left,
	top,
	right: left + width,
	bottom: top + height
});

/** All that the place of a note depends on: where the line is that is typed in. */
function viewWithLineAt(top: number): EditorView {
	return {
		state: { selection: { main: { head: 0 } } },
		coordsAtPos: () => rect(0, top, 1, 20)
	} as unknown as EditorView;
}

const NOTE = rect(0, 0, 380, 160);

describe('placeOfNote', () => {
	it('is to the right of the list where there is room', () => {
		const list = rect(100, 120, 400, 200);
		const place = placeOfNote(viewWithLineAt(100), list, list, NOTE, rect(0, 0, 1280, 800));
		expect(place).toEqual({
			style: 'top: 0px; max-width: 400px',
			class: 'cm-completionInfo-right'
		});
	});

	it('is to the left where only there is room', () => {
		const list = rect(860, 120, 400, 200);
		const place = placeOfNote(viewWithLineAt(100), list, list, NOTE, rect(0, 0, 1280, 800));
		expect(place.class).toBe('cm-completionInfo-left');
	});

	it('is below a list as wide as the screen, and within it', () => {
		const list = rect(20, 120, 360, 200);
		const place = placeOfNote(viewWithLineAt(100), list, list, NOTE, rect(0, 0, 390, 800));
		expect(place.style).toBe(
			'top: 100%; left: -16px; width: 382px; max-width: none; max-height: 476px; overflow: hidden'
		);
	});

	it('is above a list that is above the line', () => {
		const list = rect(0, 300, 360, 200);
		const place = placeOfNote(viewWithLineAt(520), list, list, NOTE, rect(0, 0, 390, 560));
		expect(place.style).toContain('bottom: 100%');
		expect(place.style).toContain('max-height: 296px');
	});

	it('is left out where it would hide what is typed', () => {
		const list = rect(0, 300, 360, 200);
		const place = placeOfNote(viewWithLineAt(280), list, list, NOTE, rect(0, 0, 390, 540));
		expect(place.style).toBe('visibility: hidden');
	});
});
