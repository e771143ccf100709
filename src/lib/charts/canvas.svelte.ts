import type { Attachment } from 'svelte/attachments';

/** Draws one frame; the context is clear, and scaled so that one unit is a CSS pixel. */
export type Draw = (
	context: CanvasRenderingContext2D,
	size: { readonly width: number; readonly height: number }
) => void;

/** Draws on a canvas again whenever its size, the display's pixel ratio, or state that `draw` reads has changed. */
export function canvas(draw: Draw): Attachment<HTMLCanvasElement> {
	return (element) => {
		const context = element.getContext('2d');
		if (!context) return;
		let size = $state.raw({ width: element.clientWidth, height: element.clientHeight });
		const observer = new ResizeObserver(() => {
			size = { width: element.clientWidth, height: element.clientHeight };
		});
		observer.observe(element);
		$effect(() => {
			const ratio = devicePixelRatio;
			const { width, height } = size;
			fit(element, Math.round(width * ratio), Math.round(height * ratio));
			context.setTransform(ratio, 0, 0, ratio, 0, 0);
			context.clearRect(0, 0, width, height);
			draw(context, size);
		});
		return () => observer.disconnect();
	};
}

// Setting a canvas' size reallocates it even when nothing changes.
function fit(element: HTMLCanvasElement, width: number, height: number): void {
	if (element.width !== width) element.width = width;
	if (element.height !== height) element.height = height;
}

/** What a custom property is as a colour on this element now: canvas knows neither var() nor light-dark(). */
export function resolveColor(element: HTMLElement, property: `--${string}`): string {
	element.style.color = `var(${property})`;
	return getComputedStyle(element).color;
}
