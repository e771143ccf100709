import type { Timestamp } from '#engine/model';
import { toMilliseconds } from '../go-text.ts';

/**
 * A time as OpenMetrics writes it: seconds with three decimals, as `promtool tsdb dump-openmetrics` has them.
 *
 * Prometheus multiplies what it reads by 1000 and cuts the rest off, which loses a millisecond of some times: 1.001 becomes
 * 1000. Those are written as the next float, 1.0010000000000001, so that every reader has the same millisecond.
 */
export function formatSeconds(timestamp: Timestamp): string {
	const time = Math.trunc(timestamp);
	const size = Math.abs(time);
	const decimals = String(size % 1000).padStart(3, '0');
	const text = `${time < 0 ? '-' : ''}${Math.floor(size / 1000)}.${decimals}`;
	const seconds = Number(text);
	return toMilliseconds(seconds) === time ? text : String(nextFloat(seconds));
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** The next float away from zero. */
function nextFloat(value: number): number {
	float[0] = value;
	bits[0]!++;
	return float[0];
}
