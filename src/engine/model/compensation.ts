/**
 * Compensated summation, after Kahan and Neumaier (util/kahansum of Prometheus): beside the sum runs what rounding has lost
 * so far. Gives that compensation after `value` has been added to `sum`; the sum itself is plainly `sum + value`. A sum that
 * becomes infinite has none.
 */
export function compensate(compensation: number, sum: number, value: number): number {
	const total = sum + value;
	if (total === Infinity || total === -Infinity) return 0;
	return Math.abs(sum) >= Math.abs(value)
		? compensation + (sum - total + value)
		: compensation + (value - total + sum);
}
