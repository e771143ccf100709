import { resolveColor } from './canvas.svelte.ts';
import type { Frame } from './frame.ts';
import type { SeriesStyle } from './palette.ts';
import type { NamedSeries, TimeRange } from './series.ts';
import { samplePoints, traceLine, type Affine, type Point } from './trace.ts';

/** What Lines.svelte draws as SVG, on a canvas, cut to the frame. */
export function drawLines(
	context: CanvasRenderingContext2D,
	series: readonly NamedSeries[],
	styles: ReadonlyMap<string, SeriesStyle>,
	place: {
		readonly frame: Frame;
		readonly range: TimeRange;
		readonly x: Affine;
		readonly y: Affine;
	}
): void {
	const { frame, range, x, y } = place;
	context.save();
	context.beginPath();
	// One pixel more than the plot, so that lines along its edge keep their width.
	context.rect(
		frame.left,
		frame.top - 2,
		frame.right - frame.left + 1,
		frame.bottom - frame.top + 4
	);
	context.clip();
	context.lineJoin = 'round';
	for (const one of series) {
		const style = styles.get(one.key);
		if (!style) continue;
		takeStyle(context, style);
		context.beginPath();
		const dots =
			one.role === 'raw' ? samplePoints(one, range, x, y) : traceLine(context, one, range, x, y);
		context.stroke();
		fillDots(context, dots, Math.max(2, style.width));
	}
	context.restore();
}

function takeStyle(context: CanvasRenderingContext2D, style: SeriesStyle): void {
	const color = resolveColor(context.canvas, style.color);
	context.strokeStyle = color;
	context.fillStyle = color;
	context.lineWidth = style.width;
	context.setLineDash([...style.dash]);
}

function fillDots(context: CanvasRenderingContext2D, dots: readonly Point[], radius: number): void {
	for (const [x, y] of dots) {
		context.beginPath();
		context.arc(x, y, radius, 0, 2 * Math.PI);
		context.fill();
	}
}
