import type { ClassicBuckets } from './classic.ts';

/** How many shades a heatmap has; cells of one shade are drawn in one path. */
export const SHADES = 8;

/** Where the cells of a heatmap are, in pixels. */
export interface HeatmapPlaces {
	/** Left edge of a column; one more gives the right edge of the last. */
	readonly x: (column: number) => number;
	/** Height of the upper edge of a bucket; of -1, the foot. */
	readonly y: (bucket: number) => number;
}

/**
 * The cells of all columns and buckets by their shade, 1 … SHADES, as paths. A shade stands for the square root of a bucket's share in
 * its column, so that one request in a hundred is still seen.
 */
export function heatmapPaths(
	columns: readonly ClassicBuckets[],
	{ x, y }: HeatmapPlaces
): string[] {
	const paths = Array.from({ length: SHADES }, () => '');
	columns.forEach(({ counts }, column) => {
		const total = counts[counts.length - 1] ?? 0;
		counts.forEach((count, b) => {
			const own = count - (b === 0 ? 0 : (counts[b - 1] as number));
			const shade = shadeOf(own / total);
			if (shade === 0) return;
			const [left, right] = [x(column).toFixed(1), x(column + 1).toFixed(1)];
			const [top, bottom] = [y(b).toFixed(1), y(b - 1).toFixed(1)];
			paths[shade - 1] += `M${left},${bottom}V${top}H${right}V${bottom}Z`;
		});
	});
	return paths;
}

/** The shade of a share: 0 for none. */
export function shadeOf(share: number): number {
	return share > 0 ? Math.min(SHADES, Math.max(1, Math.ceil(Math.sqrt(share) * SHADES))) : 0;
}
