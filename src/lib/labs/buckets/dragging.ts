import type { Attachment } from 'svelte/attachments';

/** Where the pointer is in the stage, in its pixels, and whether Alt asks for no snapping. */
export interface DragPoint {
	readonly x: number;
	readonly y: number;
	readonly isFree: boolean;
}

/** What is told while something is dragged over its stage, the element that its place is measured in. */
export interface DragTargets {
	readonly start?: () => void;
	readonly move: (point: DragPoint) => void;
	readonly end?: () => void;
}

/** Makes an element a handle that is dragged by mouse, pen or finger; `offsetParent` is the stage. */
export function dragging({ start, move, end }: DragTargets): Attachment<HTMLElement> {
	return (element) => {
		const begin = (event: PointerEvent) => {
			if (event.button !== 0) return;
			element.setPointerCapture(event.pointerId);
			start?.();
		};
		const follow = (event: PointerEvent) => {
			const stage = element.offsetParent?.getBoundingClientRect();
			if (!stage || !element.hasPointerCapture(event.pointerId)) return;
			const x = event.clientX - stage.left;
			move({ x, y: event.clientY - stage.top, isFree: event.altKey });
		};
		const stop = (event: PointerEvent) => {
			if (element.hasPointerCapture(event.pointerId))
				element.releasePointerCapture(event.pointerId);
			end?.();
		};
		element.addEventListener('pointerdown', begin);
		element.addEventListener('pointermove', follow);
		element.addEventListener('pointerup', stop);
		element.addEventListener('pointercancel', stop);
		return () => {
			element.removeEventListener('pointerdown', begin);
			element.removeEventListener('pointermove', follow);
			element.removeEventListener('pointerup', stop);
			element.removeEventListener('pointercancel', stop);
		};
	};
}

/** By which factor an arrow key moves a value: 1 %, with Shift 10 %. Undefined for other keys. */
export function keyFactor({ key, shiftKey }: KeyboardEvent): number | undefined {
	const step = shiftKey ? 1.1 : 1.01;
	if (key === 'ArrowRight' || key === 'ArrowUp') return step;
	return key === 'ArrowLeft' || key === 'ArrowDown' ? 1 / step : undefined;
}
