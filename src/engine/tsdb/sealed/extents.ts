/** The least and the greatest of some numbers; without any both are 0. */
export interface Extent {
	readonly min: number;
	readonly max: number;
}

/** Between what the numbers of a column lie, and what lies between them. */
export interface Extents {
	readonly levels: Extent;
	readonly deltas: Extent;
	/** Those of the deltas that are not negative. */
	readonly rises: Extent;
	readonly accelerations: Extent;
	/** How many deltas are negative. */
	readonly falls: number;
}

/** One pass finds all, because sealing spends its time here. */
export function extentsOf(numbers: Float64Array, count: number): Extents {
	let last = numbers[0] as number;
	let min = last;
	let max = last;
	let deltaMin = Infinity;
	let deltaMax = -Infinity;
	let riseMin = Infinity;
	let accelerationMin = Infinity;
	let accelerationMax = -Infinity;
	let falls = 0;
	let lastDelta = NaN;
	for (let i = 1; i < count; i++) {
		const number = numbers[i] as number;
		const delta = number - last;
		// With the NaN of the first row no comparison holds.
		const acceleration = delta - lastDelta;
		if (number < min) min = number;
		if (number > max) max = number;
		if (delta < deltaMin) deltaMin = delta;
		if (delta > deltaMax) deltaMax = delta;
		if (delta < 0) falls++;
		else if (delta < riseMin) riseMin = delta;
		if (acceleration < accelerationMin) accelerationMin = acceleration;
		if (acceleration > accelerationMax) accelerationMax = acceleration;
		last = number;
		lastDelta = delta;
	}
	return {
		levels: { min, max },
		deltas: extent(deltaMin, deltaMax),
		rises: extent(riseMin, deltaMax),
		accelerations: extent(accelerationMin, accelerationMax),
		falls
	};
}

/** How far the deltas are from those of the neighbour; with `risesOnly` only where the numbers do not fall. */
export function extentBeside(
	numbers: Float64Array,
	count: number,
	beside: Float64Array,
	risesOnly: boolean
): Extent {
	let min = Infinity;
	let max = -Infinity;
	for (let i = 1; i < count; i++) {
		const delta = (numbers[i] as number) - (numbers[i - 1] as number);
		if (risesOnly && delta < 0) continue;
		const distance = delta - ((beside[i] as number) - (beside[i - 1] as number));
		if (distance < min) min = distance;
		if (distance > max) max = distance;
	}
	return extent(min, max);
}

function extent(min: number, max: number): Extent {
	return max < min ? { min: 0, max: 0 } : { min, max };
}
