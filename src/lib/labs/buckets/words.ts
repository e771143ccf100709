import { formatValue } from '$lib/charts/numbers.ts';
import type { Estimate } from './classic.ts';
import type { Reading } from './verdict.ts';

/** A duration as a person would say it. */
export function duration(seconds: number): string {
	return Number.isNaN(seconds) ? 'no value' : formatValue(seconds, 'seconds');
}

/** `p95`, `p99.9`. */
export function quantileName(q: number): string {
	return `p${Number((q * 100).toPrecision(4))}`;
}

/** A relative error with its sign: `+14 %`, `−83 %`, `0 %`. */
export function errorText(error: number): string {
	if (!Number.isFinite(error)) return '–';
	const percent = Math.abs(error) * 100;
	const digits = percent >= 10 || percent < 0.05 ? percent.toFixed(0) : percent.toFixed(1);
	if (Number(digits) === 0) return '0 %';
	return `${error > 0 ? '+' : '−'}${Number(digits).toLocaleString('en')} %`;
}

/** A share with a digit after the point: `96.6 %`. */
export function percent(share: number, digits = 1): string {
	return `${(share * 100).toFixed(digits)} %`;
}

/** What the bucket of an estimate guarantees. */
export function boundText({ lower, upper }: Estimate): string {
	if (Number.isNaN(lower)) return 'nothing was observed';
	return upper === Infinity
		? `anywhere above ${duration(lower)}`
		: `from ${duration(lower)} to ${duration(upper)}`;
}

/** The lab's main plot in a sentence. */
export function distributionSentence(reading: Reading, estimate: Estimate): string {
	const name = quantileName(reading.q);
	return (
		`Estimated ${name} ${duration(reading.said)}, true ${name} ${duration(reading.truth)}, ` +
		`${errorText(reading.error)}; the box that it was found in goes ${boundText(estimate)}.`
	);
}
