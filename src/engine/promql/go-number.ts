/**
 * Arithmetic in which Go and JavaScript differ, as Go does it; gomath/ has the transcendental functions.
 */

/** math.Max: an infinity of that sign wins over NaN. */
export function goMax(a: number, b: number): number {
	return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

/** math.Min: an infinity of that sign wins over NaN. */
export function goMin(a: number, b: number): number {
	return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}

/**
 * time.Duration.Seconds(), of milliseconds: whole seconds and the rest are added as floats, which at times is not the float
 * nearest to the quotient.
 */
export function goSeconds(milliseconds: number): number {
	return Math.trunc(milliseconds / 1000) + (milliseconds % 1000) / 1000;
}
