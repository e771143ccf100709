import { area, curveBasis, line } from 'd3';
import type { DensityBox } from './density.ts';
import type { DurationScale } from './scale.ts';

/** A height in pixels for a value. */
export type Height = (value: number) => number;

/** The density of the truth as a hill, closed along its foot. */
export function hillPath(boxes: readonly DensityBox[], x: DurationScale, y: Height): string {
	const hill = area<DensityBox>(
		({ from, to }) => (x(from) + x(to)) / 2,
		y(0),
		({ density }) => y(density)
	);
	return hill.curve(curveBasis)(boxes) ?? '';
}

/** Boxes as rectangles in one path, however many they are. */
export function boxesPath(boxes: readonly DensityBox[], x: DurationScale, y: Height): string {
	return boxes
		.filter(({ share }) => share > 0)
		.map(({ from, to, density }) => {
			const [left, right] = [x(from).toFixed(1), x(to).toFixed(1)];
			return `M${left},${y(0)}V${y(density).toFixed(1)}H${right}V${y(0)}Z`;
		})
		.join('');
}

/** Points joined by straight lines. */
export function linePath(points: readonly (readonly [number, number])[]): string {
	return line()(points.map(([x, y]) => [x, y])) ?? '';
}

/** Points joined by steps: level from one to the next, where it rises. */
export function stepPath(points: readonly (readonly [number, number])[]): string {
	return points
		.map(([x, y], i) =>
			i === 0 ? `M${x.toFixed(1)},${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`
		)
		.join('');
}
