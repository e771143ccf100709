import { format } from 'd3';
import type { Wording } from '#engine/promql';
import { formatTime } from './time-axis.ts';

const whole = format(',d');
const fiveDigits = format(',.5~r');
const exponent = format('.4~e');

/** Whole numbers in full, since a count is only right when all of it is there; others to five digits. */
export function formatNumber(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	const size = Math.abs(value);
	if (size === Infinity) return value > 0 ? '+Inf' : '−Inf';
	if (Number.isInteger(value) && size < 1e12) return whole(value);
	return size < 1e-4 || size >= 1e12 ? exponent(value) : fiveDigits(value);
}

/** How the page writes the quantities of an explanation. */
export const WORDING: Wording = {
	number: formatNumber,
	seconds: (value) => `${formatNumber(value)} s`,
	time: (at) => formatTime(at)
};
