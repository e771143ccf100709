/** How far a slider over powers of ten goes with one press of a key. */
export const LOG_STEP = 0.01;

/** The place of a value on a slider over powers of ten. The value is above 0. */
export function logPlace(value: number): number {
	return Math.log10(value);
}

/**
 * The value that a slider over powers of ten says when it has moved from `before` to a place: of two digits, as nobody means more. A
 * step that is too small for another one goes to the next, so that each press of a key gets somewhere.
 */
export function logValue(place: number, before: number): number {
	const value = twoDigits(10 ** place);
	if (value !== twoDigits(before)) return value;
	const way = place - logPlace(before);
	return Math.abs(way) < LOG_STEP / 4 ? before : nextTo(value, way > 0);
}

function nextTo(value: number, isUp: boolean): number {
	const digit = 10 ** (Math.floor(logPlace(value)) - 1);
	// Below 100 comes 99, and not 90.
	const isFirst = value < twoDigits(10.5 * digit);
	return twoDigits(isUp ? value + digit : value - (isFirst ? digit / 10 : digit));
}

function twoDigits(value: number): number {
	return Number(value.toPrecision(2));
}
