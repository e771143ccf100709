import type { Attachment } from 'svelte/attachments';

/** Where the pointer is. Pixels. */
export interface DragPoint {
	/** In the stage, from its top left. */
	readonly x: number;
	readonly y: number;
	/** How far sideways it has come from where it went down. */
	readonly by: number;
	/** Whether Alt asks for no snapping. */
	readonly isFree: boolean;
}

/** What is told while something is dragged over its stage, the element that its place is measured in. */
export interface DragTargets {
	readonly start?: () => void;
	readonly move: (point: DragPoint) => void;
	readonly end?: () => void;
	/** What a hand may tremble before it means to drag: after more than that, what it does is no click. Pixels; 0 when left out. */
	readonly tremble?: number;
}

/** Makes an element a handle that is dragged by mouse, pen or finger; `offsetParent` is the stage. */
export function dragging({ start, move, end, tremble = 0 }: DragTargets): Attachment<HTMLElement> {
	return (element) => {
		let from = 0;
		let isMoving = false;
		const begin = (event: PointerEvent) => {
			if (event.button !== 0) return;
			element.setPointerCapture(event.pointerId);
			from = event.clientX;
			isMoving = tremble === 0;
			start?.();
		};
		const follow = (event: PointerEvent) => {
			const stage = element.offsetParent?.getBoundingClientRect();
			if (!stage || !element.hasPointerCapture(event.pointerId)) return;
			const by = event.clientX - from;
			isMoving ||= Math.abs(by) > tremble;
			if (!isMoving) return;
			const [x, y] = [event.clientX - stage.left, event.clientY - stage.top];
			move({ x, y, by, isFree: event.altKey });
		};
		const stop = (event: PointerEvent) => {
			if (element.hasPointerCapture(event.pointerId)) {
				element.releasePointerCapture(event.pointerId);
			}
			end?.();
		};
		const refuse = (event: MouseEvent) => {
			if (tremble > 0 && isMoving) event.stopPropagation();
		};
		element.addEventListener('click', refuse);
		element.addEventListener('pointerdown', begin);
		element.addEventListener('pointermove', follow);
		element.addEventListener('pointerup', stop);
		element.addEventListener('pointercancel', stop);
		return () => {
			element.removeEventListener('click', refuse);
			element.removeEventListener('pointerdown', begin);
			element.removeEventListener('pointermove', follow);
			element.removeEventListener('pointerup', stop);
			element.removeEventListener('pointercancel', stop);
		};
	};
}

/** The way an arrow key goes: 1 to the right or up, -1 to the left or down. Undefined for other keys. */
export function arrowWay({ key }: Pick<KeyboardEvent, 'key'>): 1 | -1 | undefined {
	if (key === 'ArrowRight' || key === 'ArrowUp') return 1;
	return key === 'ArrowLeft' || key === 'ArrowDown' ? -1 : undefined;
}
