import type { GroupTile } from './groups.ts';

/** Cells smaller than this, in pixels, have no gaps between them: they would be all gap. */
const GAPPED_FROM = 3;

export interface SeriesColors {
	readonly series: string;
	readonly fresh: string;
	readonly paper: string;
}

/**
 * Draws a tile whose every cell is one series: a few rectangles and the gaps between cells, so that a hundred thousand series are no more work
 * than their rows and columns. The last `fresh` of them are set apart.
 */
export function drawTile(
	context: CanvasRenderingContext2D,
	tile: GroupTile,
	fresh: number,
	colors: SeriesColors
): void {
	context.fillStyle = colors.series;
	fillCells(context, tile, 0, tile.count);
	context.fillStyle = colors.fresh;
	fillCells(context, tile, tile.count - Math.min(fresh, tile.count), tile.count);
	context.strokeStyle = colors.paper;
	drawGaps(context, tile);
}

/** Cells [from, to), row by row: at most a part of a row, whole rows, and a part of a row. */
function fillCells(
	context: CanvasRenderingContext2D,
	{ x, y, width, height, columns, rows }: GroupTile,
	from: number,
	to: number
): void {
	const [w, h] = [width / columns, height / rows];
	let at = from;
	while (at < to) {
		const row = Math.floor(at / columns);
		const column = at % columns;
		const wholeRows = column === 0 ? Math.floor((to - at) / columns) : 0;
		const length = wholeRows > 0 ? columns : Math.min(columns - column, to - at);
		context.fillRect(x + column * w, y + row * h, length * w, Math.max(1, wholeRows) * h);
		at += length * Math.max(1, wholeRows);
	}
}

function drawGaps(
	context: CanvasRenderingContext2D,
	{ x, y, width, height, columns, rows }: GroupTile
): void {
	const [w, h] = [width / columns, height / rows];
	if (Math.min(w, h) < GAPPED_FROM) return;
	context.lineWidth = Math.min(w, h) > 8 ? 1 : 0.5;
	context.beginPath();
	for (let column = 1; column < columns; column++) {
		context.moveTo(x + column * w, y);
		context.lineTo(x + column * w, y + height);
	}
	for (let row = 1; row < rows; row++) {
		context.moveTo(x, y + row * h);
		context.lineTo(x + width, y + row * h);
	}
	context.stroke();
}
